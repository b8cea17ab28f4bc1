"""The city's face: name, colours, logo and base documents, read from SENNE_STORE/brand/ where the city has put its own.

brand.toml: name = "…", colour = "#0a6245", ink = "#14201b" · logo.png or logo.svg · report.docx and deck.pptx (whose
styles, masters and sizes are kept) · report.css (added after ours in PDFs).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

_COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")
TONES = {"good": "#0A6B45", "warn": "#B26A00", "bad": "#A51D2D", "calm": "#2B5A9B", "none": "#A9B6AF"}


class BrandProblem(Exception):
    """The brand folder holds something that cannot be used; the message says which file and what is expected."""


@dataclass(frozen=True)
class Brand:
    """What writers need. Paths are None where the city gave none."""

    name: str = ""
    colour: str = "#0A6245"
    ink: str = "#14201B"
    logo: Path | None = None
    logo_bitmap: Path | None = None
    docx: Path | None = None
    pptx: Path | None = None
    css: Path | None = None


def folder() -> Path:
    """Where a city puts its face."""
    return Path(settings.STORE) / "brand"


def load_brand(where: Path | None = None) -> Brand:
    """The brand of the folder, ours where it is silent. Raises BrandProblem."""
    where = where or folder()
    given = _given(where / "brand.toml")
    values = {}
    for key, value in given.items():
        if key not in {"name", "colour", "ink"} or not isinstance(value, str):
            raise BrandProblem(f"brand.toml: {key} is not one of name, colour, ink, or not a text.")
        if key != "name" and not _COLOUR.match(value):
            raise BrandProblem(f"brand.toml: {key} = {value!r} is not a colour such as #0a6245.")
        values[key] = value
    bitmap = _first(where, "logo.png", "logo.jpg")
    return Brand(
        **values,
        logo=_first(where, "logo.svg") or bitmap,
        logo_bitmap=bitmap,
        docx=_first(where, "report.docx"),
        pptx=_first(where, "deck.pptx"),
        css=_first(where, "report.css"),
    )


def _given(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrandProblem(f"brand.toml cannot be read: {error}") from None


def _first(where: Path, *names: str) -> Path | None:
    return next((where / name for name in names if (where / name).is_file()), None)
