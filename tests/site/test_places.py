"""The drawing of places: proportions kept, north up, every point inside the paper."""

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
