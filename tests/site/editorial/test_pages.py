"""Editorial pages: seen under their language, showing records as they stand, kept until something changes, and light."""

from __future__ import annotations

import gzip
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from senne.core.actors import SYSTEM
from senne.core.periods import Period
from senne.indicators.api import Figure
from senne.indicators.api import do as measuring
from senne.plan.api import do
from senne.site.editorial import tree
from senne.site.editorial.blocks import RecordBlock
from tests.city import TODAY, City, make_indicator
from tests.site.editorial.writing import block, picture, text, write

SECTIONS = ("themes", "news", "stories", "guides", "publications")


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_there_in_every_language_from_the_start(
    city: City, client: Client, language: str, section: str
) -> None:
    response = client.get(f"/{language}/{section}/")
    assert response.status_code == 200
    assert f'hreflang="{language}" href="http://127.0.0.1:8000/{language}/{section}/"' in response.content.decode()


def test_the_ground_is_made_once(db: None) -> None:
    before = list(Page.objects.order_by("path").values_list("path", "url_path"))
    with CaptureQueriesContext(connection) as queries:
        tree.ensure_tree()
    assert list(Page.objects.order_by("path").values_list("path", "url_path")) == before
    assert len(before) == 1 + 3 * (1 + len(SECTIONS))
    assert not [query for query in queries if query["sql"].startswith(("UPDATE", "DELETE"))]


def test_a_page_is_read_where_it_stands_and_a_draft_is_not(city: City, client: Client) -> None:
    write("Une rue plus verte", text("<p>Douze arbres.</p>"))
    write("Pas encore", live=False)
    body = client.get("/fr/news/une-rue-plus-verte/").content.decode()
    assert "<h1>Une rue plus verte</h1>" in body
    assert "<p>Douze arbres.</p>" in body
    assert client.get("/fr/news/pas-encore/").status_code == 404
    assert client.get("/nl/news/une-rue-plus-verte/").status_code == 404
    assert "Pas encore" not in client.get("/fr/news/").content.decode()


def test_live_blocks_show_records_as_they_stand_when_read(city: City, client: Client) -> None:
    write(
        "Les chiffres",
        block("action", {"of": "CLIMATE:roads-public"}),
        block("objective", {"of": "CLIMATE:O1"}),
        block("progress", {"of": "CLIMATE:T1"}),
        block("counts", {"of": "CLIMATE"}),
        block("changes", {"of": "CLIMATE", "most": 3}),
    )
    before = client.get("/fr/news/les-chiffres/").content.decode()
    assert "roads public" in before
    assert "Objectif" in before
    assert "À démarrer" in before
    do.report(city.actions["roads_public"], {"status": "done"}, actor=city.actor("owner"), today=TODAY)
    after = client.get("/fr/news/les-chiffres/").content.decode()
    assert 'badge done">' in after
    assert "À démarrer → Terminée" in after or "À démarrer → " in after


def test_an_indicator_is_shown_with_its_figure_of_the_day(city: City, client: Client) -> None:
    trees = make_indicator(city, "trees")
    make_indicator(city, "hidden", visibility="internal")
    write("Arbres", *[block("indicator", {"of": code}) for code in ("trees", "hidden", "gone")])
    before = client.get("/fr/news/arbres/").content.decode()
    assert "190\u00a0arbres" in before
    assert "Sans cible" in before
    assert 'class="small-curve"' in before
    assert "Indicateur hidden" not in before
    figure = Figure(trees, Period(2025), Decimal(220))
    measuring.say_figure(figure, actor=SYSTEM, today=TODAY)
    assert "220\u00a0arbres" in client.get("/fr/news/arbres/").content.decode()


@pytest.mark.parametrize(
    ("written", "taken"), [("trees", True), ("hidden", True), ("gone", False), ("CLIMATE:trees", False)]
)
def test_a_block_takes_the_code_of_an_indicator_that_exists(city: City, written: str, taken: bool) -> None:
    make_indicator(city, "trees")
    make_indicator(city, "hidden", visibility="internal")
    chooser = RecordBlock("indicator")
    if taken:
        assert chooser.clean(written) == written
    else:
        with pytest.raises(ValidationError):
            chooser.clean(written)
    assert "Indicateur trees" in str(chooser.field.widget.render("of", ""))
    assert "Indicateur hidden" not in str(chooser.field.widget.render("of", ""))


