"""Saved views: one's own, shared with one's organisation, sent as a link; who sees, renames and deletes them."""

from __future__ import annotations

import pytest
from django.test import Client

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry
from senne.core.policy import Refused, allowed
from senne.workspace import saved
from senne.workspace.models import SavedView
from tests.city import City
from tests.workspace.conftest import Browse

PAGE = "/fr/work/saved-views/"
QUERY = "view=board&lead=roads&status=open"


def keep(city: City, name: str = "owner", shared: str = "", title: str = "Ma vue") -> SavedView:
    unit = city.units[shared] if shared else None
    return saved.keep_view(title, QUERY, unit, actor=city.actor(name))


def names(city: City, name: str) -> list[str]:
    return [view.name for view in saved.views_for(city.actor(name))]


# ---- Rights -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shared", "seeing", "keeping"),
    [
        ("", {"owner"}, {"owner"}),
        ("roads", {"owner", "head", "contributor"}, {"owner", "coordination"}),
        (
            "city",
            {"owner", "head", "contributor", "other_head", "coordination", "specialist", "reader"},
            {"owner", "coordination"},
        ),
    ],
)
def test_who_sees_a_view_and_who_changes_it(city: City, shared: str, seeing: set[str], keeping: set[str]) -> None:
    """A view shared with an organisation is seen by those who work in it or below it, in the same house or another."""
    view = keep(city, shared=shared)
    house = {"owner", "head", "contributor", "other_head", "coordination", "specialist", "reader"}
    assert {name for name in house if view in saved.views_for(city.actor(name))} == seeing
    assert {name for name in house if "view" in allowed(city.actor(name), view.subject())} == seeing
    assert {name for name in city.people if "keep_view" in allowed(city.actor(name), view.subject())} == keeping


def test_the_query_and_the_policy_agree_for_everybody(city: City) -> None:
    views = [keep(city, title="a"), keep(city, shared="roads", title="b"), keep(city, shared="city", title="c")]
    views.append(keep(city, "body_manager", "welfare", "d"))
    for name in city.people:
        actor = city.actor(name)
        seen = {view.name for view in views if "view" in allowed(actor, view.subject())}
        assert set(names(city, name)) == seen, name


@pytest.mark.parametrize("name", ["head", "contributor", "reader"])
def test_a_colleague_changes_nothing_of_a_shared_view(city: City, browse: Browse, name: str) -> None:
    view = keep(city, shared="city")
    with pytest.raises(Refused):
        saved.change_view(view, "x", None, actor=city.actor(name))
    with pytest.raises(Refused):
        saved.drop_view(view, actor=city.actor(name))
    client = browse(name)
    before = AuditEntry.objects.count()
    assert 'name="drop"' not in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"view": view.pk, "drop": "1"}).status_code == 403
    assert client.post(PAGE, {"view": view.pk, "name": "x"}).status_code == 403
    assert AuditEntry.objects.count() == before


def test_a_private_view_is_not_there_for_anybody_else(city: City, browse: Browse) -> None:
    view = keep(city)
    for name in ("head", "coordination", "body_manager"):
        client = browse(name)
        assert "Ma vue" not in client.get(PAGE).content.decode()
        assert client.post(PAGE, {"view": view.pk, "drop": "1"}).status_code == 404
    assert SavedView.objects.get().name == "Ma vue"


def test_a_link_shows_everybody_their_own(city: City, browse: Browse) -> None:
    """A view is a filter, not a right: whoever follows the link sees what they may see anyway."""
    view = saved.keep_view("Tout", "view=table", None, actor=city.actor("owner"))
    body = browse("reader").get(f"/nl/work/actions/?{view.query}").content.decode()
    assert "roads-internal" in body
    assert "welfare-internal" not in body


# ---- Keeping, renaming, deleting ----------------------------------------------------------------------------------


