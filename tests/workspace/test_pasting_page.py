"""A table pasted from a spreadsheet: seen before it is saved; what is refused is told, kept, and stops nothing else."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.test import Client

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry
from senne.plan.api import Action, do
from senne.workspace.views.listing import paste
from tests.city import City, add_contact, make_action
from tests.workspace.conftest import Browse

PAGE = "/fr/work/actions/paste/?view=table"
HEAD = "Code\tStatut\tFin\tPorteur"


def send(client: Client, text: str, page: str = PAGE, **more: str) -> str:
    response = client.post(page, {"text": text, **more})
    assert response.status_code == 200
    return html.unescape(response.content.decode()).replace("'", "’")


def save(client: Client, text: str, page: str = PAGE) -> str:
    """Look, then save what was shown."""
    return send(client, text, page, apply="1", **versions(send(client, text, page)))


def versions(body: str) -> dict[str, str]:
    return dict(re.findall(r'name="(v-\d+)" value="(\d+)"', body))


def left(body: str) -> list[str]:
    """The lines that are left in the text to be mended, under the heading."""
    found = re.search(r'<textarea id="text".*?>\n(.*?)</textarea>', body, re.S)
    assert found
    return [line for line in found[1].split("\n")[1:] if line]


def fresh(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def test_nothing_is_saved_before_it_was_seen(city: City, browse: Browse) -> None:
    client = browse("owner")
    before = AuditEntry.objects.count()
    body = send(client, f"{HEAD}\nroads-public\tEn cours\t09/2027\tContributor")
    assert "3 cellules changeraient" in body
    assert AuditEntry.objects.count() == before
    body = send(client, f"{HEAD}\nroads-public\tEn cours\t09/2027\tContributor", apply="1", **versions(body))
    assert "3 cellules enregistrées : roads-public" in body.replace("\u00a0", " ").replace("\u202f", " ")
    saved = fresh(city.actions["roads_public"])
    assert (saved.status, saved.end_on, saved.end_precision) == ("under_way", date(2027, 9, 1), "month")
    assert [contact.person.name for contact in saved.contacts.all()] == ["Contributor"]
    assert left(body) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("a 2 cellules ; il en faut 4", "n’est pas une date", "n’a le code", "pas un des mots", "Vous ne pouvez pas")),
        ("nl", ("heeft 2 cellen", "is geen datum", "Geen enkele actie", "geen van de woorden", "U mag dit niet")),
        ("en", ("has 2 cells; 4 are expected", "is not a date", "No action that you may see", "not one of the words",
                "You may not change this")),
    ],
)  # fmt: skip
def test_every_fault_is_told_in_three_languages_and_nothing_is_lost(
    city: City, browse: Browse, language: str, words: tuple[str, ...]
) -> None:
    """Too few cells, a cell of the wrong kind, an unknown action, a word that is none, somebody else's action; one good."""
    text = (
        "Code\tStatus\tEinde\tOwner\nroads-public\tEn cours\t2028\t\nroads-internal\tlopend\n"
        "welfare-public\tdone\t\t\nZZ-1\tdone\t\t\n"
    )
    page = PAGE.replace("/fr/", f"/{language}/")
    client = browse("owner")
    body = save(client, text, page).replace("\u00a0", " ").replace("\u202f", " ")
    wrong = save(client, "Code\tStatus\tEinde\nroads-internal\tpresque\tbientôt", page)
    for told in words:
        assert told in body or told in wrong, told
    assert left(body) == ["roads-internal\tlopend", "welfare-public\tdone\t\t", "ZZ-1\tdone\t\t"]
    assert left(wrong) == ["roads-internal\tpresque\tbientôt"]
    saved = fresh(city.actions["roads_public"])
    assert (saved.status, saved.end_on) == ("under_way", date(2028, 1, 1))
    assert fresh(city.actions["welfare_public"]).status == "to_start"
    assert fresh(city.actions["roads_internal"]).status == "to_start"


def test_of_a_line_with_one_bad_cell_the_others_are_saved_and_the_bad_one_is_left(city: City, browse: Browse) -> None:
    client = browse("owner")
    body = save(client, f"{HEAD}\nroads-public\tEn cours\tbientôt\tContributor")
    assert left(body) == ["roads-public\t\tbientôt\t"]
    assert fresh(city.actions["roads_public"]).status == "under_way"
    mended = save(client, "Code\tStatut\tFin\tPorteur\nroads-public\t\t2029\t")
    assert left(mended) == []
    assert fresh(city.actions["roads_public"]).end_on == date(2029, 1, 1)


@pytest.mark.parametrize("text", ["un texte quelconque", "a;b;c\nd;e", '"', "\t\t\n\t", "Code\tStatut", "\x00\x00"])
def test_what_is_no_table_is_told_and_kept(city: City, browse: Browse, text: str) -> None:
    client = browse("owner")
    before = AuditEntry.objects.count()
    for more in ({}, {"apply": "1"}):
        body = send(client, text, **more)
        for word in re.findall(r"\w+", text):
            assert word in body
    assert AuditEntry.objects.count() == before


def test_too_much_is_told_and_kept(city: City, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paste, "LONGEST", 100)
    text = f"{HEAD}\n" + "roads-public\tEn cours\t\t\n" * 9
    body = send(browse("owner"), text, apply="1")
    assert "en plusieurs fois" in body
    assert len(left(body)) == 9
    assert fresh(city.actions["roads_public"]).status == "to_start"


