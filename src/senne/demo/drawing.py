"""Drawings of the demo city, made here so that no photograph has to be asked for."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

WIDTH, HEIGHT = 1440, 900
SKY, WALL, ROOF, DOOR, PANE = "#dfeee9", "#f3e6cf", "#b5573a", "#7a4a2f", "#9cc3cf"
GROUND, HOLLOW, WATER, LEAF, DARK, TRUNK, RAIN = (
    "#e6d9b8", "#a9c08a", "#7fb4c4", "#4f9a63", "#36784a", "#7a5a3c", "#8fb3c0",
)  # fmt: skip


@cache
def school_yard() -> bytes:
    """A yard after the works: a facade, young trees, a planted hollow with water, rain. PNG, 1440 × 900."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    pen = ImageDraw.Draw(image)
    _facade(pen)
    pen.rectangle((0, 560, WIDTH, HEIGHT), fill=GROUND)
    pen.ellipse((330, 610, 1130, 860), fill=HOLLOW)
    pen.ellipse((500, 680, 960, 800), fill=WATER)
    for x, y, size in ((170, 640, 120), (1290, 650, 125), (400, 600, 90), (1060, 600, 92), (730, 585, 80)):
        _tree(pen, x, y, size)
    for x in range(360, 1110, 46):
        _reed(pen, x, 640 + (x * 37) % 40 + (150 if x % 92 else 0))
    for x, y in ((230, 800), (1150, 790)):
        pen.rounded_rectangle((x, y, x + 150, y + 34), 17, fill=TRUNK)
        pen.ellipse((x + 126, y, x + 156, y + 34), fill="#c9a878")
    for number in range(130):
        x, y = (number * number * 71 + number * 613) % WIDTH, (number * number * 37 + number * 277) % 620
        pen.line((x, y, x - 8, y + 34), fill=RAIN, width=2)
    for x, y in ((600, 720), (730, 760), (840, 715)):
        pen.arc((x - 34, y - 10, x + 34, y + 10), 0, 360, fill="#d6ebf0", width=3)
    buffer = io.BytesIO()
    image.quantize(48, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _facade(pen: Any) -> None:
    pen.polygon([(120, 210), (720, 90), (1320, 210)], fill=ROOF)
    pen.rectangle((160, 210, 1280, 570), fill=WALL)
    for x in range(220, 1240, 170):
        if 640 < x < 760:
            pen.rectangle((x - 10, 380, x + 110, 570), fill=DOOR)
            continue
        for y in (250, 410):
            pen.rectangle((x, y, x + 96, y + 110), fill=PANE, outline="#ffffff", width=6)
            pen.line((x + 48, y, x + 48, y + 110), fill="#ffffff", width=5)


CROWN = ((-0.4, -1.25, 0.5, DARK), (0.42, -1.2, 0.52, DARK), (0, -1.6, 0.62, LEAF), (-0.1, -1.1, 0.45, LEAF))


def _tree(pen: Any, x: int, y: int, size: int) -> None:
    pen.rectangle((x - size // 12, y - size, x + size // 12, y), fill=TRUNK)
    for dx, dy, radius, colour in CROWN:
        left, top, r = x + dx * size, y + dy * size, radius * size
        pen.ellipse((left - r, top - r, left + r, top + r), fill=colour)


def _reed(pen: Any, x: int, y: int) -> None:
    for lean in (-9, 0, 9):
        pen.line((x, y, x + lean, y - 44), fill=DARK, width=4)
