"""Requests: who asks whom, what makes them done, and who hears of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from senne.core import people, records
from senne.core.actors import SYSTEM
from senne.core.duties.keeping import keep, owed_by
from senne.core.duties.models import Absence, Duty
from senne.core.mailing.models import Notice
from senne.core.models import User
from senne.core.policy import Refused, may_ask
from senne.core.talk import asking, reach
from senne.core.talk.models import Request
from senne.plan.actions import rounds
from senne.plan.api import Action, Contribution, Round, do
from tests.city import TODAY, City, add_contact, words

NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Brussels"))
FRIDAY = TODAY + timedelta(days=3)


def ask(city: City, who: str, whom: str, what: str = "report", record: Any = None, **more: Any) -> Request:
    values = {"due_on": FRIDAY, "sentence": "avant le collège de vendredi", "today": TODAY, **more}
    record = record or fresh(city, "roads_internal")
    return asking.ask(record, what, city.people[whom], actor=city.actor(who), **values)


def fresh(city: City, name: str) -> Action:
    return Action.objects.get(pk=city.actions[name].pk)


def told(city: City, who: str) -> list[tuple[str, str]]:
    found = Notice.objects.filter(person=city.people[who]).order_by("id")
    return [(notice.kind, notice.title["fr"]) for notice in found]


def the_duty() -> Duty:
    return Duty.objects.get(kind="request")


def with_account(city: City, *names: str) -> None:
    """The trail knows who did something by their account."""
    for name in names:
        user = User.objects.create_user(f"{name}@example.org")
        people.change_person(city.people[name], {"user": user}, actor=SYSTEM)


# ---- Who asks whom ------------------------------------------------------------------------------------------------

# May <row> ask <column> to answer about an action that the roads lead, on which nobody is named?
COLUMNS = ("coordination", "head", "other_head", "owner", "contributor", "specialist", "reader", "body_manager")
WHO_ASKS_WHOM = {
    "coordination": "-yyyyy--",
    "head":         "y--yy---",
    "owner":        "yy------",
    "other_head":   "--------",
    "contributor":  "--------",
    "reader":       "--------",
    "body_manager": "--------",
}  # fmt: skip


@pytest.mark.parametrize("who", WHO_ASKS_WHOM)
def test_who_may_ask_whom(city: City, who: str) -> None:
    subject, actor = city.actions["roads_internal"].subject(), city.actor(who)
    found = "".join(
        "y" if may_ask(actor, subject, city.actor(whom), city.people[whom].subject()) else "-" for whom in COLUMNS
    )
    assert found == WHO_ASKS_WHOM[who]


def test_an_owner_asks_those_who_are_named_on_the_record(city: City) -> None:
    action = fresh(city, "roads_internal")
    with pytest.raises(ValidationError):
        ask(city, "owner", "contributor", record=action)
    add_contact(action, city.people["contributor"], "contributor")
    assert ask(city, "owner", "contributor", record=fresh(city, "roads_internal")).asked == city.people["contributor"]


def test_an_approver_who_holds_no_role_asks_too(city: City) -> None:
    add_contact(fresh(city, "roads_internal"), city.people["specialist"], "approver")
    assert ask(city, "specialist", "head").state == "open"


def test_nobody_is_asked_what_they_could_not_do(city: City) -> None:
    """The specialist reads the record's comments, but does not report on it."""
    with pytest.raises(ValidationError) as fault:
        ask(city, "coordination", "specialist")
    assert "asked" in fault.value.message_dict
    assert ask(city, "coordination", "specialist", "answer").what == "answer"


@pytest.mark.parametrize("who", ["contributor", "reader", "other_head", "body_manager"])
def test_who_may_not_ask_is_refused(city: City, who: str) -> None:
    with pytest.raises(Refused):
        ask(city, who, "owner")


def test_choices_hold_exactly_those_who_may_be_asked(city: City) -> None:
    subject, actor = city.actions["roads_internal"].subject(), city.actor("head")
    around = reach.around(subject, TODAY)
    found = {c.person.name for c in reach.askable(actor, subject, "report", around)}
    assert found == {"Coordination", "Owner", "Contributor"}


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=400)])
def test_the_day_is_near(city: City, day: date) -> None:
    with pytest.raises(ValidationError) as fault:
        ask(city, "head", "owner", due_on=day)
    assert "due_on" in fault.value.message_dict


def test_what_is_asked_already_is_not_asked_again(city: City) -> None:
    ask(city, "head", "owner")
    with pytest.raises(ValidationError):
        ask(city, "coordination", "owner")
    assert ask(city, "head", "owner", "answer")
    assert ask(city, "coordination", "owner", "answer"), "another question may wait too"