# ---- Somebody else, meanwhile -------------------------------------------------------------------------------------


def test_an_action_that_somebody_changed_since_is_shown_again(city: City, browse: Browse) -> None:
    client, action = browse("owner"), city.actions["roads_public"]
    text = f"{HEAD}\nroads-public\tRéalisée\t2028\t\nroads-internal\tEn cours\t\t"
    shown = versions(send(client, text))
    do.change_action(fresh(action), {"status": "under_way"}, actor=city.actor("head"))
    body = send(client, text, apply="1", **shown)
    assert "Quelqu’un a modifié cette action" in body
    assert left(body) == ["roads-public\tRéalisée\t2028\t"]
    assert (fresh(action).status, fresh(action).end_on) == ("under_way", None)
    assert fresh(city.actions["roads_internal"]).status == "under_way"
    assert left(send(client, text, apply="1", **versions(send(client, text)))) == []


def test_what_stood_there_already_when_it_was_shown_does_not_undo_a_colleague(city: City, browse: Browse) -> None:
    client, action = browse("owner"), city.actions["roads_public"]
    text = f"{HEAD}\nroads-public\tÀ démarrer\t\t"
    shown = versions(send(client, text))
    assert shown == {}
    do.change_action(fresh(action), {"status": "under_way"}, actor=city.actor("head"))
    body = send(client, text, apply="1")
    assert "Quelqu’un a modifié cette action" in body
    assert fresh(action).status == "under_way"


def test_a_right_that_was_just_lost_is_told(city: City, browse: Browse) -> None:
    """Between looking and saving, the action went to another house: it is shown no more, and nothing of it is changed."""
    client, action = browse("owner"), city.actions["roads_public"]
    text = f"{HEAD}\nroads-public\tEn cours\t\t"
    shown = versions(send(client, text))
    records.update(action, {"lead": city.units["welfare"]}, actor=SYSTEM)
    body = send(client, text, apply="1", **shown)
    assert left(body) == ["roads-public\tEn cours\t\t"]
    assert fresh(action).status == "to_start"


def test_an_action_that_was_merged_says_where_it_goes_on(city: City, browse: Browse) -> None:
    client, action, into = browse("owner"), city.actions["roads_public"], city.actions["roads_internal"]
    text = f"{HEAD}\nroads-public\tEn cours\t\t"
    shown = versions(send(client, text))
    do.merge_action(action, into, actor=SYSTEM, reason="x")
    body = send(client, text, apply="1", **shown)
    assert "se poursuit" in body
    assert "roads-internal" in body
    assert left(body) == ["roads-public\tEn cours\t\t"]


# ---- Rights and codes ---------------------------------------------------------------------------------------------


def test_a_code_that_may_not_be_seen_is_unknown(city: City, browse: Browse) -> None:
    hidden = send(browse("owner"), "Code\tStatut\nwelfare-internal\tRéalisée")
    unknown = send(browse("owner"), "Code\tStatut\nwelfare-inexistent\tRéalisée")
    assert "« welfare-internal »".replace(" ", "\u00a0") in hidden or "welfare-internal" in hidden
    told = [re.findall(r'class="errors">([^<]*)<', body) for body in (hidden, unknown)]
    assert told[0][0].replace("welfare-internal", "") == told[1][0].replace("welfare-inexistent", "")


def test_a_code_of_two_plans_must_say_which(city: City, browse: Browse) -> None:
    make_action(city, "roads-public", city.body_plan, "welfare", "public")
    client = browse("coordination")
    body = save(client, "Code\tStatut\nroads-public\tEn cours")
    assert f"{city.plan.code}:roads-public" in body
    assert fresh(city.actions["roads_public"]).status == "to_start"
    save(client, f"Code\tStatut\n{city.plan.code}:roads-public\tEn cours")
    assert fresh(city.actions["roads_public"]).status == "under_way"


def test_who_owns_what_is_not_filled_in_nor_told_to_who_may_not_know(city: City, browse: Browse) -> None:
    add_contact(city.actions["roads_public"], city.people["owner"], "owner")
    page = "/fr/work/actions/paste/?view=table&c=owner&c=status&fill=1"
    body = browse("reader").get(page).content.decode()
    assert "roads-public" in body
    assert "Owner" not in body
    seen = send(browse("reader"), "Code\tPorteur\nroads-public\tHead", page)
    assert "Vous ne pouvez pas" in seen
    assert "Owner" not in seen


def test_the_actions_as_they_stand_come_back_unchanged(city: City, browse: Browse) -> None:
    client = browse("coordination")
    page = "/fr/work/actions/paste/?view=table&c=status&c=phase&c=start&c=end&c=lead&c=visibility"
    records.update(city.actions["roads_public"], {"end_on": date(2028, 5, 1), "end_precision": "month"}, actor=SYSTEM)
    records.update(city.actions["roads_internal"], {"continuous": True}, actor=SYSTEM)
    filled = client.get(f"{page}&fill=1").content.decode()
    text = html.unescape(filled.partition('<textarea id="text"')[2].partition(">\n")[2].partition("</textarea>")[0])
    assert text.count("\n") == 5
    body = send(client, text, page)
    assert "Rien ne changerait" in body
