"""Rows edited in a table: the good cells are saved, the refused ones come back as typed, a colleague's change is kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry
from senne.plan.api import Action, do
from tests.city import City, add_contact, words

PAGE = "/fr/work/actions/?view=table&edit=1&c=status&c=phase&c=priority&c=start&c=end&c=lead&c=owner"
KEYS = ("status", "phase", "priority", "start", "end", "lead", "owner", "reason")


def row(action: Action, stood: dict[str, str] | None = None, **typed: str) -> dict[str, str]:
    """What a browser sends for a row of which these cells were typed into."""
    stands = {"status": action.status, "phase": action.phase, "priority": action.priority, "start": "", "end": "",
              "lead": str(action.lead), "owner": "", "reason": ""} | (stood or {})  # fmt: skip
    sent = {f"v-{action.pk}": str(action.version)}
    for key in KEYS:
        sent |= {f"w-{action.pk}-{key}": stands[key], f"c-{action.pk}-{key}": typed.get(key, stands[key])}
    return sent


def fresh(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def test_rows_are_saved_together_each_with_its_trace(city: City, client: Client) -> None:
    city.login("head", client)
    first, second = city.actions["roads_public"], city.actions["roads_internal"]
    sent = row(first, status="under_way", end="09/2027") | row(second, phase="study", owner="Contributor; Owner")
    response = client.post(PAGE, sent)
    assert response.status_code == 302
    assert response.headers["Location"] == PAGE
    saved = fresh(first)
    assert (saved.status, saved.end_on, saved.end_precision) == ("under_way", date(2027, 9, 1), "month")
    assert fresh(second).phase == "study"
    assert {c.person.name for c in second.contacts.filter(role="owner")} == {"Contributor", "Owner"}
    assert AuditEntry.objects.filter(kind="plan.action", record_id=first.pk, actor_name="Head").count() == 1
    said = client.get(PAGE).content.decode()
    assert "2 actions" in said
    assert "roads-public, roads-internal" in said


def test_a_row_that_no_store_can_hold_is_no_error(city: City, client: Client) -> None:
    city.login("head", client)
    assert client.post(PAGE, {f"v-{'9' * 30}": "1"}).status_code == 302


def test_what_was_not_touched_is_not_written(city: City, client: Client) -> None:
    city.login("head", client)
    before = AuditEntry.objects.count()
    client.post(
        PAGE, row(city.actions["roads_public"]) | row(city.actions["roads_internal"], start="", status="to_start ")
    )
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("cell", "typed", "why"),
    [
        ("end", "31/02/2027", "n’est pas une date"),
        ("end", "bientôt", "n’est pas une date"),
        ("end", "2020", "vient avant le début"),
        ("end", "01/01/2999", "n’est pas une date"),
        ("lead", "Nulle part", "Nulle part"),
        ("lead", "Parks", "Parks"),
        ("owner", "Personne", "Personne"),
        ("status", "done-ish", "done-ish"),
        ("status", "suspended", "une action suspendue ou abandonnée a une raison"),
    ],
)
def test_a_refused_cell_comes_back_as_typed_and_the_others_are_saved(
    city: City, client: Client, cell: str, typed: str, why: str
) -> None:
    city.login("owner", client)
    action, other = city.actions["roads_public"], city.actions["roads_internal"]
    records.update(action, {"start_on": date(2026, 1, 1)}, actor=SYSTEM)
    action.refresh_from_db()
    start = {"start": "01/01/2026"}
    response = client.post(PAGE, row(action, start, phase="decided", **{cell: typed}) | row(other, phase="study"))
    body = response.content.decode()
    assert response.status_code == 200
    assert why in body.replace("&#x27;", "’").replace("'", "’")
    if cell != "status":
        assert f'value="{typed}"' in body
    assert "aria-invalid" in body
    assert (fresh(action).phase, fresh(other).phase) == ("decided", "study")
    assert fresh(action).end_on is None
    assert fresh(action).lead == city.units["roads"]
    assert fresh(action).status == "to_start"


def test_a_reason_given_beside_makes_it_good(city: City, client: Client) -> None:
    city.login("owner", client)
    action = city.actions["roads_public"]
    assert client.post(PAGE, row(action, status="suspended", reason="Faute d'argent")).status_code == 302
    assert (fresh(action).status, fresh(action).status_reason) == ("suspended", {"fr": "Faute d'argent"})
    assert fresh(action).status_since is not None


def test_an_end_that_never_comes(city: City, client: Client) -> None:
    city.login("owner", client)
    action = city.actions["roads_public"]
    client.post(PAGE, row(action, end="continu"))
    assert (fresh(action).continuous, fresh(action).end_on) == (True, None)
    body = client.get(PAGE).content.decode()
    assert f'name="c-{action.pk}-end" value="en continu"' in body
    client.post(PAGE, row(fresh(action), {"end": "en continu"}, end="2028"))
    assert (fresh(action).continuous, fresh(action).end_on) == (False, date(2028, 1, 1))


def test_a_row_of_somebody_else_is_shown_and_not_changed(city: City, client: Client) -> None:
    """An owner in the roads department sees the welfare centre's public action; a forged request changes nothing of it."""
    city.login("owner", client)
    theirs, own = city.actions["welfare_public"], city.actions["roads_public"]
    body = client.get(PAGE).content.decode()
    assert "welfare-public" in body
    assert f"c-{theirs.pk}-status" not in body
    assert f"c-{own.pk}-status" in body
    response = client.post(PAGE, row(theirs, status="abandoned", reason="x", owner="Owner") | row(own, phase="study"))
    assert response.status_code == 200
    assert "Vous ne pouvez pas modifier" in response.content.decode()
    assert fresh(theirs).status == "to_start"
    assert not theirs.contacts.exists()
    assert fresh(own).phase == "study"


