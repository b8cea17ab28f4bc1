"""What happens to a figure: given, refused, corrected with its reason, taken back; methods and targets change in the open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from senne.core.models import AuditEntry
from senne.core.periods import Frequency, Period
from senne.core.policy import VISITOR, Refused
from senne.core.records import Conflict
from senne.core.text import Text
from senne.indicators.api import Figure, Indicator, Measurement, do, queries
from tests.city import TODAY, City, make_indicator, words

Y2025 = Period(2025)


@pytest.fixture
def trees(city: City) -> Indicator:
    return make_indicator(city, "trees", keeper=city.people["owner"], wanted="up")


def say(indicator: Indicator, value: str, city: City, who: str = "owner", **more: object) -> Measurement:
    figure = {name: more.pop(name) for name in ("note", "provisional", "uncertainty", "period") if name in more}
    period = figure.pop("period", Y2025)
    given = Figure(indicator, period, Decimal(value), **figure)  # type: ignore[arg-type]
    return do.say_figure(given, actor=city.actor(who), today=TODAY, **more)  # type: ignore[arg-type]


def test_a_figure_is_kept_with_who_when_and_by_which_method(city: City, trees: Indicator) -> None:
    made = say(trees, "210.5", city, uncertainty=Decimal("3.5"), provisional=True)
    assert (made.value, made.uncertainty, made.provisional) == (Decimal("210.5"), Decimal("3.5"), True)
    assert (made.reported_by, made.reported_on, made.method_version) == (city.people["owner"], TODAY, 1)
    entry = AuditEntry.objects.filter(kind="indicators.measurement").first()
    assert entry is not None
    assert (entry.root_kind, entry.root_id) == ("indicators.indicator", trees.pk)


def test_who_may_not_report_gives_no_figure(city: City, trees: Indicator) -> None:
    for who in ("reader", "specialist", "other_head", "body_manager"):
        with pytest.raises(Refused):
            say(trees, "200", city, who)
    with pytest.raises(Refused):
        do.say_figure(Figure(trees, Y2025, Decimal(200)), actor=VISITOR, today=TODAY)


def test_a_tenfold_figure_is_a_slip_unless_it_is_explained(city: City, trees: Indicator) -> None:
    with pytest.raises(ValidationError, match="190"):
        say(trees, "1900", city)
    with pytest.raises(ValidationError):
        say(trees, "-190", city)
    assert say(trees, "1900", city, note=words("Inventaire étendu")).value == 1900


def test_a_figure_beyond_what_is_plausible_is_refused(city: City) -> None:
    share = make_indicator(city, "share", lowest=Decimal(0), highest=Decimal(200))
    with pytest.raises(ValidationError, match="200"):
        say(share, "201", city)
    with pytest.raises(ValidationError):
        say(share, "0.1234567", city, note=words("?"))


def test_a_period_of_another_frequency_is_refused(city: City, trees: Indicator) -> None:
    with pytest.raises(ValidationError, match="2026"):
        say(trees, "200", city, period=Period(2025, 4, Frequency.QUARTER))


def test_a_final_figure_changes_only_with_a_reason_and_the_change_is_told(city: City, trees: Indicator) -> None:
    say(trees, "210", city)
    with pytest.raises(ValidationError) as refused:
        say(trees, "212", city)
    assert "reason" in refused.value.message_dict
    found = say(trees, "212", city, reason="Deux arbres oubliés")
    assert found.value == 212
    [told] = queries.corrections_of([found])[found.pk]
    assert (told.before, told.after, told.why) == ("210", "212", "Deux arbres oubliés")


def test_a_provisional_figure_is_replaced_without_words(city: City, trees: Indicator) -> None:
    say(trees, "210", city, provisional=True)
    assert not say(trees, "215", city).provisional


def test_somebody_who_was_slower_is_told(city: City, trees: Indicator) -> None:
    made = say(trees, "210", city, provisional=True)
    say(trees, "211", city, provisional=True)
    with pytest.raises(Conflict):
        say(trees, "212", city, expected_version=made.version)


def test_a_wrong_figure_takes_no_good_one_with_it(city: City, trees: Indicator) -> None:
    figures = [Figure(trees, Y2025, Decimal(200)), Figure(trees, Period(2019), Decimal(2))]
    figures.insert(1, Figure(trees, Period(2026), Decimal(99_999)))
    refused = do.say_figures(figures, actor=city.actor("owner"), today=TODAY)
    assert list(refused) == [1]
    assert set(trees.measurements.values_list("period", flat=True)) >= {"2019", "2025"}


def test_a_new_method_keeps_the_earlier_wording_and_marks_later_figures(city: City, trees: Indicator) -> None:
    values = {"method": words("Relevé aérien")}
    do.change_indicator(trees, values, actor=city.actor("head"), new_method=True, today=TODAY)
    assert trees.method_version == 2
    assert trees.earlier_methods == [{"number": 1, "text": dict(words("Comptage sur place")), "until": "2026-11-24"}]
    assert say(trees, "205", city).method_version == 2
    assert set(trees.measurements.exclude(period="2025").values_list("method_version", flat=True)) == {1}


def test_the_frequency_stays_once_there_are_figures(city: City, trees: Indicator) -> None:
    with pytest.raises(ValidationError) as refused:
        do.change_indicator(trees, {"frequency": "month"}, actor=city.actor("head"))
    assert "frequency" in refused.value.message_dict


def test_what_has_figures_is_not_taken_away(city: City, trees: Indicator) -> None:
    with pytest.raises(ValidationError):
        do.delete_indicator(trees, actor=city.actor("coordination"), reason="plus suivi")
    empty = {"code": "empty", "organisation": city.units["roads"], "name": words("x"), "unit": words("x")}
    made = do.create_indicator({**empty, "first_period": "2026"}, actor=city.actor("head"))
    with pytest.raises(Refused):
        do.delete_indicator(made, actor=city.actor("owner"), reason="x")
    do.delete_indicator(made, actor=city.actor("coordination"), reason="doublon")
    assert not Indicator.objects.filter(code="empty").exists()


def test_a_target_changes_with_a_reason(city: City, trees: Indicator) -> None:
    actor = city.actor("head")
    do.set_target(trees, Period(2030), Decimal(400), actor=actor, note=words("Conseil du 9 mars"))
    with pytest.raises(ValidationError):
        do.set_target(trees, Period(2030), Decimal(300), actor=actor)
    do.set_target(trees, Period(2030), Decimal(300), actor=actor, reason="Budget réduit")
    entry = AuditEntry.objects.filter(kind="indicators.targetpoint", verb="retarget").get()
    assert (entry.changes["value"], entry.reason) == (["400", "300"], "Budget réduit")
    with pytest.raises(Refused):
        do.set_target(trees, Period(2031), Decimal(1), actor=city.actor("contributor"))


def test_publishing_needs_its_right(city: City, trees: Indicator) -> None:
    with pytest.raises(Refused):
        do.change_indicator(trees, {"visibility": "internal"}, actor=city.actor("owner"))
    do.change_indicator(trees, {"visibility": "internal"}, actor=city.actor("coordination"))
    assert trees not in queries.indicators(VISITOR)


def test_an_indicator_is_found_by_its_words(city: City, trees: Indicator) -> None:
    make_indicator(city, "hidden", visibility="internal", name=Text(fr="Platanes secrets"))
    assert queries.find(VISITOR, "inventaire arbres", "fr") == [trees]
    assert queries.find(VISITOR, "platanes", "fr") == []
    assert [found.code for found in queries.find(city.actor("reader"), "platanes", "fr")] == ["hidden"]


def test_where_many_indicators_stand_is_asked_in_three_queries(city: City, trees: Indicator) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            for standing in queries.standings(queries.indicators(VISITOR), TODAY):
                assert standing.state == "no_target"
                assert [str(period) for period in standing.missing] == ["2025"]
                assert standing.overdue_since == date(2026, 3, 31)
        return len(asked)

    few = questions()
    for number in range(5):
        make_indicator(city, f"more-{number}")
    assert questions() == few == 3