# ---- A request is a duty ------------------------------------------------------------------------------------------


def test_it_is_a_duty_at_once_and_told_at_once(city: City) -> None:
    request = ask(city, "head", "owner")
    duty = the_duty()
    assert (duty.key, duty.kind, duty.due_on) == (f"request:{request.pk}", "request", FRIDAY)
    assert duty.path == f"/work/requests/{request.pk}/"
    assert [d.pk for d in owed_by(city.people["owner"].pk, TODAY)] == [duty.pk]
    assert owed_by(city.people["head"].pk, TODAY) == []
    ((kind, title),) = told(city, "owner")
    assert kind == "requested"
    assert title == "Head vous demande un rapport : roads-internal · roads internal – “avant le collège de vendredi”"
    keep(TODAY, NOON)
    assert len(told(city, "owner")) == 1, "the chores say nothing twice"


def test_a_report_after_the_asking_fulfils_it(city: City) -> None:
    with_account(city, "owner", "contributor")
    do.report(fresh(city, "roads_internal"), {"news": words("avant")}, actor=city.actor("owner"), today=TODAY)
    request = ask(city, "head", "owner")
    request.refresh_from_db()
    assert request.state == "open", "a report before the asking is none"
    do.report(fresh(city, "roads_public"), {"news": words("autre")}, actor=city.actor("owner"), today=TODAY)
    request.refresh_from_db()
    assert request.state == "open", "neither is one on another action"
    do.report(fresh(city, "roads_internal"), {"news": words("après")}, actor=city.actor("contributor"), today=TODAY)
    request.refresh_from_db()
    assert (request.state, request.settled_by) == ("done", city.people["contributor"])
    duty = the_duty()
    assert (duty.state, duty.closed_by, duty.proof["verb"]) == ("done", city.people["contributor"], "report")
    assert ("answered", "Fait, comme vous l’avez demandé : roads-internal · roads internal") in told(city, "head")
    keep(TODAY + timedelta(days=1), NOON)
    assert the_duty().state == "done"


def test_another_change_of_the_action_does_not(city: City) -> None:
    request = ask(city, "head", "owner")
    do.change_action(fresh(city, "roads_internal"), {"title": words("autre titre")}, actor=city.actor("owner"))
    request.refresh_from_db()
    assert request.state == "open"


def test_a_validation_of_the_contribution_fulfils_it(city: City) -> None:
    with_account(city, "head")
    contribution = in_a_round(city)
    request = ask(city, "owner", "head", "validate", record=Contribution.objects.get(pk=contribution.pk))
    do.validate(Contribution.objects.get(pk=contribution.pk), actor=city.actor("head"))
    request.refresh_from_db()
    assert (request.state, request.settled_by) == ("done", city.people["head"])


def test_sent_back_counts_as_looked_at(city: City) -> None:
    contribution = in_a_round(city)
    request = ask(city, "owner", "head", "validate", record=Contribution.objects.get(pk=contribution.pk))
    do.send_back(Contribution.objects.get(pk=contribution.pk), "il manque le budget", actor=city.actor("head"))
    request.refresh_from_db()
    assert request.state == "done"


def in_a_round(city: City) -> Contribution:
    values = {
        "organisation": city.units["city"], "name": words("Automne"), "plans": [city.plan],
        "period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31), "report_by": FRIDAY, "validate_by": FRIDAY,
    }  # fmt: skip
    round_: Round = rounds.prepare_round(values, actor=city.actor("coordination"))
    rounds.open_round(round_, actor=city.actor("coordination"), today=TODAY)
    contribution = Contribution.objects.get(round=round_, action=city.actions["roads_internal"])
    do.contribute(contribution, {"news": words("dit")}, {}, actor=city.actor("owner"), today=TODAY)
    return contribution


def test_a_question_is_answered(city: City) -> None:
    request = ask(city, "head", "owner", "answer", sentence="Quel budget pour 2027 ?")
    with pytest.raises(ValidationError):
        asking.answer(request, " ", actor=city.actor("owner"), today=TODAY)
    asking.answer(request, "30 000 €", actor=city.actor("owner"), today=TODAY)
    request.refresh_from_db()
    assert (request.state, request.answer) == ("done", "30 000 €")
    notice = Notice.objects.get(person=city.people["head"])
    assert notice.detail["nl"] == "Owner: 30 000 €"
    assert the_duty().state == "done"