def test_who_may_only_report_changes_status_and_phase(city: City, client: Client) -> None:
    city.login("contributor", client)
    action = city.actions["roads_public"]
    body = client.get(PAGE).content.decode()
    assert f"c-{action.pk}-status" in body
    assert f"c-{action.pk}-end" not in body
    response = client.post(PAGE, row(action, status="under_way", end="2030"))
    assert response.status_code == 200
    assert (fresh(action).status, fresh(action).end_on) == ("under_way", None)


def test_an_action_that_may_not_be_seen_is_as_good_as_gone(city: City, client: Client) -> None:
    city.login("owner", client)
    hidden = city.actions["welfare_internal"]
    response = client.post(PAGE, row(hidden, status="done"))
    assert response.status_code == 302
    assert fresh(hidden).status == "to_start"
    said = client.get(PAGE).content.decode()
    assert "welfare-internal" not in said
    assert "rien n’y a été modifié" in said.replace("&#x27;", "’").replace("'", "’")


def test_an_action_that_was_merged_meanwhile_says_where_it_goes_on(city: City, client: Client) -> None:
    city.login("owner", client)
    action, into = city.actions["roads_public"], city.actions["roads_internal"]
    sent = row(action, phase="study") | row(into, phase="study")
    do.merge_action(action, into, actor=SYSTEM, reason="x")
    body = client.post(PAGE, sent).content.decode()
    assert "roads-internal" in body
    assert "se poursuit" in body
    assert (fresh(action).phase, fresh(into).phase) == ("idea", "study")


# ---- Two at once --------------------------------------------------------------------------------------------------


def test_a_colleague_who_changed_another_cell_stops_nothing(city: City, client: Client) -> None:
    city.login("owner", client)
    action = city.actions["roads_public"]
    sent = row(action, phase="study")
    do.change_action(fresh(action), {"status": "under_way"}, actor=city.actor("head"))
    assert client.post(PAGE, sent).status_code == 302
    assert (fresh(action).status, fresh(action).phase) == ("under_way", "study")


def test_a_conflict_stops_its_cell_and_loses_nothing_else(city: City, client: Client) -> None:
    """Both changed the phase of one row: theirs stands, mine is kept in the form; my other cells and rows are saved."""
    city.login("owner", client)
    action, other = city.actions["roads_public"], city.actions["roads_internal"]
    sent = row(action, phase="study", end="2029") | row(other, phase="decided")
    do.change_action(fresh(action), {"phase": "in_use"}, actor=city.actor("head"))
    response = client.post(PAGE, sent)
    body = response.content.decode()
    assert response.status_code == 200
    assert "Head" in body
    assert "En service" in body
    assert (fresh(action).phase, fresh(action).end_on) == ("in_use", date(2029, 1, 1))
    assert fresh(other).phase == "decided"
    assert '<option value="study" selected>' in body
    again = row(fresh(action), {"phase": "in_use", "end": "2029"}, phase="study")
    assert client.post(PAGE, again).status_code == 302
    assert fresh(action).phase == "study"


