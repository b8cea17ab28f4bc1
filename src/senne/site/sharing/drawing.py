"""The picture of a card, 1200 × 630 (what networks show beside a link): title, status, progress, on the site's own ground."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from math import hypot
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from senne.indicators.api import chart
from senne.site.sharing.cards import Card

WIDTH, HEIGHT, EDGE = 1200, 630, 72
DEEP, INK, SOFT, MARK = "#0c3b2d", "#f2f8f5", "#c3dcd0", "#9be2bd"
REST = "#2b574a"
TONES = {
    "done": "#72d6a6", "under-way": "#9cc2f5", "to-start": "#c3dcd0", "suspended": "#f0b354", "abandoned": "#ff9ba5",
    "on-track": "#72d6a6", "watch": "#f0b354", "reached": "#72d6a6", "off-track": "#ff9ba5",
}  # fmt: skip
FONTS = Path(__file__).parent / "fonts"
SIZES = (60, 52, 44, 38)
MOST_LINES = 4
# Above a large figure there is room for less.
ABOVE_A_FIGURE = (52, 44, 38)
LINES_ABOVE_A_FIGURE = 3


@cache
def _font(size: int, bold: bool = False) -> Any:
    return ImageFont.truetype(str(FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")), size)


def wrapped(text: str, font: Any, width: int) -> list[str]:
    """The text in lines no wider than `width` pixels; a word that is wider is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(_cut(word, font, width))
    return lines


def _cut(text: str, font: Any, width: int) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _title(card: Card, width: int) -> tuple[list[str], Any, int]:
    """The title's lines in the largest type that leaves few enough of them; the rest is cut at the smallest."""
    sizes, most = (ABOVE_A_FIGURE, LINES_ABOVE_A_FIGURE) if card.figure else (SIZES, MOST_LINES)
    for size in sizes:
        font = _font(size, bold=True)
        lines = wrapped(card.title, font, width)
        if len(lines) <= most:
            return lines, font, size
    last = _cut(" ".join(lines[most - 1 :]), font, width)
    return [*lines[: most - 1], last], font, size


def draw(card: Card, site: str) -> bytes:
    """The PNG, at most a few dozen kB."""
    image = Image.new("RGB", (WIDTH, HEIGHT), DEEP)
    pen = ImageDraw.Draw(image)
    _waves(pen)
    wide = WIDTH - 2 * EDGE
    above = " · ".join(filter(None, (card.above, card.code)))
    pen.text((EDGE, EDGE), _cut(above, _font(28), wide), font=_font(28), fill=SOFT)
    lines, font, size = _title(card, wide)
    for number, line in enumerate(lines):
        pen.text((EDGE, EDGE + 62 + number * round(size * 1.22)), line, font=font, fill=INK)
    if card.figure:
        _figure(pen, card)
    _foot(pen, card, site)
    buffer = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _figure(pen: Any, card: Card) -> None:
    """What an indicator says, in large, above the foot; its line beside it where there is room."""
    font = _font(64, bold=True)
    shown = _cut(card.figure, font, WIDTH - 2 * EDGE)
    pen.text((EDGE, HEIGHT - 250), shown, font=font, fill=MARK, anchor="lm")
    if card.curve is None:
        return
    scale, left, top = 2.6, WIDTH - EDGE - 416, HEIGHT - 202

    def placed(marks: Sequence[chart.Mark]) -> list[tuple[float, float]]:
        return [(left + mark.x * scale, top + mark.y * scale) for mark in marks]

    drawing = card.curve.chart
    corners = placed(drawing.path)
    for start, end in zip(corners, corners[1:], strict=False):
        _dashed(pen, start, end)
    pen.line(placed(drawing.figures), fill=MARK, width=6, joint="curve")
    for x, y in placed(drawing.figures[-1:]):
        pen.ellipse((x - 9, y - 9, x + 9, y + 9), fill=MARK)
    for x, y in placed(drawing.targets):
        pen.polygon([(x, y - 12), (x + 12, y), (x, y + 12), (x - 12, y)], outline=INK, width=3)


def _dashed(pen: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A line in dashes of twelve pixels."""
    (x, y), (to_x, to_y) = start, end
    parts = max(1, round(hypot(to_x - x, to_y - y) / 12))
    for part in range(0, parts, 2):
        here, there = part / parts, min(1, (part + 1) / parts)
        ends = [(x + (to_x - x) * share, y + (to_y - y) * share) for share in (here, there)]
        pen.line(ends, fill=SOFT, width=3)


def _waves(pen: Any) -> None:
    """The river, as in the head of the site."""
    for offset in range(0, 200, 50):
        points = [(900 + offset + 40 * (1 if step % 2 else -1), step * 90) for step in range(9)]
        pen.line(_curve(points), fill="#14503e", width=4, joint="curve")


def _curve(points: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """A smooth way through the points."""
    found: list[tuple[float, float]] = []
    for (x, y), (to_x, to_y) in zip(points, points[1:], strict=False):
        for part in range(12):
            t = part / 12
            ease = t * t * (3 - 2 * t)
            found.append((x + (to_x - x) * ease, y + (to_y - y) * t))
    return [*found, (float(points[-1][0]), float(points[-1][1]))]


def _foot(pen: Any, card: Card, site: str) -> None:
    top = HEIGHT - 190
    at = EDGE
    if card.badge:
        tone, font = TONES.get(card.tone, SOFT), _font(30, bold=True)
        long = font.getlength(card.badge)
        pen.rounded_rectangle((at, top, at + long + 48, top + 56), 28, outline=tone, width=3)
        pen.text((at + 24, top + 28), card.badge, font=font, fill=tone, anchor="lm")
        at += round(long) + 80
    said = card.lines[0] if card.lines else ""
    pen.text((at, top + 28), _cut(said, _font(28), WIDTH - EDGE - at), font=_font(28), fill=SOFT, anchor="lm")
    _bar(pen, card, HEIGHT - 104)
    pen.text((WIDTH - EDGE, HEIGHT - 44), site, font=_font(26, bold=True), fill=INK, anchor="rm")
    if len(card.lines) > 1:
        pen.text((EDGE, HEIGHT - 44), _cut(card.lines[1], _font(24), 760), font=_font(24), fill=SOFT, anchor="lm")


def _bar(pen: Any, card: Card, top: int) -> None:
    """The progress with its figure; nothing where there is none."""
    if card.percent is None:
        return
    end = WIDTH - EDGE - 130
    pen.rounded_rectangle((EDGE, top, end, top + 20), 10, fill=REST)
    if card.percent:
        pen.rounded_rectangle((EDGE, top, EDGE + max(20, (end - EDGE) * card.percent / 100), top + 20), 10, fill=MARK)
    pen.text((WIDTH - EDGE, top + 10), f"{card.percent} %", font=_font(34, bold=True), fill=INK, anchor="rm")