def test_the_view_on_the_screen_is_kept_and_found_again(city: City, browse: Browse) -> None:
    client = browse("owner")
    body = client.get(f"/fr/work/actions/?{QUERY}").content.decode()
    assert 'name="query" value="view=board&amp;lead=roads&amp;status=open"' in body
    response = client.post(PAGE, {"name": "Voirie", "query": QUERY, "shared_with": city.units["roads"].pk})
    assert response.headers["Location"] == f"/fr/work/actions/?{QUERY}"
    after = client.get(response.headers["Location"]).content.decode()
    assert 'aria-current="true">Voirie' in after
    assert "Enregistrer cette vue" not in after, "the view on the screen is kept already"
    assert "Voirie" in browse("head").get("/fr/work/actions/").content.decode()
    assert AuditEntry.objects.filter(kind="workspace.savedview", verb="create").count() == 1


@pytest.mark.parametrize("view", ["timeline", "calendar"])
def test_what_is_kept_opens_on_today(view: str) -> None:
    kept = saved.canonical(f"view={view}&month=2019-01&begin=2019&page=4&edit=1&lead=roads&nonsense=1")
    assert kept == f"view={view}&lead=roads"


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_a_name_that_is_taken_or_empty_is_told_in_every_language(city: City, browse: Browse, language: str) -> None:
    keep(city)
    client = browse("owner")
    told = {
        "fr": ("une vue de ce nom", "Donnez un nom"),
        "nl": ("al een weergave met die naam", "Geef de weergave een naam"),
        "en": ("view with this name", "Give the view a name"),
    }[language]
    for name, words in zip(("Ma vue", "  "), told, strict=True):
        body = client.post(
            f"/{language}/work/saved-views/", {"name": name, "query": QUERY}, follow=True
        ).content.decode()
        assert words in body.replace("&#x27;", "’"), name
    assert SavedView.objects.count() == 1


def test_nobody_shares_with_an_organisation_that_is_not_theirs(city: City, browse: Browse) -> None:
    client = browse("owner")
    for unit in ("parks", "welfare"):
        client.post(PAGE, {"name": "x", "query": QUERY, "shared_with": city.units[unit].pk})
    assert not SavedView.objects.exists()


def test_there_is_a_limit_and_it_is_told(city: City, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST", 1)
    keep(city)
    body = browse("owner").post(PAGE, {"name": "x", "query": QUERY}, follow=True).content.decode()
    assert "Supprimez-en une" in body
    assert names(city, "owner") == ["Ma vue"]


def test_two_who_rename_at_once_are_told(city: City, browse: Browse) -> None:
    view = keep(city)
    opened = view.version
    records.update(view, {"name": "Autre"}, actor=SYSTEM)
    sent = {"view": view.pk, "version": opened, "name": "Mienne", "shared_with": ""}
    body = browse("owner").post(PAGE, sent).content.decode()
    assert 'value="Mienne"' in body, "what was typed stays"
    view.refresh_from_db()
    assert view.name == "Autre"


def test_one_deletes_ones_own_and_the_coordination_a_shared_one(city: City, browse: Browse) -> None:
    own, shared = keep(city, title="a"), keep(city, shared="city", title="b")
    browse("owner").post(PAGE, {"view": own.pk, "drop": "1"})
    browse("coordination").post(PAGE, {"view": shared.pk, "drop": "1"})
    assert not SavedView.objects.exists()
    assert AuditEntry.objects.filter(kind="workspace.savedview", verb="delete").count() == 2


@pytest.mark.parametrize("key", ["0", "x", "9" * 20])
def test_a_view_that_is_not_there(city: City, browse: Browse, key: str) -> None:
    assert browse("owner").post(PAGE, {"view": key, "drop": "1"}).status_code == 404


def test_an_account_without_a_person_keeps_nothing_and_is_told(city: City, client: Client) -> None:
    from senne.core.models import User

    client.force_login(User.objects.create_user("nobody@example.org", "x"))
    response = client.post(PAGE, {"name": "x", "query": QUERY}, follow=True)
    assert response.status_code in {200, 403}
    assert not SavedView.objects.exists()
