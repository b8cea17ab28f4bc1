"""Who may have a file that was made for somebody: the table of readers by whom it was made for."""

from __future__ import annotations

import pytest

from senne.core.policy import VISITOR, Actor, Grant, Role
from senne.reports.rights import Made, can_cancel, can_have, covers

CITY, ROADS, WELFARE, HOUSING = "/1/", "/1/2/", "/1/3/", "/1/4/"
GRANTS = {
    "visitor": (),
    "coordination": (Grant(Role.COORDINATION, CITY, CITY),),
    "superuser": (Grant(Role.COORDINATION, "", ""),),
    "head": (Grant(Role.HEAD, ROADS, CITY),),
    "reader": (Grant(Role.READER, CITY, CITY),),
    "body_manager": (Grant(Role.BODY_MANAGER, WELFARE, WELFARE),),
    "body_coordination": (Grant(Role.COORDINATION, WELFARE, WELFARE),),
    "other_body": (Grant(Role.OWNER, HOUSING, HOUSING),),
    "two_houses": (Grant(Role.OWNER, ROADS, CITY), Grant(Role.READER, WELFARE, WELFARE)),
}
# made for:              those who may have it
TABLE = {
    "coordination": {"coordination", "superuser"},
    "superuser": {"superuser"},
    "head": {"coordination", "superuser", "head", "reader", "two_houses"},
    "reader": {"coordination", "superuser", "head", "reader", "two_houses"},
    "body_manager": {"coordination", "superuser", "body_manager", "body_coordination", "two_houses"},
    "body_coordination": {"coordination", "superuser", "body_coordination"},
    "other_body": {"coordination", "superuser", "other_body"},
    "two_houses": {"coordination", "superuser", "two_houses"},
}


def actor(name: str, number: int = 0) -> Actor:
    return VISITOR if name == "visitor" else Actor(number or list(GRANTS).index(name), 1, name, "fr", GRANTS[name])


def made(name: str, **values: bool) -> Made:
    return Made(False, list(GRANTS).index(name), GRANTS[name], **values)


@pytest.mark.parametrize("owner", TABLE)
def test_a_file_goes_to_those_who_see_at_least_as_much(owner: str) -> None:
    assert {name for name in GRANTS if can_have(actor(name), made(owner))} == TABLE[owner]


@pytest.mark.parametrize("owner", TABLE)
def test_what_somebody_sees_as_a_contact_stays_with_them(owner: str) -> None:
    assert {name for name in GRANTS if can_have(actor(name), made(owner, personal=True))} == {owner}


def test_what_is_public_is_everybodys() -> None:
    assert all(can_have(actor(name), Made(True)) for name in GRANTS)


@pytest.mark.parametrize("owner", TABLE)
def test_the_owner_loses_it_with_the_rights_it_was_made_with(owner: str) -> None:
    number = list(GRANTS).index(owner)
    assert not can_have(Actor(number, 1, owner), made(owner)), "left, or ended roles"
    assert not can_have(Actor(number, 1, owner, grants=GRANTS["other_body"]), made(owner)) or owner == "other_body"


def test_a_file_that_says_nothing_of_its_rights_is_nobodys() -> None:
    assert not any(can_have(actor(name), Made(False, 5)) for name in GRANTS)


def test_only_who_asked_stops_it() -> None:
    assert [name for name in GRANTS if can_cancel(actor(name), made("head"))] == ["head"]
    assert not can_cancel(VISITOR, Made(True))


def test_covering_is_reflexive_and_never_grows() -> None:
    for held in GRANTS.values():
        assert covers(held, held)
        for wanted in GRANTS.values():
            for more in GRANTS.values():
                if covers(held, wanted) and covers(wanted, more):
                    assert covers(held, more)
