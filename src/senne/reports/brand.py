"""The city's face: name, colours, logo, base documents and style sheet, read from SENNE_STORE/brand/ (docs/reports.md).

What cannot be used is left out and told: a report is made all the same, with ours in its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings

from senne.reports import brand_checks
from senne.reports.brand_checks import BrandProblem

TONES = {"good": "#0A6B45", "warn": "#B26A00", "bad": "#A51D2D", "calm": "#2B5A9B", "none": "#A9B6AF"}
FILES = ("brand.toml", "logo.svg", "logo.png", "logo.jpg", "report.docx", "deck.pptx", "report.css")
T = TypeVar("T")


@dataclass(frozen=True)
class Brand:
    """What writers need; None where the city gave nothing, or nothing that can be used (then `problems` says why).

    `logo` is drawn in PDFs; `bitmap` is the same as a picture, for decks and text documents.
    """

    name: str = ""
    colour: str = "#0A6245"
    ink: str = "#14201B"
    logo: Path | None = None
    bitmap: bytes | None = None
    docx: Path | None = None
    pptx: Path | None = None
    css: str = ""
    folder: Path | None = None
    problems: tuple[BrandProblem, ...] = field(default_factory=tuple)

    @property
    def folder_uri(self) -> str:
        return f"{self.folder.as_uri()}/" if self.folder else ""

    def owns(self, url: str) -> bool:
        """Whether the address is that of a file in the city's folder (or holds its own data)."""
        parts = urlsplit(url)
        if parts.scheme == "data":
            return True
        if parts.scheme != "file" or parts.netloc not in {"", "localhost"} or self.folder is None:
            return False
        return Path(url2pathname(parts.path)).resolve().is_relative_to(self.folder.resolve())


def folder() -> Path:
    """Where a city puts its face."""
    return Path(settings.STORE) / "brand"


def load_brand(where: Path | None = None) -> Brand:
    """The brand of the folder, ours where it is silent or cannot be used."""
    where = (where or folder()).absolute()
    return _loaded(where, fingerprint(where)) if where.is_dir() else Brand()


@lru_cache(maxsize=4)
def _loaded(where: Path, _fingerprint: str) -> Brand:
    """Looked at once, and again when a file has changed."""
    brand, problems = Brand(folder=where), list[BrandProblem]()

    def checked(name: str, check: Callable[[Path], T]) -> T | None:
        """What the check makes of the file; None where there is no such file, or it cannot be used."""
        path = where / name
        if not path.is_file():
            return None
        try:
            return check(path)
        except BrandProblem as problem:
            problems.append(problem)
            return None

    if values := checked("brand.toml", brand_checks.read_toml):
        good, faults = brand_checks.good_values(values)
        name, colour, ink = (good.get(key, getattr(brand, key)) for key in ("name", "colour", "ink"))
        brand = replace(brand, name=name, colour=colour, ink=ink)
        problems += faults
    logo, bitmap = _logo(checked)
    brand = replace(
        brand,
        logo=logo,
        bitmap=bitmap,
        docx=checked("report.docx", brand_checks.usable_document),
        pptx=checked("deck.pptx", brand_checks.usable_presentation),
        css=checked("report.css", brand_checks.usable_style) or "",
    )
    return replace(brand, problems=tuple(problems))


def _logo(checked: Callable[..., Path | None]) -> tuple[Path | None, bytes | None]:
    """The logo, and the same as a picture where it is a drawing."""
    drawing = checked("logo.svg", brand_checks.usable_drawing)
    picture = checked("logo.png", brand_checks.usable_picture) or checked("logo.jpg", brand_checks.usable_picture)
    bitmap = picture.read_bytes() if picture else None
    if drawing and bitmap is None:
        bitmap = brand_checks.picture_of(drawing)
    return drawing or picture, bitmap


def fingerprint(where: Path | None = None) -> str:
    """What the city's files are: changes when one of them does; empty where there are none."""
    where = where or folder()
    found = [(name, (where / name).read_bytes()) for name in FILES if (where / name).is_file()]
    if not found:
        return ""
    digest = hashlib.sha256()
    for name, content in found:
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]
