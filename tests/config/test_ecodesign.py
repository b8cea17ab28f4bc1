"""Eco-design that can be read from the templates and the style sheets themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.city import City

SOURCE = Path(__file__).resolve().parents[2] / "src" / "senne"


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        yield path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8")


def style_sheets() -> Iterator[str]:
    for path in sorted(SOURCE.rglob("static/**/*.css")):
        yield path.read_text(encoding="utf-8")


def test_pictures_are_drawn_not_photographed() -> None:
    """No raster picture on any page: SVG in the page, or a drawing handed over as data (a QR code).

    A report as a PDF bears the city's own logo.
    """
    for name, text in templates():
        if name == "reports/templates/reports/document.html":
            continue
        for picture in re.findall(r"<img\b[^>]*>", text):
            assert re.search(r'src="(\{\{ totp_svg_data_uri \}\}|[^"]*\.svg)"', picture), (name, picture)
            assert "alt=" in picture, (name, picture)
    assert not [
        path for path in SOURCE.rglob("static/**/*") if path.suffix in {".png", ".jpg", ".jpeg", ".gif", ".webp"}
    ]
    assert not any(re.search(r"url\(['\"]?[^)'\"]+\.(png|jpe?g|gif|webp)", sheet) for sheet in style_sheets())


def test_nothing_plays_or_moves_by_itself() -> None:
    for name, text in templates():
        assert not re.search(r"<(video|audio|marquee|blink)\b|\bautoplay\b|http-equiv=.refresh", text), name
    for sheet in style_sheets():
        outside = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", sheet)
        assert not re.search(r"@keyframes|\banimation\s*:|\btransition\s*:", outside)


def test_elements_are_the_browsers_own() -> None:
    """No web component and no widget that imitates what a browser has."""
    for name, text in templates():
        markup = re.sub(r"\{[{%#].*?[}%#]\}", "", text, flags=re.S)
        assert re.findall(r"</?([a-z]+-[a-z-]+)\b", markup) == [], name
        assert not re.search(r'role="(button|checkbox|combobox|listbox|dialog|slider|switch|menu)"', markup), name


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_forms_say_what_they_expect(city: City, client: Client, language: str) -> None:
    contact = client.get(f"/{language}/contact/").content.decode()
    message = re.search(r"<textarea[^>]*>", contact)
    address = re.search(r'<input[^>]*name="email"[^>]*>', contact)
    assert message is not None
    assert address is not None
    assert "required" in message[0]
    assert 'maxlength="5000"' in message[0]
    assert 'type="email"' in address[0]
    login = client.get(f"/{language}/account/login/").content.decode()
    assert re.search(
        r'<input[^>]*type="email"[^>]*name="login"|<input[^>]*name="login"[^>]*type="email"|type="email"', login
    )
    staff = Client()
    city.login("coordination", staff, second_factor=True)
    upload = staff.get(f"/{language}/work/imports/").content.decode()
    assert "25 M" in upload
