"""Status, phase, health, freshness and progress: the rules as the method page tells them."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senne.core.periods import parse_partial
from senne.plan.rules.freshness import freshness_on
from senne.plan.rules.health import ActionFacts, StepFacts, effective_health, health_dates, health_on
from senne.plan.rules.monitoring import ObjectiveFacts, is_monitored, why_not_monitored
from senne.plan.rules.progress import Part, action_progress, roll_up

DAY = date(2026, 11, 24)


def step(due: str, done: bool = False) -> StepFacts:
    return StepFacts(parse_partial(due), done)


@pytest.mark.parametrize(
    ("facts", "health"),
    [
        (ActionFacts("under_way"), "on_track"),
        (ActionFacts("under_way", steps=[step("2026-11-23")]), "watch"),
        (ActionFacts("under_way", steps=[step("2026-11-24")]), "on_track"),
        (ActionFacts("under_way", steps=[step("2026-11")]), "on_track"),
        (ActionFacts("under_way", steps=[step("2026-09-24")]), "late"),
        (ActionFacts("under_way", steps=[step("2020", done=True)]), "on_track"),
        (ActionFacts("under_way", end=parse_partial("2026-10")), "late"),
        (ActionFacts("under_way", end=parse_partial("2026-10"), continuous=True), "on_track"),
        (ActionFacts("to_start", start=parse_partial("2026-10")), "watch"),
        (ActionFacts("to_start", start=parse_partial("2026")), "on_track"),
        (ActionFacts("suspended", suspended_since=date(2026, 5, 1)), "watch"),
        (ActionFacts("done", end=parse_partial("2020"), steps=[step("2019")]), "on_track"),
        (ActionFacts("abandoned", end=parse_partial("2020")), "on_track"),
        (ActionFacts("under_way", end=parse_partial("2020"), closed=True), "on_track"),
    ],
)
def test_health_follows_from_steps_and_dates(facts: ActionFacts, health: str) -> None:
    assert health_on(health_dates(facts), DAY) == health


def test_a_judgement_holds_until_its_last_day() -> None:
    assert effective_health("late", "on_track", DAY, DAY) == "on_track"
    assert effective_health("late", "on_track", DAY - timedelta(days=1), DAY) == "late"
    assert effective_health("late", "", None, DAY) == "late"


@pytest.mark.parametrize(("days", "freshness"), [(0, "current"), (120, "current"), (121, "ageing"), (366, "stale")])
def test_freshness_counts_days_since_the_last_report(days: int, freshness: str) -> None:
    assert freshness_on(DAY - timedelta(days=days), DAY) == freshness
    assert freshness_on(None, DAY) == "stale"


def test_an_objective_is_monitored_with_owner_measure_and_news() -> None:
    assert is_monitored(ObjectiveFacts(True, 1, 0, DAY - timedelta(days=365)), DAY)
    assert why_not_monitored(ObjectiveFacts(False, 0, 0, None), DAY) == ["no_owner", "nothing_measures", "no_news"]
    assert why_not_monitored(ObjectiveFacts(True, 0, 1, DAY - timedelta(days=366)), DAY) == ["no_news"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (ActionFacts("done"), (Fraction(1), "done")),
        (ActionFacts("abandoned"), (None, "left_out")),
        (ActionFacts("under_way", closed=True), (None, "left_out")),
        (ActionFacts("under_way", steps=[step("2025", True), step("2026"), step("2027")]), (Fraction(1, 3), "steps")),
        (ActionFacts("under_way", "roll_out"), (Fraction(3, 4), "phase")),
    ],
)
def test_progress_of_an_action(facts: ActionFacts, expected: tuple[Fraction | None, str]) -> None:
    assert action_progress(facts) == expected


parts = st.lists(
    st.builds(
        Part,
        st.text(max_size=3),
        st.none() | st.fractions(min_value=0, max_value=1, max_denominator=50),
        st.integers(0, 9),
    )
)


@given(parts)
def test_a_rolled_up_share_lies_between_its_parts(found: list[Part]) -> None:
    counted = [part.share for part in found if part.share is not None and part.weight]
    share = roll_up(found).share
    assert (share is None) == (not counted)
    if share is not None:
        assert min(counted) <= share <= max(counted)


def test_only_a_complete_whole_reads_100_and_only_an_untouched_one_0() -> None:
    assert roll_up([Part("a", Fraction(999, 1000))]).percent == 99
    assert roll_up([Part("a", Fraction(1, 1000))]).percent == 1
    assert roll_up([Part("a", Fraction(1))]).percent == 100
    assert roll_up([]).percent is None
