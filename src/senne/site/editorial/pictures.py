"""Pictures as pages show them: AVIF and WebP in two or three widths, drawn once, found again in two queries a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.images.models import Image

WIDTHS = (480, 960, 1440)
FORMATS = ("avif", "webp")
IN_TEXT = "(min-width: 48rem) 45rem, 100vw"
IN_CARD = "(min-width: 40rem) 19rem, 100vw"


@dataclass(frozen=True)
class Shown:
    """A picture's addresses: `sources` as (MIME type, srcset), the address for old browsers, and its measures in pixels."""

    sources: tuple[tuple[str, str], ...]
    address: str
    width: int
    height: int


def widths_of(image: Image) -> list[int]:
    """The widths in which the picture is offered: none larger than it is."""
    return [width for width in WIDTHS if width <= image.width] or [image.width]


def specs_of(image: Image) -> list[str]:
    """What Wagtail calls the drawings of the picture."""
    return [f"width-{width}|format-{kind}" for kind in FORMATS for width in widths_of(image)]


def shown(image: Image) -> Shown:
    """The picture with its drawings; those that are not there yet are made now."""
    drawn = image.get_renditions(*specs_of(image))
    by_kind: dict[str, list[Any]] = {kind: [] for kind in FORMATS}
    for spec, rendition in drawn.items():
        by_kind[spec.rsplit("-", 1)[1]].append(rendition)
    sources = tuple(
        (f"image/{kind}", ", ".join(f"{r.url} {r.width}w" for r in sorted(by_kind[kind], key=lambda r: r.width)))
        for kind in FORMATS
    )
    plain = sorted(by_kind["webp"], key=lambda r: r.width)[min(1, len(by_kind["webp"]) - 1)]
    return Shown(sources, plain.url, plain.width, plain.height)


def shown_by_id(ids: Iterable[int]) -> dict[int, Shown]:
    """Pictures by number, with their drawings, in two queries however many there are."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = Image.objects.filter(pk__in=wanted).prefetch_renditions()
    return {image.pk: shown(image) for image in found}


def ids_in(raw_body: Iterable[Any]) -> list[int]:
    """Numbers of the pictures of a body as it is stored, in order."""
    pictures = (child["value"]["picture"] for child in raw_body if child["type"] == "picture")
    return [picture["image"] for picture in pictures if picture and picture.get("image")]
