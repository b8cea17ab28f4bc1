"""What is told of the past: to visitors from the day of publication on, to colleagues all of it; and never less for what
others do behind closed doors."""

from __future__ import annotations

import pytest
from django.test import Client

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.policy import VISITOR
from senne.core.text import Text
from senne.plan.api import Action, changes
from tests.city import City


def told(actor: object, record: object = None) -> str:
    return repr([(c.verb, c.changes, c.news) for c in changes.latest_changes(actor, 20, record)])  # type: ignore[arg-type]


@pytest.fixture
def published(city: City) -> Action:
    """An internal action that had another title and other news, and was made public since."""
    action = city.actions["roads_internal"]
    for title in ("Un secret", "Toujours un secret"):
        records.update(action, {"title": Text(fr=title), "news": Text(fr=f"{title}, encore")}, actor=SYSTEM)
    values = {"visibility": "public", "title": Text(fr="Pour tous"), "news": Text(fr="Nouveau")}
    records.update(action, values, actor=SYSTEM)
    records.update(action, {"title": Text(fr="Pour tous, mieux")}, actor=SYSTEM)
    return action


def test_visitors_hear_nothing_of_what_was_internal(city: City, published: Action) -> None:
    for text in (told(VISITOR), told(VISITOR, published), told(city.actor("body_manager"))):
        assert "secret" not in text
        assert "Pour tous" in text, "what changed since is told"
    for path in ("/fr/", "/fr/changes/", "/fr/changes/feed/", "/fr/plans/CLIMATE/actions/roads-internal/"):
        body = Client().get(path).content.decode()
        assert "secret" not in body, path


def test_colleagues_hear_all_of_it(city: City, published: Action) -> None:
    assert "Toujours un secret" in told(city.actor("head"), published)
    assert "Toujours un secret" in told(city.actor("coordination"))


def test_an_action_of_a_plan_made_public_later_has_no_past_either(city: City) -> None:
    action = city.actions["roads_public"]
    records.update(city.plan, {"visibility": "internal"}, actor=SYSTEM)
    records.update(action, {"title": Text(fr="Un secret")}, actor=SYSTEM)
    records.update(action, {"title": Text(fr="Pour tous")}, actor=SYSTEM)
    records.update(city.plan, {"visibility": "public"}, actor=SYSTEM)
    assert "secret" not in told(VISITOR)


def test_much_work_behind_closed_doors_pushes_no_public_news_out(city: City) -> None:
    records.update(city.actions["roads_public"], {"news": Text(fr="Bonne nouvelle")}, actor=SYSTEM)
    for number in range(60):
        records.update(city.actions["welfare_internal"], {"news": Text(fr=f"Interne {number}")}, actor=SYSTEM)
    newest = changes.latest_changes(VISITOR, 5)
    assert newest[0].news == {"fr": "Bonne nouvelle"}
