"""The geometry of the chart: everything lies inside the frame, in the order of time, on round steps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from senne.core.periods import Period
from senne.indicators.rules.chart import Frame, chart_of
from senne.indicators.rules.series import Point, Series

YEARS = st.lists(st.integers(1990, 2050), min_size=1, max_size=20, unique=True).map(sorted)
VALUES = st.decimals(-1_000_000, 1_000_000, places=3)


@given(YEARS, st.data())
def test_every_mark_lies_inside_the_frame(years: list[int], data: st.DataObject) -> None:
    figures = tuple(Point(Period(year), data.draw(VALUES)) for year in years)
    goal = Point(Period(years[-1] + 5), data.draw(VALUES))
    frame = Frame()
    chart = chart_of(Series(figures, (goal,)), frame)
    assert chart is not None
    marks = [*chart.figures, *chart.path, *chart.targets]
    assert all(frame.left <= mark.x <= chart.edge for mark in marks)
    assert all(frame.top - 0.1 <= mark.y <= chart.floor + 0.1 for mark in marks)
    assert [mark.x for mark in chart.figures] == sorted(mark.x for mark in chart.figures)
    assert 2 <= len(chart.rows) <= 9
    assert len(chart.years) <= 8
    assert len(chart.figure_points.split()) == len(figures)


def test_a_higher_value_stands_higher() -> None:
    figures = (Point(Period(2020), Decimal(10)), Point(Period(2021), Decimal(30)))
    chart = chart_of(Series(figures), changed_after=[date(2021, 1, 31), date(2030, 1, 1)])
    assert chart is not None
    low, high = chart.figures
    assert high.y < low.y
    assert len(chart.breaks) == 1, "what lies outside of the drawing is not drawn"


def test_values_far_from_zero_do_not_begin_at_zero_and_small_ones_do() -> None:
    def lowest(*values: int) -> Decimal:
        chart = chart_of(Series(tuple(Point(Period(2020 + n), Decimal(v)) for n, v in enumerate(values))))
        assert chart is not None
        return chart.rows[0].value

    assert lowest(980, 1000, 1010) > 900
    assert lowest(10, 1000) == 0
    assert lowest(-5, 5) < 0


def test_nothing_to_draw_draws_nothing() -> None:
    assert chart_of(Series()) is None
