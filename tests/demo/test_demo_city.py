"""The demo city is whole: loaded once, it shows everything, and its trail agrees with its records."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from shapely.geometry import box, shape

from senne.core import files
from senne.core.actors import SYSTEM, actor_of
from senne.core.models import AuditEntry, Feedback, Organisation, Person, User
from senne.core.policy import VISITOR, Actor, Role
from senne.core.talk.models import Comment, Request
from senne.demo.accounts import DEMO_ACCOUNTS
from senne.demo.loader import load_demo
from senne.plan.api import (
    Action,
    ActionContact,
    ActionDocument,
    ActionLink,
    ActionRelation,
    BudgetLine,
    ImportRun,
    Objective,
    ObjectiveLink,
    Plan,
    Step,
    Theme,
    changes,
    overview,
    queries,
)
from tests.demo.conftest import EARLY, LATE, TODAY, standing

# The first test of a day loads the city: some seconds, minutes on a machine that is busy with everything else.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]
BRUSSELS = box(4.24, 50.76, 4.49, 50.92)


@pytest.fixture(
    scope="module",
    params=[TODAY, pytest.param(EARLY, marks=pytest.mark.slow), pytest.param(LATE, marks=pytest.mark.slow)],
    ids=str,
)
def day(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[date]:
    """The city stands on that day, for all tests of the module."""
    with django_db_blocker.unblock(), standing():
        load_demo(request.param)
        yield request.param


def test_the_city_is_believable_in_size(day: date) -> None:
    kinds = Counter(Organisation.objects.values_list("kind", flat=True))
    assert kinds["department"] == 15
    assert kinds["body"] == 4
    assert kinds["partner"] >= 8
    assert Theme.objects.filter(plan__code="CLIMAT").count() == 10
    assert Objective.objects.filter(plan__code="CLIMAT").count() >= 36
    assert Action.objects.filter(plan__code="CLIMAT").count() >= 120
    led = Organisation.objects.filter(led_actions__isnull=False)
    assert {house.split("/")[-2] for house in led.values_list("house", flat=True)} >= {
        f"{body.pk:06d}" for body in Organisation.objects.filter(kind="body")
    }
    assert not Action.objects.filter(lead=None).exists()


def test_plans_are_tied_to_those_beside_and_above(day: date) -> None:
    kinds = set(Plan.objects.values_list("kind", flat=True))
    assert kinds == {"climate", "sustainable_development", "welfare", "regional", "covenant"}
    assert Plan.objects.get(is_main=True).code == "CLIMAT"
    for code in ("PCDD", "CPAS", "REGION", "CONVENTION"):
        assert ObjectiveLink.objects.filter(objective__plan__code="CLIMAT", other__plan__code=code).exists(), code
    above = Objective.objects.filter(plan__kind__in=("regional", "covenant"))
    assert above.count() == 9
    assert not above.filter(actions__isnull=False).exists()
    assert Action.objects.filter(plan__code="CLIMAT", objectives__plan__code="PCDD").count() >= 8


def test_the_home_page_counts_the_city_s_own_plan(day: date) -> None:
    main = queries.plans(VISITOR).first()
    assert main is not None
    tree = overview.plan_tree(main, VISITOR, day)
    missing = {s.objective.code: s.missing for s in tree.objective_states() if s.missing}
    assert missing == {"EC2.2": ["no_owner"], "EM2.2": ["nothing_measures", "no_news"], "DR1.2": ["no_news"]}
    assert tree.monitored_count == tree.objective_count - 3


def test_everything_that_an_action_may_have_is_shown(day: date) -> None:
    assert {g["type"] for g in Action.objects.exclude(location=None).values_list("location", flat=True)} == {
        "Point", "LineString", "Polygon",
    }  # fmt: skip
    assert ActionLink.objects.count() >= 10
    assert set(ActionDocument.objects.values_list("public", flat=True)) == {True, False}
    assert set(ActionRelation.objects.values_list("kind", flat=True)) == {"precedes", "blocks", "related"}
    assert set(ActionContact.objects.values_list("role", flat=True)) == {"owner", "contributor", "approver"}
    lines = set(BudgetLine.objects.values_list("kind", "unit"))
    assert lines == {("planned", "EUR"), ("actual", "EUR"), ("planned", "FTE"), ("actual", "FTE")}
    assert BudgetLine.objects.exclude(funder=None).values("funder").distinct().count() >= 5
    assert BudgetLine.objects.filter(approximate=True).exists()
    for fate in ("merged_into", "superseded_by", "copy_of", "sponsor"):
        assert Action.objects.exclude(**{fate: None}).exists(), fate
    assert Action.objects.filter(visibility="internal").count() >= 4
    assert Action.objects.exclude(internal_notes="").exists()
    assert Action.objects.exclude(health_override="").filter(health_override_until__gte=day).exists()
    assert Step.objects.exclude(assignee=None).exists()
    assert Action.objects.filter(weight__gt=1).exists()


def test_places_lie_in_brussels_and_can_be_drawn(day: date) -> None:
    for action in Action.objects.exclude(location=None):
        drawn = shape(action.location)
        assert drawn.is_valid, action.code
        assert BRUSSELS.contains(drawn), action.code


def test_documents_are_kept_as_they_came(day: date) -> None:
    for document in ActionDocument.objects.select_related("file"):
        content = files.read_file(document.file).decode()
        assert len(content) > 100, document.file.name
        assert "{20" not in content, document.file.name


def test_every_role_has_an_account_that_can_log_in(day: date) -> None:
    roles = {}
    for email, _what in DEMO_ACCOUNTS:
        user = User.objects.get(email=email)
        assert user.has_usable_password()
        actor = actor_of(user)
        roles[email.split("@")[0]] = {grant.role for grant in actor.grants}
    assert roles == {
        "coordination": {Role.COORDINATION},
        "head": {Role.HEAD},
        "owner": {Role.OWNER},
        "contributor": {Role.CONTRIBUTOR},
        "body": {Role.BODY_MANAGER},
        "specialist": {Role.SPECIALIST},
        "reader": {Role.READER},
    }
    assert set().union(*roles.values()) == set(Role)


def test_the_accounts_of_those_who_work_on_actions_have_actions(day: date) -> None:
    for name in ("owner", "contributor", "head", "body", "coordination", "specialist"):
        person = Person.objects.get(user__email=f"{name}@senne.example.org")
        assert ActionContact.objects.filter(person=person).exists(), name


def test_who_left_and_what_was_dissolved_stand_in_the_history(day: date) -> None:
    gone = Person.objects.exclude(left_on=None)
    assert gone.count() == 2
    names = set(gone.values_list("name", flat=True))
    assert (
        set(AuditEntry.objects.filter(verb="report", actor_name__in=names).values_list("actor_name", flat=True))
        == names
    )
    assert ActionContact.objects.filter(person__in=gone, action__status="done").exists()
    assert not ActionContact.objects.filter(person__in=gone, action__status="under_way").exists()
    dissolved = Organisation.objects.get(dissolved_on__isnull=False)
    assert not dissolved.led_actions.exists()
    assert AuditEntry.objects.filter(kind="plan.action", changes__lead__0__id=dissolved.pk).exists()


def test_messages_of_citizens_are_new_in_hand_and_answered(day: date) -> None:
    assert {"new", "in_hand", "answered", "closed"} == set(Feedback.objects.values_list("state", flat=True))
    assert {"fr", "nl", "en"} == set(Feedback.objects.filter(erased_on=None).values_list("language", flat=True))
    for message in Feedback.objects.filter(closed_on__lt=day):
        assert (message.message, message.email, message.name) == ("", "", "")
    assert Feedback.objects.filter(closed_on=day).exclude(answer="").exists()


def test_colleagues_talk_about_actions_and_one_waits_for_an_answer(day: date) -> None:
    said = Comment.objects.select_related("author")
    assert {"fr", "nl"} == {comment.author.language for comment in said}
    assert sum(bool(comment.told.all()) for comment in said) >= 4
    assert said.exclude(settled_at=None).count() == 1
    assert Request.objects.get(state="open").asked == Person.objects.get(email="owner@senne.example.org")
    assert Request.objects.filter(state="done").exclude(answer="").exists()


def test_one_plan_came_in_as_a_document(day: date) -> None:
    run = ImportRun.objects.get()
    assert run.state == "applied"
    assert run.plan == Plan.objects.get(code="CONVENTION")
    assert all(o.source == run.file and o.source_row for o in Objective.objects.filter(plan=run.plan))
    assert run.applied_at == run.created_at


def test_the_trail_tells_deeds_in_the_order_of_their_days(day: date) -> None:
    moments = list(AuditEntry.objects.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert timezone.localtime(moments[-1]).date() <= day
    plans = {plan.code: timezone.localtime(plan.created_at).date() for plan in Plan.objects.all()}
    for plan in Plan.objects.filter(kind__in=("climate", "welfare", "sustainable_development")):
        assert plans[plan.code] == plan.adopted_on
    added = {timezone.localtime(action.created_at).date() for action in Action.objects.filter(plan__code="CLIMAT")}
    assert len(added) >= 8
    assert len({moment.year for moment in added}) >= 4


def test_reports_come_month_after_month_by_many(day: date) -> None:
    lately = [
        entry
        for entry in AuditEntry.objects.filter(kind="plan.action", verb="report")
        if (day - timezone.localtime(entry.at).date()).days <= 548
    ]
    assert len(lately) >= 150
    assert len({(entry.at.year, entry.at.month) for entry in lately}) >= 12
    assert len({entry.actor_name for entry in lately}) >= 30
    told = {entry.root_id for entry in lately if entry.changes.get("news")}
    assert len(told) >= 60
    sentences = Counter(entry.changes["news"][1]["fr"] for entry in lately if entry.changes.get("news"))
    assert max(sentences.values()) == 1
    assert any("status" in e.changes and e.changes["status"] == ["suspended", "under_way"] for e in _reports())
    assert AuditEntry.objects.filter(changes__end_on__isnull=False).exclude(reason="").count() >= 3


def _reports() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(kind="plan.action", verb="report"))


def test_records_agree_with_their_trail(day: date) -> None:
    """The last report, since when the status holds, and when steps were done are what the trail says."""
    reported: dict[int, date] = {}
    since: dict[int, date] = {}
    for entry in AuditEntry.objects.filter(kind="plan.action").order_by("id"):
        moment = timezone.localtime(entry.at).date()
        if entry.verb == "report":
            reported[entry.record_id] = moment
        if entry.verb == "create" or "status" in entry.changes:
            since[entry.record_id] = moment
    for action in Action.objects.filter(copy_of=None):
        assert action.last_reported_on == reported.get(action.pk), action.code
        assert action.status_since == since[action.pk], action.code
    ticked = {
        e.record_id: e.changes["done_on"][1]
        for e in AuditEntry.objects.filter(kind="plan.step")
        if "done_on" in e.changes
    }
    for step in Step.objects.exclude(done_on=None):
        assert ticked[step.pk] == step.done_on.isoformat(), step.title
        assert step.done_on < day


def test_every_action_has_somebody_in_post_and_an_approver(day: date) -> None:
    for action in Action.objects.exclude(status__in=("done", "abandoned")).filter(merged_into=None, superseded_by=None):
        roles = Counter(action.contacts.filter(person__left_on=None).values_list("role", flat=True))
        assert roles["owner"] == 1, action.code
        assert roles["approver"] == 1, action.code


def test_the_latest_changes_are_of_many_actions(day: date) -> None:
    latest = changes.latest_changes(VISITOR, 20, telling=True)
    assert len({change.record.pk for change in latest}) >= 15
    assert (day - timezone.localtime(latest[0].at).date()).days <= 8
    assert sum(bool(change.news) for change in latest) >= 12


def test_loading_twice_changes_nothing(day: date) -> None:
    before = AuditEntry.objects.count()
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    assert "left out" in out.getvalue()
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("actor", [SYSTEM, VISITOR], ids=["system", "visitor"])
def test_an_objective_is_monitored_or_not_however_it_is_asked(day: date, actor: Actor) -> None:
    whole = [(state.objective.pk, state.missing) for state in overview.objective_states(actor, day)]
    assert [(found.objective.pk, found.missing) for found in overview.monitoring(actor, day)] == whole
    assert len(whole) > 30
