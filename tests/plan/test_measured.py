"""What indicators do to a plan: what is only measured is monitored, ties go on with a merge, pictures hold them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.periods import Period
from senne.core.policy import VISITOR, Refused
from senne.indicators.api import Figure
from senne.indicators.api import do as figures
from senne.plan.api import IndicatorLink, Objective, do, measured, overview
from senne.plan.picturing import picture_of
from tests.city import TODAY, City, make_indicator, words


def bare_objective(city: City) -> Objective:
    """With an owner, and nothing that serves it."""
    first = Objective.objects.get(pk=city.objective.pk)
    values = {
        "plan": city.plan, "axis": first.axis, "code": "O2", "statement": words("Mesuré seulement"),
        "lead": city.units["roads"], "owner": city.people["owner"],
    }  # fmt: skip
    return do.create_part(Objective, values, actor=SYSTEM)  # type: ignore[no-any-return]


def missing(objective: Objective, day: date = TODAY) -> list[str]:
    one = overview.state_now(objective, SYSTEM, day).missing
    [listed] = overview.objective_states(SYSTEM, day, pk=objective.pk)
    [short] = overview.monitoring(SYSTEM, day, pk=objective.pk)
    assert one == listed.missing == short.missing
    return one


def test_an_indicator_with_a_figure_of_the_year_monitors_an_objective(city: City) -> None:
    objective = bare_objective(city)
    assert missing(objective) == ["nothing_measures", "no_news"]
    trees = make_indicator(city, "trees")
    do.tie_indicator(objective, trees, actor=SYSTEM)
    assert missing(objective) == ["no_news"]
    figures.say_figure(Figure(trees, Period(2025), Decimal(200)), actor=SYSTEM, today=date(2026, 2, 1))
    assert missing(objective) == []
    assert missing(objective, date(2027, 3, 1)) == ["no_news"]
    figures.change_indicator(trees, {"last_period": "2025"}, actor=SYSTEM)
    assert missing(objective) == ["nothing_measures", "no_news"], "what has ended measures nothing"


def test_an_internal_indicator_monitors_nothing_for_a_visitor(city: City) -> None:
    objective = bare_objective(city)
    do.tie_indicator(objective, make_indicator(city, "hidden", visibility="internal"), actor=SYSTEM)
    assert "nothing_measures" in overview.state_now(objective, VISITOR, TODAY).missing
    assert "nothing_measures" not in overview.state_now(objective, SYSTEM, TODAY).missing


def test_who_may_tie_what(city: City) -> None:
    action, trees = city.actions["roads_public"], make_indicator(city, "trees")
    for who in ("contributor", "reader", "other_head", "body_manager"):
        with pytest.raises(Refused):
            do.tie_indicator(action, trees, actor=city.actor(who))
    do.tie_indicator(action, trees, actor=city.actor("owner"))
    with pytest.raises(ValidationError):
        do.tie_indicator(action, trees, actor=city.actor("owner"))
    theirs = make_indicator(city, "theirs", "welfare", "internal")
    with pytest.raises(Refused):
        do.tie_indicator(action, theirs, actor=city.actor("owner"))


def test_what_measured_a_merged_action_measures_the_one_that_goes_on(city: City) -> None:
    gone, stays = city.actions["roads_internal"], city.actions["roads_public"]
    both, one = make_indicator(city, "both"), make_indicator(city, "one")
    for action, indicator in ((gone, both), (gone, one), (stays, both)):
        do.tie_indicator(action, indicator, actor=SYSTEM)
    do.merge_action(gone, stays, actor=city.actor("coordination"), reason="doublon")
    assert set(stays.indicator_links.values_list("indicator__code", flat=True)) == {"both", "one"}
    ties = measured.ties_of([one], SYSTEM)
    assert [action.code for action in ties[one.pk][1]] == ["roads-public"], "a merged action counts nowhere"


def test_an_objective_that_is_taken_away_leaves_the_indicator(city: City) -> None:
    objective, trees = bare_objective(city), make_indicator(city, "trees")
    do.tie_indicator(objective, trees, actor=SYSTEM)
    do.delete_part(objective, actor=city.actor("coordination"), reason="x")
    assert not IndicatorLink.objects.exists()
    assert trees.measurements.count() == 5


def test_who_leaves_hands_the_figures_over(city: City) -> None:
    trees = make_indicator(city, "trees", keeper=city.people["owner"])
    do.hand_over(city.people["owner"], city.people["head"], actor=city.actor("coordination"))
    trees.refresh_from_db()
    assert trees.keeper == city.people["head"]
    do.succeed(city.units["roads"], city.units["parks"], actor=city.actor("coordination"), reason="fusion")
    trees.refresh_from_db()
    assert trees.organisation == city.units["parks"]


def test_a_picture_holds_what_measures_the_plan(city: City) -> None:
    trees, hidden = make_indicator(city, "trees"), make_indicator(city, "hidden", visibility="internal")
    make_indicator(city, "elsewhere")
    figures.set_target(trees, Period(2030), Decimal(400), actor=SYSTEM, note=words("Conseil"))
    do.tie_indicator(city.actions["roads_public"], trees, actor=SYSTEM)
    do.tie_indicator(city.objective, trees, actor=SYSTEM)
    do.tie_indicator(city.actions["roads_public"], hidden, actor=SYSTEM)
    whole = picture_of(city.plan, SYSTEM, TODAY)
    assert {found.code for found in whole.indicators} == {"trees", "hidden"}
    [seen] = picture_of(city.plan, VISITOR, TODAY).indicators
    assert (seen.code, seen.actions, seen.objectives) == ("trees", ["roads-public"], ["O1"])
    assert [figure.value for figure in seen.figures] == ["100", "120", "150", "160", "190"]
    assert (seen.lead, seen.state, seen.targets[0].value) == ("roads", "watch", "400")
    assert records.snapshot(trees)["visibility"] == "public"
