"""The drawing of places: proportions kept, north up, every point inside the paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senne.site.places import HEIGHT, WIDTH, draw, points_of

coordinate = st.tuples(st.floats(4.2, 4.5), st.floats(50.7, 50.95))


@given(coordinate, st.lists(coordinate, max_size=20))
def test_every_point_lies_on_the_paper(own: tuple[float, float], others: list[tuple[float, float]]) -> None:
    drawing = draw({"type": "Point", "coordinates": own}, [{"type": "Point", "coordinates": o} for o in others])
    assert drawing is not None
    for x, y in [drawing.middle, *drawing.others]:
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


def test_north_is_up_and_east_is_right() -> None:
    drawing = draw({"type": "Point", "coordinates": [4.4, 50.9]}, [{"type": "Point", "coordinates": [4.3, 50.8]}])
    assert drawing is not None
    assert drawing.middle[0] > drawing.others[0][0]
    assert drawing.middle[1] < drawing.others[0][1]


def test_lines_and_areas() -> None:
    ring = {"type": "Polygon", "coordinates": [[[4.3, 50.8], [4.4, 50.8], [4.4, 50.9], [4.3, 50.8]]]}
    assert len(points_of(ring)) == 4
    drawing = draw(ring, [])
    assert drawing is not None
    assert drawing.kind == "Polygon"
    assert len(drawing.own.split()) == 4
    assert draw(None, []) is None


@given(coordinate, st.lists(coordinate, min_size=1, max_size=5))
def test_the_scale_bar_is_round_and_true(own: tuple[float, float], others: list[tuple[float, float]]) -> None:
    drawing = draw({"type": "Point", "coordinates": own}, [{"type": "Point", "coordinates": o} for o in others])
    assert drawing is not None
    assert str(drawing.bar_metres).rstrip("0") in {"1", "2", "5"}
    assert 0 < drawing.bar <= WIDTH / 4


def test_one_kilometre_on_paper_is_one_kilometre_on_the_ground() -> None:
    north = {"type": "Point", "coordinates": [4.35, 50.86]}
    south = {"type": "Point", "coordinates": [4.35, 50.84]}
    drawing = draw(north, [south])
    assert drawing is not None
    height = abs(drawing.middle[1] - drawing.others[0][1])
    assert drawing.bar_metres / drawing.bar == pytest.approx(0.02 * 111_320 / height, rel=0.01)
