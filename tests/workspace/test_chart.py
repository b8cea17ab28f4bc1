"""The geometry of the timeline: what is sure, what is not, what lies outside, and how dependencies run."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senne.core.periods import PartialDate, Precision, parse_partial
from senne.workspace.listing import chart
from senne.workspace.listing.chart import AXIS, LEAST, ROW, Span, Window

TODAY = date(2026, 11, 24)
WINDOW = Window(date(2024, 1, 1), date(2027, 12, 31), 1461)  # four years, one of them of 366 days: a pixel a day


def span(start: str = "", end: str = "", **more: object) -> Span:
    return Span(1, parse_partial(start) if start else None, parse_partial(end) if end else None, **more)  # type: ignore[arg-type]


def pieces(*dates: str, **more: object) -> list[tuple[float, float, str]]:
    return [(piece.x, piece.width, piece.kind) for piece in chart.draw(span(*dates, **more), 0, WINDOW).pieces]


def test_days_lie_where_they_should() -> None:
    assert WINDOW.x(date(2024, 1, 1)) == 0
    assert WINDOW.x(date(2024, 12, 31)) == 365
    assert WINDOW.x(date(2025, 1, 1)) == 366
    assert WINDOW.x(date(2020, 1, 1)) == 0
    assert WINDOW.x(date(2030, 1, 1)) == 1461


def test_exact_dates_make_one_solid_piece() -> None:
    assert pieces("2024-01-11", "2024-01-20") == [(10, 10, "solid")]


def test_dates_known_to_the_year_are_soft_at_both_ends() -> None:
    assert pieces("2024", "2026") == [(0, 366, "soft"), (366, 365, "solid"), (731, 365, "soft")]


def test_months_are_soft_for_a_month() -> None:
    assert pieces("2024-01", "2024-03-31") == [(0, 31, "soft"), (31, 60, "solid")]
    assert pieces("2024-01-01", "2024-03") == [(0, 60, "solid"), (60, 31, "soft")]


def test_within_one_year_nothing_is_sure() -> None:
    assert pieces("2024", "2024") == [(0, 366, "soft")]
    assert pieces("2024", "2024-03-10") == [(0, 70, "soft")]
    assert pieces("2024-03-01", "2024") == [(60, 306, "soft")]


def test_a_day_is_wide_enough_to_be_seen() -> None:
    assert pieces("2024-05-05", "2024-05-05") == [(125, LEAST, "solid")]


def test_without_an_end_the_bar_stays_open() -> None:
    assert [kind for _x, _width, kind in pieces("2024-05-05")] == ["solid", "open"]
    assert [kind for _x, _width, kind in pieces("", "2026")] == ["open", "soft"]


def test_what_is_continuous_goes_on_to_the_edge() -> None:
    row = chart.draw(span("2025-01-01", continuous=True), 0, WINDOW)
    assert row.goes_on
    assert (row.left, row.right) == (366, 1461)
    assert chart.draw(span(continuous=True), 0, WINDOW).pieces[0].kind == "open"


def test_what_the_window_cuts_is_said() -> None:
    row = chart.draw(span("2020-01-01", "2030-01-01"), 0, WINDOW)
    assert (row.came_from, row.goes_on) == (True, True)
    assert (row.left, row.right) == (0, 1461)
    assert chart.draw(span("2019", "2021"), 0, WINDOW).outside == "before"
    assert chart.draw(span("2029", "2031"), 0, WINDOW).outside == "after"
    assert chart.draw(span(), 0, WINDOW).pieces == ()


def test_steps_are_diamonds_on_their_last_day_and_those_outside_are_left_out() -> None:
    steps = tuple((parse_partial(text), False, n) for n, text in enumerate(("2024-02-01", "2024", "2031")))
    row = chart.draw(span(steps=steps), 2, WINDOW)
    assert [(d.x, d.exact, d.key) for d in row.diamonds] == [(31, True, 0), (365, False, 1)]
    assert row.diamonds[0].y == AXIS + 2.5 * ROW
    assert row.diamonds[0].points == "31,84 36,89 31,94 26,89"


def test_a_dependency_runs_from_the_end_to_the_beginning() -> None:
    first, second = span("2024-01-01", "2024-06-30"), Span(2, parse_partial("2025-01-01"), parse_partial("2025-12-31"))
    drawn = chart.lay_out([first, second], WINDOW, [(1, 2), (1, 9)])
    (tie,) = drawn.connectors
    assert (tie.before, tie.after, tie.overlap) == (1, 2, False)
    assert tie.path == "M182 37H189V63H366"
    assert tie.head.startswith("M366 63")


def test_a_dependency_that_cannot_hold_is_marked_and_goes_round() -> None:
    first, second = span("2024", "2026"), Span(2, parse_partial("2025-01-01"), parse_partial("2025-12-31"))
    (tie,) = chart.lay_out([first, second], WINDOW, [(1, 2)]).connectors
    assert tie.overlap
    assert tie.path == "M1096 37h7V50H359V63H366"


@pytest.mark.parametrize(
    ("before", "after", "overlaps"),
    [
        (("2024", "2025"), ("2025", "2026"), False),
        (("2024", "2026"), ("2025-03-01", "2026"), True),
        (("2024", ""), ("2024", ""), False),
        (("2024-01-01", "2024-06-30"), ("2024-06-30", ""), False),
    ],
)
def test_dates_overlap_only_where_they_surely_do(
    before: tuple[str, str], after: tuple[str, str], overlaps: bool
) -> None:
    assert chart.overlap(span(*before), span(*after)) is overlaps


def test_the_window_holds_everything_and_today_within_reason() -> None:
    window = chart.window_of([span("2021", "2033"), span("1850", "2400")], TODAY)
    assert (window.first, window.last) == (date(2011, 1, 1), date(2051, 12, 31))
    assert chart.window_of([], TODAY).first == date(2026, 1, 1)
    assert chart.window_of([span("2021", "2033")], TODAY, 2025, 3) == Window(date(2025, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("years", "kinds"), [(10, {"year"}), (3, {"year", "quarter"}), (1, {"year", "quarter", "month"})]
)
def test_the_axis_is_as_fine_as_there_is_room(years: int, kinds: set[str]) -> None:
    ticks = chart.ticks_of(chart.window_of([], TODAY, 2026, years))
    assert {tick.kind for tick in ticks} == kinds
    assert [tick.text for tick in ticks if tick.kind == "year"] == [str(2026 + n) for n in range(years)]


def test_labels_of_years_never_touch() -> None:
    labels = [t.x for t in chart.ticks_of(Window(date(2000, 1, 1), date(2050, 12, 31))) if t.text]
    assert len(labels) > 10
    assert all(b - a >= 34 for a, b in zip(labels, labels[1:], strict=False))


DATES = (
    st.none()
    | st.builds(PartialDate, st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from([Precision.DAY]))
    | st.integers(1990, 2060).map(lambda y: PartialDate(date(y, 1, 1), Precision.YEAR))
    | st.dates(date(1990, 1, 1), date(2060, 12, 31)).map(lambda d: PartialDate(d.replace(day=1), Precision.MONTH))
)


@given(DATES, DATES, st.booleans())
def test_any_dates_give_pieces_side_by_side_within_the_window(
    start: PartialDate | None, end: PartialDate | None, continuous: bool
) -> None:
    """Also an end before the start, as a document may bring it in."""
    row = chart.draw(Span(1, start, end, continuous), 0, WINDOW)
    for piece in row.pieces:
        assert 0 <= piece.x <= WINDOW.width
        assert piece.width > 0
        assert piece.x + piece.width <= WINDOW.width + LEAST
    edges = [(piece.x, piece.x + piece.width) for piece in row.pieces]
    assert all(right <= left + LEAST for (_a, right), (left, _b) in zip(edges, edges[1:], strict=False))
