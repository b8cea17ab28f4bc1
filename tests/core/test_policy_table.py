"""The whole role × verb × object table: what each person may do with each kind of record of each kind of place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from senne.core import organisations, people, records
from senne.core.actors import SYSTEM, actor_of_person
from senne.core.feedback import feedback_for
from senne.core.history import history_of
from senne.core.models import Person
from senne.core.policy import FOR_MANAGERS, VERBS, VISITOR, Actor, ContactRole, Refused, Role, Subject, allowed, require
from senne.core.text import Text
from senne.indicators import api as indicators
from senne.plan.api import freezing, importing, queries, rounds
from tests.city import TODAY, City, add_contact
from tests.core.world import EVERYBODY, PLACES, ROLES, World

NOTHING: set[str] = set()
ALL = set(VERBS)
MANAGES = ALL - {"see_trail", "erase_people", "edit_pages"}
SEES = {"view"}
STAFF = {"view", "see_internal", "see_history", "see_comments", "comment"}
REPORTS = STAFF | {"report"}
EDITS = REPORTS | {"edit", "ask"}
HEADS = EDITS | {"create", "override_health", "validate", "set_absence"}

# What is internal, by the place of the organisation that leads it.
# role:              city     roads    parks    welfare  housing  university
INTERNAL: dict[str, tuple[set[str], ...]] = {
    "visitor":            (NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING),
    "coordination":       (ALL,     ALL,     ALL,     ALL,     ALL,     ALL),
    "head":               (STAFF,   HEADS,   STAFF,   NOTHING, NOTHING, NOTHING),
    "other_head":         (STAFF,   STAFF,   HEADS,   NOTHING, NOTHING, NOTHING),
    "owner":              (STAFF,   EDITS,   STAFF,   NOTHING, NOTHING, NOTHING),
    "contributor":        (STAFF,   REPORTS, STAFF,   NOTHING, NOTHING, NOTHING),
    "specialist":         (STAFF,   STAFF,   STAFF,   NOTHING, NOTHING, NOTHING),
    "reader":             (SEES,    SEES,    SEES,    NOTHING, NOTHING, NOTHING),
    "body_coordination":  (NOTHING, NOTHING, NOTHING, ALL,     NOTHING, NOTHING),
    "body_manager":       (NOTHING, NOTHING, NOTHING, MANAGES, NOTHING, NOTHING),
    "body_owner":         (NOTHING, NOTHING, NOTHING, EDITS,   NOTHING, NOTHING),
    "body_specialist":    (NOTHING, NOTHING, NOTHING, STAFF,   NOTHING, NOTHING),
    "body_reader":        (NOTHING, NOTHING, NOTHING, SEES,    NOTHING, NOTHING),
    "other_body_manager": (NOTHING, NOTHING, NOTHING, NOTHING, MANAGES, NOTHING),
    "partner_owner":      (NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, EDITS),
    "partner_reader":     (NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, SEES),
}  # fmt: skip
KINDS = (
    "plan", "theme", "axis", "objective", "objectivelink", "action", "step", "budgetline", "link", "document", "contact",
    "relation", "person", "feedback", "import", "round", "contribution", "amendment", "snapshot", "absence", "comment",
    "request", "indicator", "measurement", "targetpoint", "indicatorlink",
)  # fmt: skip
# Between the sender and those who manage: these lose what colleagues of the house see elsewhere.
NOT_FOR_COLLEAGUES = {"view", "see_internal", "see_history", "see_comments", "comment", "ask"}


def expected(name: str, kind: str, place: str, visibility: str) -> set[str]:
    may = set(INTERNAL[name][PLACES.index(place)])
    if kind in FOR_MANAGERS and "shape" not in may:
        may -= NOT_FOR_COLLEAGUES
    return may | SEES if visibility == "public" else may


def test_the_table_has_a_row_for_everybody() -> None:
    assert set(INTERNAL) == set(EVERYBODY)
    assert {role for role, _unit in ROLES.values()} == set(Role)


@pytest.mark.parametrize("name", EVERYBODY)
def test_each_role_may_do_exactly_this(world: World, name: str) -> None:
    actor = world.actor(name)
    found, wanted = {}, {}
    for kind, place, visibility in world.made:
        found[kind, place, visibility] = allowed(actor, world.subject(kind, place, visibility))
        wanted[kind, place, visibility] = expected(name, kind, place, visibility)
    for place in PLACES:
        found["organisation", place, "public"] = allowed(actor, world.units[place].subject())
        wanted["organisation", place, "public"] = expected(name, "organisation", place, "public")
    assert found == wanted
    assert {kind for kind, _place, _visibility in wanted} == {*KINDS, "organisation"}


@pytest.mark.parametrize("name", EVERYBODY)
def test_queries_agree_with_the_policy(world: World, name: str) -> None:
    """What a query gives is what `can_view` allows: no more, no less."""
    actor = world.actor(name)
    lists = {
        "plan": queries.plans(actor), "theme": queries.themes(actor), "axis": queries.axes(actor),
        "objective": queries.objectives(actor), "action": queries.actions(actor), "feedback": feedback_for(actor),
        "import": importing.runs_for(actor), "round": rounds.rounds(actor),
        "contribution": rounds.contributions(actor), "snapshot": freezing.snapshots(actor),
        "indicator": indicators.queries.indicators(actor),
    }  # fmt: skip
    for kind, found in lists.items():
        every = type(next(r for (k, _p, _v), r in world.made.items() if k == kind)).objects.all()
        seen = {record.pk for record in every if "view" in allowed(actor, record.subject())}
        assert set(found.values_list("pk", flat=True)) == seen, kind


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_history_is_read_by_those_who_see_what_is_internal(world: World, name: str) -> None:
    actor = world.actor(name)
    for place in PLACES:
        for visibility in ("public", "internal"):
            action = world.made["action", place, visibility]
            if "see_history" in INTERNAL[name][PLACES.index(place)]:
                verbs = set(history_of(action, action.subject(), actor=actor).values_list("kind", flat=True))
                assert {"plan.action", "plan.step", "plan.budgetline", "plan.actiondocument"} <= verbs
            else:
                with pytest.raises(Refused):
                    history_of(action, action.subject(), actor=actor)


# ---- What changes the row that somebody stands in -----------------------------------------------------------------


def test_a_contact_reaches_across_houses_for_that_one_action(city: City) -> None:
    person = city.people["owner"]
    add_contact(city.actions["welfare_internal"], person, "contributor")
    actor = city.actor("owner")
    assert allowed(actor, city.actions["welfare_internal"].subject()) == REPORTS
    assert city.actions["welfare_internal"] in queries.actions(actor)
    assert city.body_plan in queries.plans(actor), "it is public; an internal one would not be shown for that"


def test_a_partner_body_sees_the_record_it_takes_part_in(city: City) -> None:
    action = city.actions["roads_internal"]
    records.update(action, {"partners": [city.units["housing"]]}, actor=SYSTEM)
    actor = city.actor("other_body_manager")
    assert allowed(actor, action.subject()) == SEES
    assert action in queries.actions(actor)


def test_a_public_action_of_an_internal_plan_is_internal(city: City) -> None:
    records.update(city.plan, {"visibility": "internal"}, actor=SYSTEM)
    action = queries.actions(city.actor("reader")).get(code="roads-public")
    assert action.visibility == "public"
    assert allowed(VISITOR, action.subject()) == NOTHING
    assert not queries.actions(VISITOR).filter(plan=city.plan).exists()
    assert not queries.objectives(VISITOR).filter(plan=city.plan).exists()


def test_somebody_who_left_keeps_no_right_not_even_as_a_contact(city: City) -> None:
    action = city.actions["roads_internal"]
    add_contact(action, city.people["head"], "owner")
    people.leave(city.people["head"], TODAY - timedelta(days=1), actor=SYSTEM, today=TODAY)
    actor = city.actor("head")
    assert allowed(actor, action.subject()) == NOTHING
    assert not queries.actions(actor).filter(pk=action.pk).exists()
    assert actor.name == "Head"


def test_somebody_who_will_leave_works_to_the_last_day(city: City) -> None:
    people.leave(city.people["head"], TODAY, actor=SYSTEM, today=TODAY - timedelta(days=7))
    person = Person.objects.get(pk=city.people["head"].pk)
    action = city.actions["roads_internal"]
    assert allowed(actor_of_person(person, TODAY), action.subject()) == HEADS
    assert allowed(actor_of_person(person, TODAY + timedelta(days=1)), action.subject()) == NOTHING


def test_a_role_ends_with_its_organisation(city: City) -> None:
    organisations.dissolve(city.units["roads"], TODAY, actor=SYSTEM, reason="merged")
    action = city.actions["roads_internal"]
    person = city.people["head"]
    assert allowed(actor_of_person(person, TODAY - timedelta(days=1)), action.subject()) == HEADS
    assert allowed(actor_of_person(person, TODAY), action.subject()) == NOTHING
    assert "edit" in allowed(city.actor("coordination"), action.subject())


def test_a_role_that_has_not_begun_or_has_ended_gives_nothing(city: City) -> None:
    role = city.people["head"].roles.get()
    subject = city.actions["roads_internal"].subject()
    assert allowed(actor_of_person(city.people["head"], date(2023, 12, 31)), subject) == NOTHING
    people.end_role(role, TODAY, actor=SYSTEM)
    assert allowed(actor_of_person(city.people["head"], TODAY), subject) == NOTHING


def test_who_moves_to_another_house_leaves_the_old_ones_roles_behind(city: City) -> None:
    person = city.people["head"]
    people.change_person(person, {"organisation": city.units["welfare"]}, actor=SYSTEM, today=TODAY)
    assert allowed(city.actor("head"), city.actions["roads_internal"].subject()) == NOTHING
    assert person.roles.get().until == TODAY


def test_who_moves_within_a_house_keeps_their_roles_until_they_are_ended(city: City) -> None:
    people.change_person(city.people["head"], {"organisation": city.units["parks"]}, actor=SYSTEM, today=TODAY)
    assert allowed(city.actor("head"), city.actions["roads_internal"].subject()) == HEADS


def test_a_department_that_becomes_a_body_closes_its_door(city: City) -> None:
    organisations.change_organisation(city.units["roads"], {"kind": "body"}, actor=SYSTEM)
    action = queries.actions(SYSTEM).get(pk=city.actions["roads_internal"].pk)
    assert allowed(city.actor("other_head"), action.subject()) == NOTHING
    assert allowed(city.actor("head"), action.subject()) == HEADS
    assert allowed(city.actor("coordination"), action.subject()) == ALL


@pytest.mark.parametrize("name", ["body_manager", "head", "specialist", "reader"])
@pytest.mark.parametrize(
    "change", [{"kind": "department"}, {"kind": "service"}, {"parent": None}, {"kind": "city", "parent": None}]
)
def test_nobody_opens_a_house_from_inside(city: City, name: str, change: dict[str, object]) -> None:
    """A body's manager who made the body a department would read the whole city."""
    with pytest.raises(Refused):
        organisations.change_organisation(city.units["welfare"], change, actor=city.actor(name))


