"""The whole role × verb × object table: what each person may do with each kind of record, spelled out."""

from __future__ import annotations

import pytest

from senne.core.policy import VERBS, VISITOR, Actor, ContactRole, Refused, Subject, allowed, require
from senne.plan.api import queries
from tests.city import City, add_contact

EVERYTHING = set(VERBS)
MANAGES = EVERYTHING - {"see_trail"}
SEES = {"view"}
STAFF = {"view", "see_internal", "see_history"}
REPORTS = STAFF | {"report"}
EDITS = REPORTS | {"edit"}
HEADS = EDITS | {"create", "override_health"}

# One column per object: public and internal action of the roads department, public and internal action of the welfare body.
OBJECTS = ("roads_public", "roads_internal", "welfare_public", "welfare_internal")
TABLE: dict[str, tuple[set[str], set[str], set[str], set[str]]] = {
    "visitor": (SEES, set(), SEES, set()),
    "coordination": (EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING),
    "head": (HEADS, HEADS, SEES, set()),
    "other_head": (STAFF, STAFF, SEES, set()),
    "owner": (EDITS, EDITS, SEES, set()),
    "contributor": (REPORTS, REPORTS, SEES, set()),
    "specialist": (STAFF, STAFF, SEES, set()),
    "reader": (SEES, SEES, SEES, set()),
    "body_manager": (SEES, set(), MANAGES, MANAGES),
    "other_body_manager": (SEES, set(), SEES, set()),
    "body_owner": (SEES, set(), EDITS, EDITS),
}


def actor_named(city: City, name: str) -> Actor:
    return VISITOR if name == "visitor" else city.actor(name)


@pytest.mark.parametrize("name", TABLE)
def test_each_role_may_do_exactly_this(city: City, name: str) -> None:
    actor = actor_named(city, name)
    found = {code: allowed(actor, city.actions[code].subject()) for code in OBJECTS}
    assert found == dict(zip(OBJECTS, TABLE[name], strict=True))


@pytest.mark.parametrize("name", TABLE)
def test_queries_agree_with_the_policy(city: City, name: str) -> None:
    """What a query gives is what `can_view` allows: no more, no less."""
    actor = actor_named(city, name)
    seen = set(queries.actions(actor).values_list("code", flat=True))
    assert seen == {a.code for a in city.actions.values() if "view" in allowed(actor, a.subject())}


def test_a_contact_reaches_across_houses_for_that_one_action(city: City) -> None:
    person = city.people["owner"]
    add_contact(city.actions["welfare_internal"], person, "contributor")
    actor = city.actor("owner")
    assert allowed(actor, city.actions["welfare_internal"].subject()) == REPORTS
    assert city.actions["welfare_internal"] in queries.actions(actor)


def test_a_partner_body_sees_the_record_it_takes_part_in(city: City) -> None:
    action = city.actions["roads_internal"]
    action.partners.add(city.units["housing"])
    actor = city.actor("other_body_manager")
    assert allowed(actor, action.subject()) == SEES
    assert action in queries.actions(actor)


def test_somebody_who_left_keeps_no_right(city: City) -> None:
    from datetime import date

    from senne.core import people
    from senne.core.actors import SYSTEM

    people.leave(city.people["head"], date(2026, 1, 1), actor=SYSTEM)
    assert allowed(city.actor("head"), city.actions["roads_internal"].subject()) == set()


@pytest.mark.parametrize("verb", VERBS)
def test_a_visitor_is_refused_everything_on_an_internal_record(verb: str) -> None:
    with pytest.raises(Refused):
        require(verb, VISITOR, Subject("action", "/1/", "/1/"))


def test_an_approver_may_judge_health() -> None:
    subject = Subject("action", "/1/", "/1/", contacts=frozenset({(7, ContactRole.APPROVER)}))
    assert "override_health" in allowed(Actor(person_id=7), subject)
    assert "override_health" not in allowed(Actor(person_id=8), subject)
