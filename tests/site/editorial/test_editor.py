"""The editor behind its door: who comes in, in which language, under which policy, and what it refuses to keep."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from senne.core import people, records
from senne.core.actors import SYSTEM
from senne.core.models import User
from senne.core.policy import Role
from senne.core.security import SECOND_FACTOR
from senne.site.editorial.members import keep_members
from senne.site.editorial.models import News
from senne.site.editorial.tree import GROUP
from tests.city import City
from tests.site.editorial.writing import block, second_coordinator, text, user_of, write

HOME = "/fr/editorial/"


def in_group(city: City, name: str) -> bool:
    return user_of(city, name).groups.filter(name=GROUP).exists()


@pytest.fixture
def editor(city: City) -> Client:
    client = Client()
    city.login("coordination", client, second_factor=True)
    return client


# ---- The door ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["", "pages/", "images/", "translations/", "jsi18n/", "sprite/", "reports/site-history/"]
)
def test_visitors_are_sent_to_our_login(city: City, path: str) -> None:
    response = Client().get(f"/fr/editorial/{path}")
    assert response.status_code == 302
    assert response["Location"].startswith("/fr/account/login/")


@pytest.mark.parametrize("name", ["head", "owner", "reader", "specialist", "body_manager"])
def test_others_are_refused(city: City, name: str) -> None:
    client = Client()
    city.login(name, client)
    assert client.get(HOME).status_code == 403
    assert client.post("/fr/editorial/pages/1/delete/").status_code == 403


def test_the_second_factor_is_asked_for(city: City) -> None:
    client = Client()
    city.login("coordination", client)
    response = client.get(HOME)
    assert response.status_code == 302
    assert "/account/2fa/" in response["Location"]


def test_a_superuser_shows_a_second_factor_too(city: City) -> None:
    keeper = User.objects.create_superuser("keeper@example.org", "a long enough password")
    client = Client()
    client.force_login(keeper)
    assert "/account/2fa/" in client.get(HOME)["Location"]


@pytest.mark.parametrize("path", ["login/", "password_reset/", "account/", "logout/"])
def test_wagtails_own_logins_and_accounts_are_not_there(city: City, editor: Client, path: str) -> None:
    for client in (Client(), editor):
        response = client.get(f"/fr/editorial/{path}")
        assert response.status_code == 302
        assert "/editorial/" not in response["Location"].split("?")[0]


def test_the_policy_is_wider_there_and_nowhere_else_and_allows_no_script_inside(city: City, editor: Client) -> None:
    told = editor.get(HOME)["Content-Security-Policy"]
    assert "script-src 'self';" in told + ";"
    assert "style-src 'self' 'unsafe-inline'" in told
    for path in ("/fr/", "/fr/news/", "/fr/work/"):
        assert "unsafe" not in editor.get(path)["Content-Security-Policy"]


def test_the_editor_speaks_the_persons_language(city: City) -> None:
    second_coordinator(city, "nl")
    client = Client()
    city.login("second", client, second_factor=True)
    assert '<html lang="nl"' in client.get(HOME).content.decode()


# ---- The group follows the roles -----------------------------------------------------------------------------------


def test_nobody_keeps_access(city: City) -> None:
    second_coordinator(city)
    assert in_group(city, "second")
    role = city.people["second"].roles.get()
    people.end_role(role, date(2026, 1, 1), actor=SYSTEM)
    assert not in_group(city, "second")


def test_who_leaves_is_out_at_once(city: City) -> None:
    second_coordinator(city)
    assert in_group(city, "second")
    people.leave(city.people["second"], date(2026, 1, 1), actor=SYSTEM)
    assert not in_group(city, "second")
    client = Client()
    client.force_login(user_of(city, "second"))
    assert client.get(HOME).status_code in {302, 403}


def test_a_role_that_ends_by_itself_ends_at_the_door_and_with_the_chores(city: City) -> None:
    second_coordinator(city)
    user = user_of(city, "second")
    client = Client()
    city.login("second", client, second_factor=True)
    assert client.get(HOME).status_code == 200
    # Time passes: the role ends without anybody doing anything.
    city.people["second"].roles.update(until=date(2026, 1, 1))
    assert user.groups.filter(name=GROUP).exists()
    assert client.get(HOME).status_code == 403
    assert not user.groups.filter(name=GROUP).exists()
    user.groups.add(user.groups.model.objects.get(name=GROUP))
    keep_members(date(2026, 6, 1))
    assert not user.groups.filter(name=GROUP).exists()


def test_an_account_taken_from_its_person_is_out(city: City) -> None:
    second_coordinator(city)
    user = user_of(city, "second")
    people.change_person(city.people["second"], {"user": None}, actor=SYSTEM)
    assert not user.groups.filter(name=GROUP).exists()


def test_coordination_of_a_part_does_not_edit_the_citys_pages(city: City) -> None:
    values = {"name": "Part", "organisation": city.units["welfare"]}
    city.people["part"] = people.add_person(values, actor=SYSTEM)
    unit = city.units["welfare"]
    people.give_role(city.people["part"], Role.COORDINATION, unit, actor=SYSTEM, since=date(2024, 1, 1))
    assert not in_group(city, "part")


# ---- Writing -------------------------------------------------------------------------------------------------------


def form(*body: tuple[str, Any], title: str = "Une nouvelle", **more: Any) -> dict[str, Any]:
    fields = {
        "title": title,
        "slug": "une-nouvelle",
        "lead": "En bref.",
        "day": "2026-11-24",
        "body": streamfield(list(body)),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": 0,
    }
    return nested_form_data({**fields, **more})


def add(editor: Client, *body: tuple[str, Any], **more: Any) -> Any:
    section = Page.objects.get(url_path="/fr/news/")
    return editor.post(f"/fr/editorial/pages/add/editorial/news/{section.pk}/", form(*body, **more))


def test_a_page_is_written_and_handed_in(city: City, editor: Client) -> None:
    response = add(
        editor,
        ("heading", {"level": "2", "text": "Titre"}),
        ("text", rich_text("<p>Douze arbres.</p>")),
        ("action", {"of": "CLIMATE:roads-public"}),
        **{"action-submit": "yes"},
    )
    assert response.status_code == 302
    page = News.objects.get()
    assert not page.live
    assert page.workflow_in_progress
    assert editor.get(f"/fr/editorial/pages/{page.pk}/edit/").status_code == 200
    assert editor.get(f"/fr/editorial/review/{page.pk}/").status_code == 200
    assert editor.post(f"/fr/editorial/review/{page.pk}/", {"approve": "yes"}).status_code in {302, 403}
    assert not News.objects.get().live


def test_publish_in_the_address_bar_publishes_nothing(city: City, editor: Client) -> None:
    add(editor, ("text", rich_text("<p>Un.</p>")), **{"action-publish": "yes"})
    assert not News.objects.get().live


def test_a_superuser_publishes_nothing_alone(city: City) -> None:
    keeper = User.objects.create_superuser("keeper@example.org", "a long enough password")
    client = Client()
    client.force_login(keeper)
    TOTP.activate(keeper, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    session = client.session
    session[SECOND_FACTOR] = keeper.pk
    session.save()
    add(client, ("text", rich_text("<p>Un.</p>")), **{"action-publish": "yes"})
    assert not News.objects.get().live
    client.post(f"/fr/editorial/bulk/wagtailcore/page/publish/?id={News.objects.get().pk}", {})
    assert not News.objects.get().live
    assert User.objects.get(pk=keeper.pk).is_superuser


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("action", {"of": "CLIMATE:nowhere"}, "Aucun plan ne contient"),
        ("action", {"of": "no code"}, "Aucun plan ne contient"),
        ("progress", {"of": "CLIMATE:T9"}, "Aucun plan ne contient"),
        ("heading", {"level": "3", "text": "Trop bas"}, "saute un niveau"),
        ("text", rich_text('<p><a href="https://example.org">ici</a></p>'), "Dites dans le texte du lien"),
        (
            "text",
            rich_text('<p><a href="https://example.org">https://example.org</a></p>'),
            "Dites dans le texte du lien",
        ),
        ("picture", {"picture": {"image": "", "decorative": "", "alt_text": ""}, "caption": "", "credit": ""}, ""),
    ],
)
def test_what_cannot_be_read_by_all_is_not_kept(city: City, editor: Client, kind: str, value: Any, said: str) -> None:
    response = add(editor, (kind, value), **{"action-submit": "yes"})
    assert response.status_code == 200
    assert said in response.content.decode().replace("&#x27;", "'")
    assert not News.objects.exists()


def test_the_editor_is_warned_of_records_that_are_not_public_any_more(city: City, editor: Client) -> None:
    page = write("Une", block("action", {"of": "CLIMATE:roads-internal"}))
    body = editor.get(f"/fr/editorial/pages/{page.pk}/edit/").content.decode()
    assert "CLIMATE:roads-internal" in body
    assert "pas montré aux visiteurs" in body


def test_a_draft_is_seen_by_its_editors_alone(city: City, editor: Client) -> None:
    page = write("Brouillon", text("<p>Pas encore.</p>"), live=False)
    address = f"/fr/editorial/pages/{page.pk}/view_draft/"
    seen = editor.get(address)
    assert "Pas encore." in seen.content.decode()
    assert "frame-ancestors 'self'" in seen["Content-Security-Policy"]
    assert Client().get(address).status_code == 302


def test_choices_of_records_name_public_ones_alone(city: City, editor: Client) -> None:
    section = Page.objects.get(url_path="/fr/news/")
    body = editor.get(f"/fr/editorial/pages/add/editorial/news/{section.pk}/").content.decode()
    assert "CLIMATE:roads-public" in body
    assert "roads-internal" not in body


def test_changes_of_roles_leave_a_trail(city: City) -> None:
    second_coordinator(city)
    person = city.people["second"]
    records.update(person, {"language": "en"}, actor=SYSTEM)
    assert user_of(city, "second").groups.filter(name=GROUP).exists()
