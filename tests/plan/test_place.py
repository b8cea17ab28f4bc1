"""A place as people type it becomes a geometry; what cannot be one is refused with its place and a remedy."""

from __future__ import annotations

import json

import pytest

from senne.plan.rules.place import Bounds, PlaceFault, geometry_from, text_from

HERE = Bounds(2.3, 49.4, 6.5, 51.6)
POINT = {"type": "Point", "coordinates": [4.3528, 50.8466]}


@pytest.mark.parametrize(
    "text",
    [
        "50.8466, 4.3528",
        "50.8466 4.3528",
        "50,8466; 4,3528",
        "50,8466 4,3528",
        "  50.8466,4.3528  ",
        "(50.8466, 4.3528)",
        "50.8466° N, 4.3528° E",
        json.dumps(POINT),
        json.dumps({"type": "Feature", "properties": {}, "geometry": POINT}),
        json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": POINT}]}),
        json.dumps({"type": "Point", "coordinates": [4.3528, 50.8466, 13.0]}),
    ],
)
def test_a_point_in_every_way_of_writing_it(text: str) -> None:
    assert geometry_from(text, HERE) == POINT


def test_several_lines_are_a_line_and_an_area_where_they_close() -> None:
    corners = "50.84, 4.35\n50.85, 4.35\n50.85, 4.36"
    assert geometry_from(corners, HERE)["type"] == "LineString"  # type: ignore[index]
    area = geometry_from(corners + "\n50.84, 4.35", HERE)
    assert area == {
        "type": "Polygon",
        "coordinates": [[[4.35, 50.84], [4.35, 50.85], [4.36, 50.85], [4.35, 50.84]]],
    }


@pytest.mark.parametrize(
    "text", ["50.84, 4.35", "50.84, 4.35\n50.85, 4.36", "50.8, 4.3\n50.9, 4.3\n50.9, 4.4\n50.8, 4.3"]
)
def test_what_was_typed_comes_back_as_typed(text: str) -> None:
    assert text_from(geometry_from(text, HERE)) == text


def test_an_area_with_a_hole_comes_back_as_geojson() -> None:
    ring = [[4.0, 50.0], [5.0, 50.0], [5.0, 51.0], [4.0, 51.0], [4.0, 50.0]]
    hole = [[4.4, 50.4], [4.4, 50.6], [4.6, 50.6], [4.6, 50.4], [4.4, 50.4]]
    shape = {"type": "Polygon", "coordinates": [ring, hole]}
    assert geometry_from(text_from(shape), HERE) == shape


def test_nothing_is_no_place() -> None:
    assert geometry_from("  \n", HERE) is None
    assert text_from(None) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Grand-Place", "not_a_line"),
        ("50.84, 4.35\nthe market", "not_a_line"),
        ("4.3528, 50.8466", "swapped"),
        ("48.8566, 2.3522", "outside"),
        ('{"type": "Point", "coordinates": [50.8466, 4.3528]}', "swapped"),
        ('{"type": "Point", "coordinates": ', "not_geojson"),
        ('{"type": "Point", "coordinates": "here"}', "not_geojson"),
        ('{"type": "Polygon", "coordinates": []}', "not_geojson"),
        ('{"type": "MultiPoint", "coordinates": [[4.35, 50.84]]}', "kind"),
        ("[" * 5000, "not_geojson"),
        ("50.84, 4.35\n50.84, 4.35", "flat"),
        ("50.8, 4.3\n50.9, 4.4\n50.9, 4.3\n50.8, 4.4\n50.8, 4.3", "crosses"),
        ("\n".join(f"50.{n}, 4.{n}" for n in range(1000, 4000)), "too_many"),
    ],
)
def test_what_cannot_be_a_place_is_named(text: str, code: str) -> None:
    with pytest.raises(PlaceFault) as fault:
        geometry_from(text, HERE)
    assert fault.value.code == code


def test_the_faulty_line_is_told() -> None:
    with pytest.raises(PlaceFault) as fault:
        geometry_from("50.84, 4.35\n\nthe market", HERE)
    assert fault.value.params == {"line": 3, "found": "the market"}
