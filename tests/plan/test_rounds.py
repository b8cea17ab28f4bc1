"""The reporting round: who is asked what, what a contribution goes through, publication and what it freezes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from senne.core.actors import SYSTEM
from senne.core.duties import keeping
from senne.core.duties.models import Duty
from senne.core.mailing.models import Notice
from senne.core.policy import Refused
from senne.core.text import Text
from senne.plan.actions import contributions, rounds
from senne.plan.api import do
from senne.plan.freezing import faults_of
from senne.plan.models import Contribution, Round, Snapshot
from tests.city import TODAY, City, add_contact, make_action, words

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
QUESTIONS = {
    "action": [
        {"key": "highlight", "label": {"fr": "Fait marquant"}, "required": True},
        {"key": "spent", "label": {"fr": "Dépensé"}, "kind": "number", "unit": "EUR"},
    ]
}


@pytest.fixture
def round_(city: City) -> Round:
    add_contact(city.actions["roads_public"], city.people["owner"], "owner")
    values = {
        "organisation": city.units["city"],
        "name": words("Tour 2026"),
        "plans": [city.plan],
        "period_start": date(2026, 1, 1),
        "period_end": date(2026, 12, 31),
        "report_by": TODAY + timedelta(days=10),
        "validate_by": TODAY + timedelta(days=20),
        "questions": QUESTIONS,
    }
    return rounds.prepare_round(values, actor=city.actor("coordination"))


@pytest.fixture
def opened(round_: Round, city: City) -> Round:
    rounds.open_round(round_, actor=city.actor("coordination"), today=TODAY)
    return round_


def contribution(round_: Round, code: str = "roads-public") -> Contribution:
    return Contribution.objects.get(round=round_, action__code=code)


def report(found: Contribution, city: City, name: str = "owner", **answers: str) -> None:
    said: dict[str, Any] = {"status": "under_way", "news": Text(fr="Ça avance.")}
    contributions.contribute(found, said, answers or {"highlight": "Trois rues"}, actor=city.actor(name), today=TODAY)


def test_everybody_who_leads_something_is_asked(opened: Round) -> None:
    assert opened.contributions.filter(action__isnull=False).count() == 2
    assert opened.contributions.filter(objective__isnull=False).count() == 1


def test_actions_added_later_are_asked_too(opened: Round, city: City) -> None:
    make_action(city, "brand_new", city.plan, "parks", "public")
    assert rounds.add_missing(opened, actor=SYSTEM) == 1
    assert rounds.add_missing(opened, actor=SYSTEM) == 0


def test_what_is_asked_is_fixed_once_the_round_is_open(opened: Round, city: City) -> None:
    with pytest.raises(ValidationError):
        rounds.change_round(opened, {"questions": {}}, actor=city.actor("coordination"))
    rounds.change_round(opened, {"report_by": TODAY + timedelta(days=12)}, actor=city.actor("coordination"))


def test_a_question_that_cannot_be_asked_says_which(city: City, round_: Round) -> None:
    with pytest.raises(ValidationError, match="2"):
        rounds.change_round(
            round_,
            {"questions": {"action": [QUESTIONS["action"][0], {"key": "x", "label": {}}]}},
            actor=city.actor("coordination"),
        )


def test_a_report_brings_the_action_up_to_date_and_waits_for_the_head(opened: Round, city: City) -> None:
    report(contribution(opened), city, highlight="Trois rues", spent="1.234,50")
    found = contribution(opened)
    action = city.actions["roads_public"]
    action.refresh_from_db()
    assert (found.state, found.answers) == ("reported", {"highlight": "Trois rues", "spent": "1234.5"})
    assert (action.status, action.last_reported_on) == ("under_way", TODAY)
    assert found.reported_by == city.people["owner"]


def test_wrong_answers_say_where_and_nothing_is_written(opened: Round, city: City) -> None:
    with pytest.raises(ValidationError) as refusal:
        report(contribution(opened), city, spent="beaucoup")
    assert set(refusal.value.message_dict) == {"answer_highlight", "answer_spent"}
    assert contribution(opened).state == "not_begun"


def test_a_head_validates_or_sends_back_with_a_reason(opened: Round, city: City) -> None:
    report(contribution(opened), city)
    with pytest.raises(ValidationError):
        contributions.send_back(contribution(opened), " ", actor=city.actor("head"))
    contributions.send_back(contribution(opened), "Il manque le budget", actor=city.actor("head"))
    assert Notice.objects.get(kind="sent_back").person == city.people["owner"]
    report(contribution(opened), city)
    contributions.validate(contribution(opened), actor=city.actor("head"))
    assert contribution(opened).state == "validated"
    with pytest.raises(ValidationError):
        report(contribution(opened), city)


@pytest.mark.parametrize("name", ["owner", "contributor", "other_head", "body_manager", "reader"])
def test_others_do_not_validate(opened: Round, city: City, name: str) -> None:
    report(contribution(opened), city)
    with pytest.raises(Refused):
        contributions.validate(contribution(opened), actor=city.actor(name))


def test_an_action_merged_meanwhile_says_so(opened: Round, city: City) -> None:
    do.merge_action(city.actions["roads_public"], city.actions["roads_internal"], actor=SYSTEM, reason="doublon")
    with pytest.raises(ValidationError, match="fusionnée|merged"):
        report(contribution(opened), city)


def test_publication_freezes_each_plan_once_and_whole(opened: Round, city: City) -> None:
    report(contribution(opened), city)
    contributions.validate(contribution(opened), actor=city.actor("head"))
    with pytest.raises(ValidationError, match="2"):
        rounds.publish_round(opened, actor=city.actor("coordination"), today=TODAY)
    taken = rounds.publish_round(opened, actor=city.actor("coordination"), today=TODAY, incomplete=True)
    assert [snapshot.plan for snapshot in taken] == [city.plan]
    assert faults_of(taken[0]) == []
    assert contribution(opened).state == "published"
    with pytest.raises(ValidationError):
        rounds.publish_round(opened, actor=city.actor("coordination"), today=TODAY, incomplete=True)
    assert Snapshot.objects.count() == 1


def test_a_correction_says_why(opened: Round, city: City) -> None:
    (first,) = rounds.publish_round(opened, actor=city.actor("coordination"), today=TODAY, incomplete=True)
    with pytest.raises(ValidationError):
        rounds.correct_snapshot(first, actor=city.actor("coordination"), today=TODAY, reason=" ")
    second = rounds.correct_snapshot(first, actor=city.actor("coordination"), today=TODAY, reason="Budget faux")
    assert (second.edition, second.corrects, second.reason) == (2, first, "Budget faux")


def test_a_round_makes_duties_that_close_themselves(opened: Round, city: City) -> None:
    keeping.keep(TODAY, NOW)
    mine = {duty.kind for duty in keeping.owed_by(city.people["owner"].pk, TODAY)}
    assert "report" in mine
    report(contribution(opened), city)
    keeping.keep(TODAY, NOW)
    assert Duty.objects.get(key=f"round:{contribution(opened).pk}:report").state == "done"
    assert "validate" in {duty.kind for duty in keeping.owed_by(city.people["head"].pk, TODAY)}
    assert Notice.objects.filter(kind="to_validate", person=city.people["head"]).count() == 1


def test_a_round_of_a_body_stays_in_its_house(city: City) -> None:
    values = {
        "organisation": city.units["welfare"], "name": words("Tour"), "plans": [city.body_plan],
        "period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31), "report_by": TODAY, "validate_by": TODAY,
    }  # fmt: skip
    with pytest.raises(Refused):
        rounds.prepare_round(values, actor=city.actor("other_body_manager"))
    found = rounds.prepare_round(values, actor=city.actor("body_manager"))
    rounds.open_round(found, actor=city.actor("body_manager"), today=TODAY)
    assert {c.organisation.house for c in found.contributions.all()} == {city.units["welfare"].path}


def test_opening_publishing_and_keeping_ask_a_constant_number_of_questions(city: City, round_: Round) -> None:
    coordination = city.actor("coordination")

    def questions(number: int) -> list[int]:
        for n in range(number):
            make_action(city, f"more_{number}_{n}", city.plan, "parks", "public")
        values = {name: getattr(round_, name) for name in ("period_start", "period_end", "report_by", "validate_by")}
        values |= {"organisation": city.units["city"], "name": words("Tour"), "plans": [city.plan]}
        found = rounds.prepare_round(values, actor=coordination)
        counts = []
        for deed in (
            lambda: rounds.open_round(found, actor=coordination, today=TODAY),
            lambda: keeping.keep(TODAY, NOW),
            lambda: rounds.publish_round(found, actor=coordination, today=TODAY, incomplete=True),
        ):
            with CaptureQueriesContext(connection) as asked:
                deed()
            counts.append(len(asked))
        return counts

    questions(1)
    assert questions(3) == questions(12)
