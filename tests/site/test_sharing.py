"""Records on other people's pages: frames that weigh nothing and run nothing, and pictures beside shared links."""

from __future__ import annotations

import gzip
import io
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image, ImageFont

from senne.core.actors import SYSTEM
from senne.core.periods import Period
from senne.indicators.api import Figure, Indicator
from senne.indicators.api import do as measuring
from senne.plan.api import do
from senne.site.sharing import drawing, pictures
from senne.site.sharing.cards import Card
from tests.city import TODAY, City, make_indicator

KINDS = ["indicator/trees", "action/CLIMATE/roads-public", "objective/CLIMATE/O1", "theme/CLIMATE/T1", "plan/CLIMATE"]


@pytest.fixture
def city(city: City) -> City:
    """With an indicator beside the rest."""
    make_indicator(city, "trees")
    return city


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("named", KINDS)
def test_a_frame_may_stand_anywhere_and_weighs_next_to_nothing(
    city: City, client: Client, named: str, language: str
) -> None:
    response = client.get(f"/{language}/embed/{named}/")
    body = response.content.decode()
    assert response.status_code == 200
    assert "X-Frame-Options" not in response
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "<script" not in body
    assert "<form" not in body
    style = Path(str(finders.find("site/embed.css"))).read_bytes()
    assert len(response.content) + len(style) <= 15_000
    assert len(gzip.compress(response.content)) <= 3_000
    assert set(re.findall(r'(?:href|src)="(https?://[^/"]+)', body)) == {"http://127.0.0.1:8000"}


def test_a_frame_from_memory_may_still_stand_anywhere(city: City, client: Client) -> None:
    for _turn in range(2):
        response = client.get("/fr/embed/plan/CLIMATE/")
        assert "frame-ancestors *" in response["Content-Security-Policy"]
        assert "X-Frame-Options" not in response
    assert "frame-ancestors 'none'" in client.get("/fr/")["Content-Security-Policy"]


def test_a_frame_shows_the_record_as_it_stands(city: City, client: Client) -> None:
    assert "À démarrer" in client.get("/fr/embed/action/CLIMATE/roads-public/").content.decode()
    do.report(city.actions["roads_public"], {"status": "done"}, actor=city.actor("owner"), today=TODAY)
    body = client.get("/fr/embed/action/CLIMATE/roads-public/").content.decode()
    assert "Réalisée" in body or "Terminé" in body
    assert "100 %" in body


def test_a_frame_of_an_indicator_shows_its_latest_figure(city: City, client: Client) -> None:
    trees = Indicator.objects.get()
    body = client.get("/nl/embed/indicator/trees/").content.decode()
    assert "190\u00a0arbres (nl)" in body
    assert "Geen streefcijfer" in body
    assert 'class="small-curve"' in body
    measuring.say_figure(Figure(trees, Period(2025), Decimal(220)), actor=SYSTEM, today=TODAY)
    before = client.get("/nl/share/indicator/trees.png").content
    measuring.set_target(trees, Period(2030), Decimal(210), actor=SYSTEM)
    body = client.get("/nl/embed/indicator/trees/").content.decode()
    assert "220\u00a0arbres (nl)" in body
    assert "Streefcijfer bereikt" in body
    assert client.get("/nl/share/indicator/trees.png").content != before


def test_an_organisation_has_no_card(city: City, client: Client) -> None:
    for place in ("embed/organisation/roads/", "share/organisation/roads/", "share/organisation/roads.png"):
        assert client.get(f"/fr/{place}").status_code == 404


@pytest.mark.parametrize("named", KINDS)
def test_the_page_gives_lines_to_copy_and_every_page_names_its_picture(city: City, client: Client, named: str) -> None:
    body = client.get(f"/nl/share/{named}/").content.decode()
    assert (
        f"&lt;iframe src=&quot;http://127.0.0.1:8000/nl/embed/{named}/" in body
        or f'iframe src="http://127.0.0.1:8000/nl/embed/{named}/' in body
    )
    kind, rest = named.split("/", 1)
    own = {"plan": f"plans/{rest}", "indicator": f"indicators/{rest}"}
    path = own.get(kind) or f"plans/{rest.split('/')[0]}/{kind}s/{rest.split('/')[1]}"
    page = client.get(f"/nl/{path}/").content.decode()
    assert f'<meta property="og:image" content="http://127.0.0.1:8000/nl/share/{named}.png">' in page


def test_the_picture_is_drawn_once_and_anew_when_the_record_changed(city: City, client: Client) -> None:
    path = "/fr/share/action/CLIMATE/roads-public.png"
    first = client.get(path)
    assert first["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(first.content)).size == (1200, 630)
    assert len(first.content) < 60_000
    assert client.get(path).content == first.content
    do.report(city.actions["roads_public"], {"status": "done"}, actor=city.actor("owner"), today=TODAY)
    assert client.get(path).content != first.content


def test_pictures_that_nobody_asked_for_lately_are_removed(city: City, client: Client) -> None:
    client.get("/fr/share/plan/CLIMATE.png")
    assert pictures.forget(datetime.now(UTC)) == 0
    assert pictures.forget(datetime(2100, 1, 1, tzinfo=UTC)) >= 1


@pytest.mark.parametrize(("figure", "most"), [("", 4), ("12\u00a0345 tonnes de CO₂e par an", 3)])
def test_the_longest_title_stays_in_the_picture(figure: str, most: int) -> None:
    title = "Rénover énergétiquement " + "les bâtiments communaux et leurs annexes " * 12 + "x" * 200
    card = Card(title, "Plan", "EN-01", "En cours", "under-way", 33, ("Voirie", "2024 – 2030"), figure=figure)
    lines, font, _size = drawing._title(card, 1056)
    assert len(lines) == most
    assert all(font.getlength(line) <= 1056 for line in lines)
    assert lines[-1].endswith("…")
    assert drawing.draw(card, "Plan climat")


@pytest.mark.parametrize("name", ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"])
def test_the_fonts_have_every_letter_that_the_languages_write(name: str) -> None:
    font = ImageFont.truetype(str(drawing.FONTS / name), 40)
    missing = bytes(font.getmask("\uffff"))
    for letter in "àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔŒÙÛÜ€₂²³·…–—’‘“”«»%°−0123456789ĳ½":
        if letter != "ĳ":
            assert bytes(font.getmask(letter)) != missing, letter
