"""Organisations: the tree, a change, the end with a successor."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from senne.core import organisations
from senne.core.actors import SYSTEM
from senne.core.models import Organisation
from senne.plan.api import Objective, do
from tests.city import City, words
from tests.workspace.conftest import Browse

ALL = "/fr/work/organisations/"


def unit(city: City, code: str) -> Organisation:
    return Organisation.objects.get(pk=city.units[code].pk)


def test_the_tree_with_its_figures(city: City, browse: Browse) -> None:
    body = browse("coordination").get(ALL).content.decode()
    assert "depth-2" in body
    assert "?organisation=roads" in body


def test_added_renamed_moved(city: City, browse: Browse) -> None:
    client = browse("coordination")
    data = {"code": "cycling", "name_fr": "Vélo", "kind": "service", "parent": city.units["roads"].pk, "order": 1}
    assert client.post(f"{ALL}new/", data).status_code == 302
    made = Organisation.objects.get(code="cycling")
    change = {"version": made.version, "name_fr": "Cellule vélo", "kind": "service", "order": 1,
              "parent": city.units["parks"].pk}  # fmt: skip
    client.post(f"{ALL}{made.pk}/", change)
    made.refresh_from_db()
    assert made.name == {"fr": "Cellule vélo"}
    assert made.path.startswith(city.units["parks"].path)
    again = client.post(f"{ALL}new/", data).content.decode()
    assert "a déjà ce code" in again


def test_it_cannot_be_put_below_itself(city: City, browse: Browse) -> None:
    roads = unit(city, "roads")
    data = {"version": roads.version, "name_fr": "Voirie", "kind": "department", "order": 0,
            "parent": city.units["roads-north"].pk}  # fmt: skip
    assert browse("coordination").post(f"{ALL}{roads.pk}/", data).status_code == 200
    assert unit(city, "roads").parent == city.units["city"]


def test_dissolved_with_a_successor_who_leads_what_goes_on(city: City, browse: Browse) -> None:
    do.change_part(city.objective, {"lead": city.units["roads"]}, actor=SYSTEM)
    do.change_action(city.actions["roads_internal"], {"status": "done"}, actor=SYSTEM)
    client, path = browse("coordination"), f"{ALL}{city.units['roads'].pk}/dissolve/"
    page = client.get(path).content.decode()
    assert "roads public" in page
    assert "Head" in page
    assert client.post(path, {"on": "2026-12-31"}).status_code == 200, "it needs a reason"
    today = timezone.localdate().isoformat()
    data = {"on": today, "successor": city.units["parks"].pk, "reason": "Réforme des services"}
    assert client.post(path, data).status_code == 302
    assert unit(city, "roads").dissolved_on == timezone.localdate()
    city.actions["roads_public"].refresh_from_db()
    city.actions["roads_internal"].refresh_from_db()
    assert city.actions["roads_public"].lead == city.units["parks"]
    assert city.actions["roads_internal"].lead == city.units["roads"], "what is done keeps its lead"
    assert Objective.objects.get(pk=city.objective.pk).lead == city.units["parks"]


def test_a_body_manager_dissolves_within_their_body_only(city: City, browse: Browse) -> None:
    client = browse("body_manager")
    assert client.get(f"{ALL}{city.units['welfare-kitchens'].pk}/dissolve/").status_code == 200
    assert client.get(f"{ALL}{city.units['roads'].pk}/dissolve/").status_code == 404
    data = {"on": "2026-12-31", "successor": city.units["roads"].pk, "reason": "x"}
    assert client.post(f"{ALL}{city.units['welfare-kitchens'].pk}/dissolve/", data).status_code == 200
    assert unit(city, "welfare-kitchens").dissolved_on is None


def test_the_tree_asks_as_much_whatever_its_size(city: City, browse: Browse) -> None:
    client = browse("coordination")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(ALL).status_code == 200
        return len(asked)

    before = count()
    for number in range(15):
        values = {"code": f"u{number}", "kind": "service", "parent": city.units["roads"], "name": words(f"U{number}")}
        organisations.add_organisation(values, actor=SYSTEM)
    assert count() == before