def test_both_wrote_the_same(city: City, client: Client) -> None:
    city.login("owner", client)
    action = city.actions["roads_public"]
    sent = row(action, phase="study")
    do.change_action(fresh(action), {"phase": "study"}, actor=city.actor("head"))
    assert client.post(PAGE, sent).status_code == 302


def test_owners_named_meanwhile_are_not_lost(city: City, client: Client) -> None:
    city.login("head", client)
    action = city.actions["roads_public"]
    sent = row(action, owner="Owner")
    add_contact(action, city.people["contributor"], "owner")
    body = client.post(PAGE, sent).content.decode()
    assert "Contributor" in body
    assert [c.person.name for c in action.contacts.all()] == ["Contributor"]
    assert client.post(PAGE, row(action, {"owner": "Contributor"}, owner="Owner; Contributor")).status_code == 302
    assert {c.person.name for c in action.contacts.all()} == {"Contributor", "Owner"}


def test_only_the_owners_are_changed_where_others_take_part(city: City, client: Client) -> None:
    city.login("head", client)
    action = city.actions["roads_public"]
    add_contact(action, city.people["head"], "approver")
    add_contact(action, city.people["contributor"], "owner")
    client.post(PAGE, row(action, {"owner": "Contributor"}, owner=""))
    assert [(c.person.name, c.role) for c in action.contacts.all()] == [("Head", "approver")]


# ---- Board --------------------------------------------------------------------------------------------------------

BOARD = "/fr/work/actions/?view=board&lead=roads"


def card(action: Action, status: str, **more: str) -> dict[str, str]:
    return {"action": str(action.pk), "version": str(action.version), "read": action.status, "status": status, **more}


def test_a_card_is_moved_by_its_form(city: City, client: Client) -> None:
    city.login("contributor", client)
    action = city.actions["roads_public"]
    response = client.post(BOARD, card(action, "under_way"))
    assert response.headers["Location"] == f"{BOARD}#action-{action.pk}"
    assert fresh(action).status == "under_way"
    assert "roads-public : En cours" in client.get(BOARD).content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_a_card_asks_for_the_reason_and_keeps_what_was_chosen(city: City, client: Client) -> None:
    city.login("contributor", client)
    action = city.actions["roads_public"]
    body = client.post(BOARD, card(action, "suspended")).content.decode()
    assert "une action suspendue ou abandonnée a une raison" in body
    assert '<option value="suspended" selected>' in body
    assert fresh(action).status == "to_start"
    client.post(BOARD, card(action, "suspended", reason="Attente du permis"))
    assert fresh(action).status_reason == {"fr": "Attente du permis"}


def test_a_card_that_somebody_moved_meanwhile_stays_where_they_put_it(city: City, client: Client) -> None:
    city.login("owner", client)
    action = city.actions["roads_public"]
    sent = card(action, "done")
    do.change_action(fresh(action), {"status": "abandoned", "status_reason": words("Non")}, actor=city.actor("head"))
    body = client.post(BOARD, sent).content.decode()
    assert "Head" in body
    assert "Abandonnée" in body
    assert fresh(action).status == "abandoned"


def test_only_those_who_may_report_move_a_card(city: City, client: Client) -> None:
    city.login("reader", client)
    action = city.actions["roads_public"]
    assert '<select name="status"' not in client.get(BOARD).content.decode().partition('class="board"')[2]
    assert client.post(BOARD, card(action, "done")).status_code == 200
    assert fresh(action).status == "to_start"
    assert client.post(BOARD, card(city.actions["welfare_internal"], "done")).status_code == 404
    for wrong in ({}, {"action": "x"}, {"action": "9" * 30}):
        assert client.post(BOARD, wrong).status_code == 404


def test_columns_are_counted(city: City, client: Client) -> None:
    city.login("head", client)
    records.update(city.actions["roads_public"], {"status": "done"}, actor=SYSTEM)
    body = client.get("/fr/work/actions/?view=board&plan=CLIMATE").content.decode()
    lanes = body.split('class="lane"')[1:]
    assert len(lanes) == 5
    assert [lane.count('class="deck') for lane in lanes] == [1, 0, 1, 0, 0]