def test_a_record_that_is_not_public_any_more_shows_nothing(city: City, client: Client) -> None:
    write(
        "Bientôt",
        text("<p>Avant.</p>"),
        block("action", {"of": "CLIMATE:roads-public"}),
        block("action", {"of": "CLIMATE:roads-internal"}),
    )
    assert "roads public" in client.get("/fr/news/bientot/").content.decode()
    do.change_action(city.actions["roads_public"], {"visibility": "internal"}, actor=SYSTEM)
    body = client.get("/fr/news/bientot/").content.decode()
    assert "roads" not in body
    assert "Avant." in body


def test_staff_read_what_visitors_read(city: City) -> None:
    write("Interne", block("action", {"of": "CLIMATE:roads-internal"}), block("counts", {"of": "CLIMATE"}))
    staff = Client()
    city.login("head", staff)
    body = staff.get("/fr/news/interne/").content.decode()
    assert "roads internal" not in body
    assert "1 action" in body


def test_a_page_is_kept_and_a_publication_forgets_it(city: City) -> None:
    page = write("Gardée", text("<p>Un.</p>"))

    def questions() -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().get("/fr/news/gardee/")
        return len(queries)

    first, second = questions(), questions()
    assert second == 1 < first
    page.lead = "Autre chose."
    page.save_revision().publish()
    assert "Autre chose." in Client().get("/fr/news/gardee/").content.decode()
    page.unpublish()
    assert Client().get("/fr/news/gardee/").status_code == 404


def test_questions_do_not_grow_with_blocks_or_entries(city: City) -> None:
    def questions(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path).status_code == 200
        return len(queries)

    image = picture()
    shown = block("picture", {"picture": {"image": image.pk, "decorative": False, "alt_text": "Un mur"}})
    live = block("action", {"of": "CLIMATE:roads-public"})
    write("Une", shown, live)
    write("Trois", *[dict(shown, id=str(n)) for n in range(3)], *[dict(live, id=f"l{n}") for n in range(3)])
    Client().get("/fr/news/trois/")
    Client().get("/fr/news/")
    few, few_listed = questions("/fr/news/une/?a"), questions("/fr/news/?a")
    assert questions("/fr/news/trois/?a") == few
    for number in range(6):
        write(f"Encore {number}", shown)
    assert questions("/fr/news/?b") == few_listed <= 14


def test_a_page_is_light_and_has_no_script(city: City, client: Client) -> None:
    write("Léger", *[text(f"<p>{'Un texte assez long. ' * 12} {n}</p>") for n in range(6)])
    response = client.get("/fr/news/leger/", headers={"accept-encoding": "gzip"})
    body = gzip.decompress(response.content).decode()
    assert len(response.content) < 6000
    assert "<script" not in body
    assert "style=" not in body
    assert "unsafe" not in response["Content-Security-Policy"]


def test_where_a_translation_is_missing_the_switch_leads_to_the_nearest_page_and_says_so(
    city: City, client: Client
) -> None:
    french = write("Une nouvelle")
    write("Een bericht", language="nl", translation_key=french.translation_key)
    body = client.get("/fr/news/une-nouvelle/").content.decode()
    assert 'href="/nl/news/een-bericht/"' in body
    assert 'href="/en/news/?instead=fr"' in body
    alternates = [line for line in body.splitlines() if 'rel="alternate" hreflang' in line]
    assert len(alternates) == 2
    told = client.get("/en/news/?instead=fr").content.decode()
    assert "does not exist in this language yet" in told
    assert "does not exist" not in client.get("/en/news/?instead=xx").content.decode()


def test_news_come_newest_first_and_twelve_at_a_time(city: City, client: Client) -> None:
    for number in range(14):
        write(f"Nouvelle {number:02}", day=date(2026, 1, 1 + number))
    body = client.get("/fr/news/").content.decode()
    assert body.index("Nouvelle 13") < body.index("Nouvelle 02")
    assert "Nouvelle 01" not in body
    assert "Nouvelle 01" in client.get("/fr/news/?page=2").content.decode()
