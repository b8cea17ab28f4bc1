"""A small drawing of where an action takes place, among the other places of the plan. Pure; no map tiles, no script.

Coordinates are WGS 84 longitude and latitude; over the width of a city an equirectangular drawing is true enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any

Point = tuple[float, float]
WIDTH, HEIGHT, MARGIN = 320.0, 200.0, 16.0
METRES_PER_DEGREE = 111_320.0
ROUND_LENGTHS = tuple(digit * 10**power for power in range(5) for digit in (1, 2, 5))


@dataclass(frozen=True)
class Drawing:
    """Shapes in a box of WIDTH × HEIGHT: `others` as points, `own` as 'x,y x,y …' of its kind."""

    kind: str
    own: str
    middle: Point
    others: list[Point]
    place: Point
    bar: float
    bar_metres: int


def points_of(geometry: Mapping[str, Any] | None) -> list[Point]:
    """All (longitude, latitude) pairs of a GeoJSON Point, LineString or Polygon, in order."""
    if not geometry:
        return []
    found: list[Point] = []

    def walk(node: Any) -> None:
        if len(node) >= 2 and all(isinstance(value, int | float) for value in node[:2]):
            found.append((float(node[0]), float(node[1])))
            return
        for part in node:
            walk(part)

    walk(geometry.get("coordinates", []))
    return found


def middle_of(points: list[Point]) -> Point:
    """The mean of the points."""
    return sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points)


def draw(geometry: Mapping[str, Any] | None, others: Iterable[Mapping[str, Any]]) -> Drawing | None:
    """The drawing, or None where the action has no place."""
    own = points_of(geometry)
    if not own or geometry is None:
        return None
    around = [middle_of(points) for other in others if (points := points_of(other))]
    everything = [*own, *around]
    west, east = min(x for x, _y in everything), max(x for x, _y in everything)
    south, north = min(y for _x, y in everything), max(y for _x, y in everything)
    squeeze = cos(radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, 1e-4), max(north - south, 1e-4)
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)

    def on_paper(point: Point) -> Point:
        x = WIDTH / 2 + ((point[0] - (west + east) / 2) * squeeze) * scale
        y = HEIGHT / 2 - (point[1] - (south + north) / 2) * scale
        return round(x, 1), round(y, 1)

    drawn = [on_paper(point) for point in own]
    bar, metres = _bar(METRES_PER_DEGREE / scale)
    kind = str(geometry.get("type", "Point"))
    return Drawing(
        kind,
        " ".join(f"{x},{y}" for x, y in drawn),
        on_paper(middle_of(own)),
        sorted({on_paper(point) for point in around}),
        middle_of(own),
        bar,
        metres,
    )


def _bar(metres_per_unit: float) -> tuple[float, int]:
    """(width on paper, metres) of the longest round length that takes at most a quarter of the paper."""
    fitting = [length for length in ROUND_LENGTHS if length / metres_per_unit <= WIDTH / 4]
    metres = max(fitting, default=ROUND_LENGTHS[0])
    return round(min(metres / metres_per_unit, WIDTH - 2 * MARGIN), 1), metres