@pytest.mark.parametrize(
    ("kind", "may"), [("service", True), ("department", True), ("body", False), ("partner", False)]
)
def test_a_bodys_manager_adds_services_and_opens_no_house(city: City, kind: str, may: bool) -> None:
    values = {"code": "new", "kind": kind, "parent": city.units["welfare"], "name": Text(fr="Nouveau")}
    if may:
        assert (
            organisations.add_organisation(values, actor=city.actor("body_manager")).house
            == city.units["welfare"].house
        )
    else:
        with pytest.raises(Refused):
            organisations.add_organisation(values, actor=city.actor("body_manager"))


def test_the_coordination_looks_after_partners_and_their_people_see_their_own_alone(world: World) -> None:
    partner = world.units["university"]
    assert partner.house == partner.path
    organisations.change_organisation(partner, {"name": Text(fr="Université")}, actor=world.actor("coordination"))
    below = organisations.add_organisation(
        {"code": "ngo", "kind": "partner", "parent": world.units["city"], "name": Text(fr="ASBL")}, actor=SYSTEM
    )
    assert below.house == below.path


def test_nobody_gives_away_more_than_they_have(city: City) -> None:
    from django.core.exceptions import ValidationError

    manager, own = city.actor("body_manager"), city.people["body_owner"]
    since = date(2024, 1, 1)
    with pytest.raises(ValidationError):
        people.give_role(own, Role.COORDINATION, city.units["welfare"], actor=manager, since=since)
    with pytest.raises(Refused):
        people.give_role(own, Role.READER, city.units["city"], actor=manager, since=since)
    with pytest.raises(Refused):
        people.give_role(city.people["reader"], Role.READER, city.units["welfare"], actor=manager, since=since)
    with pytest.raises(ValidationError):
        people.give_role(city.people["head"], Role.BODY_MANAGER, city.units["roads"], actor=SYSTEM, since=since)
    people.give_role(own, Role.COORDINATION, city.units["housing"], actor=SYSTEM, since=since)
    elsewhere = city.actor("body_owner")
    with pytest.raises(Refused):
        people.give_role(own, Role.COORDINATION, city.units["welfare"], actor=elsewhere, since=since)


@pytest.mark.parametrize("verb", VERBS)
def test_a_visitor_is_refused_everything_on_an_internal_record(verb: str) -> None:
    with pytest.raises(Refused):
        require(verb, VISITOR, Subject("action", "/1/", "/1/"))


def test_an_approver_may_judge_health() -> None:
    subject = Subject("action", "/1/", "/1/", contacts=frozenset({(7, ContactRole.APPROVER)}))
    assert "override_health" in allowed(Actor(person_id=7), subject)
    assert "override_health" not in allowed(Actor(person_id=8), subject)
