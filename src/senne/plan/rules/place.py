"""Where an action takes place: from what people type to a GeoJSON geometry, and back. Pure.

People type one 'latitude, longitude' per line (WGS 84, decimal degrees) as maps and telephones give them: one line is a
point, several are a line, and an area where the last repeats the first. Or they paste GeoJSON (RFC 7946), where the
longitude comes first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LIMIT = 2000
KINDS = ("Point", "LineString", "Polygon")
Pair = tuple[float, float]
Geometry = dict[str, Any]
_NUMBER = r"([+-]?\d{1,3}(?:[.,]\d+)?)"
_LINE = re.compile(rf"^\(?\s*{_NUMBER}\s*°?\s*N?\s*(?:;|,\s+|\s+|,)\s*{_NUMBER}\s*°?\s*E?\s*\)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Bounds:
    """The region in which places are believed, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def hold(self, pair: Pair) -> bool:
        """Whether (longitude, latitude) lies inside."""
        return self.west <= pair[0] <= self.east and self.south <= pair[1] <= self.north


class PlaceFault(ValueError):
    """A place that cannot be read: a code with what was found."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def geometry_from(text: str, bounds: Bounds) -> Geometry | None:
    """The GeoJSON Point, LineString or Polygon that was typed (six decimals, about 10 cm); None for nothing.

    Raises PlaceFault: not_a_line, not_geojson, kind, swapped, outside, crosses, flat, too_many.
    """
    text = text.strip()
    if not text:
        return None
    found = _from_geojson(text) if text[0] in "{[" else _from_lines(text)
    pairs = _pairs_of(found)
    if len(pairs) > LIMIT:
        raise PlaceFault("too_many", limit=LIMIT)
    for pair in pairs:
        if not bounds.hold(pair):
            shown = f"{pair[1]}, {pair[0]}"
            raise PlaceFault("swapped" if bounds.hold((pair[1], pair[0])) else "outside", found=shown)
    return _checked(found)


def _from_lines(text: str) -> Geometry:
    pairs: list[Pair] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.match(line.strip())
        if not match:
            raise PlaceFault("not_a_line", line=number, found=line.strip()[:60])
        latitude, longitude = (float(part.replace(",", ".")) for part in match.groups())
        pairs.append((longitude, latitude))
    if len(pairs) == 1:
        return {"type": "Point", "coordinates": list(pairs[0])}
    if len(pairs) > 3 and pairs[0] == pairs[-1]:
        return {"type": "Polygon", "coordinates": [[list(pair) for pair in pairs]]}
    return {"type": "LineString", "coordinates": [list(pair) for pair in pairs]}


def _from_geojson(text: str) -> Geometry:
    try:
        node = json.loads(text)
    except (ValueError, RecursionError):
        raise PlaceFault("not_geojson", found=text[:40]) from None
    if isinstance(node, dict) and node.get("type") == "FeatureCollection" and len(node.get("features") or []) == 1:
        node = node["features"][0]
    if isinstance(node, dict) and node.get("type") == "Feature":
        node = node.get("geometry")
    if not isinstance(node, dict) or node.get("type") not in KINDS:
        raise PlaceFault("kind", found=str(node.get("type") if isinstance(node, dict) else text[:40])[:40])
    return node


def _pairs_of(geometry: Geometry) -> list[Pair]:
    """All (longitude, latitude) pairs, in order."""
    nested = {"Point": 0, "LineString": 1, "Polygon": 2}[geometry["type"]]
    nodes: list[Any] = [geometry.get("coordinates")]
    try:
        for _level in range(nested):
            nodes = [part for node in nodes for part in node]
        pairs = [(float(node[0]), float(node[1])) for node in nodes]
    except (TypeError, ValueError, IndexError, KeyError):
        raise PlaceFault("not_geojson", found=str(geometry.get("coordinates"))[:40]) from None
    if not pairs:
        raise PlaceFault("not_geojson", found="coordinates: []")
    return pairs


def _checked(geometry: Geometry) -> Geometry:
    """The geometry with six decimals and without heights, if it is one that can be drawn."""
    from shapely import get_coordinates, set_precision
    from shapely.errors import ShapelyError
    from shapely.geometry import mapping, shape

    try:
        drawn = shape(geometry)
    except (ShapelyError, ValueError, TypeError, IndexError):
        raise PlaceFault("flat") from None
    surface = drawn.convex_hull.area if geometry["type"] == "Polygon" else drawn.length
    if geometry["type"] != "Point" and not surface:
        raise PlaceFault("flat")
    if not drawn.is_valid:
        raise PlaceFault("crosses")
    rounded = set_precision(drawn, 1e-6, mode="pointwise")
    if not len(get_coordinates(rounded)):
        raise PlaceFault("flat")
    found = mapping(rounded)
    return {"type": found["type"], "coordinates": _lists(found["coordinates"])}


def _lists(node: Any) -> Any:
    if node and isinstance(node[0], int | float):
        return [round(float(value), 6) for value in node[:2]]
    return [_lists(part) for part in node]


def text_from(geometry: Mapping[str, Any] | None) -> str:
    """The same as people type it: lines where they say it all, GeoJSON for an area with holes."""
    if not geometry:
        return ""
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Polygon" and len(coordinates) > 1 or geometry["type"] not in KINDS:
        return json.dumps(geometry)
    pairs = {"Point": [coordinates], "LineString": coordinates, "Polygon": coordinates[0]}[geometry["type"]]
    return "\n".join(f"{pair[1]}, {pair[0]}" for pair in pairs)