def test_a_request_is_declined_with_a_reason(city: City) -> None:
    request = ask(city, "head", "owner")
    with pytest.raises(ValidationError):
        asking.decline(request, "", actor=city.actor("owner"), today=TODAY)
    asking.decline(request, "Je ne suis plus sur ce dossier.", actor=city.actor("owner"), today=TODAY)
    request.refresh_from_db()
    assert (request.state, request.answer) == ("declined", "Je ne suis plus sur ce dossier.")
    assert the_duty().state == "void"
    assert told(city, "head") == [("answered", "Refusé : roads-internal · roads internal")]
    keep(TODAY, NOON)
    assert owed_by(city.people["owner"].pk, TODAY) == []


def test_who_asked_may_withdraw_and_others_may_not(city: City) -> None:
    request = ask(city, "head", "owner")
    with pytest.raises(Refused):
        asking.withdraw(request, actor=city.actor("owner"))
    asking.withdraw(request, actor=city.actor("head"))
    request.refresh_from_db()
    assert (request.state, the_duty().state) == ("withdrawn", "void")
    with pytest.raises(ValidationError):
        asking.answer(request, "trop tard", actor=city.actor("owner"), today=TODAY)


@pytest.mark.parametrize("who", ["contributor", "coordination", "head"])
def test_nobody_answers_in_anothers_place(city: City, who: str) -> None:
    request = ask(city, "head", "owner")
    with pytest.raises(Refused):
        asking.answer(request, "moi", actor=city.actor(who), today=TODAY)


# ---- Absent, gone, late -------------------------------------------------------------------------------------------


def away(city: City, who: str, deputy: str | None) -> None:
    values = {"person": city.people[who], "start": TODAY - timedelta(days=1), "end": TODAY + timedelta(days=20)}
    values["deputy"] = city.people[deputy] if deputy else None
    records.create(Absence, values, actor=SYSTEM)


def test_the_deputy_of_who_is_away_is_told_and_may_answer(city: City) -> None:
    away(city, "owner", "contributor")
    request = ask(city, "head", "owner", "answer")
    assert told(city, "owner") == []
    assert [kind for kind, _title in told(city, "contributor")] == ["requested"]
    assert [r.pk for r in asking.asked_of(city.actor("contributor"), TODAY)] == [request.pk]
    asking.answer(request, "à sa place", actor=city.actor("contributor"), today=TODAY)
    request.refresh_from_db()
    assert request.settled_by == city.people["contributor"]


def test_without_a_deputy_it_comes_back_to_who_asked(city: City) -> None:
    away(city, "owner", None)
    ask(city, "head", "owner")
    assert [d.kind for d in owed_by(city.people["head"].pk, TODAY)] == ["request"]


def test_a_fortnight_late_it_comes_back_to_who_asked(city: City) -> None:
    ask(city, "head", "owner")
    late = FRIDAY + timedelta(days=14)
    keep(late, NOON)
    assert "request" in [d.kind for d in owed_by(city.people["head"].pk, late)]


def test_somebody_who_left_is_asked_no_more(city: City) -> None:
    ask(city, "head", "owner")
    people.leave(city.people["owner"], TODAY, actor=SYSTEM, today=TODAY + timedelta(days=1))
    keep(TODAY + timedelta(days=1), NOON)
    assert owed_by(city.people["owner"].pk, TODAY + timedelta(days=1)) == []
    assert len(owed_by(city.people["head"].pk, TODAY + timedelta(days=1))) == 1


def test_a_request_about_what_is_gone_is_owed_no_more(city: City) -> None:
    ask(city, "head", "owner")
    records.delete(fresh(city, "roads_internal"), actor=SYSTEM)
    keep(TODAY, NOON)
    assert owed_by(city.people["owner"].pk, TODAY) == []


def test_lists_of_both_sides(city: City) -> None:
    request = ask(city, "head", "owner")
    assert [r.pk for r in asking.asked_of(city.actor("owner"), TODAY)] == [request.pk]
    assert [r.pk for r in asking.asked_by(city.actor("head"), TODAY)] == [request.pk]
    assert asking.asked_of(city.actor("head"), TODAY) == []
    found = asking.requests_about(fresh(city, "roads_internal"), actor=city.actor("contributor"))
    assert [r.pk for r in found] == [request.pk]
    with pytest.raises(Refused):
        asking.requests_about(fresh(city, "roads_internal"), actor=city.actor("reader"))


def test_a_change_costs_one_query_more_where_nothing_is_asked(city: City, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert asking.notice_what_was_done() == 0
