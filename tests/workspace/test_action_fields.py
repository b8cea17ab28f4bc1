"""The groups of an action: what is saved, what is asked, what two people do at once, who may not."""

from __future__ import annotations

from datetime import date

import pytest

from senne.plan.api import Action, Tag
from tests.city import City
from tests.workspace.conftest import Browse

BASE = "/fr/work/actions/CLIMATE/roads-public/"


def action_of(city: City) -> Action:
    return Action.objects.get(pk=city.actions["roads_public"].pk)


def what(city: City, **values: object) -> dict[str, object]:
    action = action_of(city)
    data: dict[str, object] = {"version": action.version}
    for name in ("title", "description", "expected_effect"):
        data |= {f"{name}_{code}": text for code, text in getattr(action, name).items()}
    return {**data, **values}


def when(city: City, **values: object) -> dict[str, object]:
    return {"version": action_of(city).version, "status": "under_way", "phase": "decided", **values}


def test_what_it_is(city: City, browse: Browse) -> None:
    response = browse("owner").post(BASE, what(city, title_fr="Un autre titre", expected_effect_nl="Minder uitstoot"))
    assert response.status_code == 302
    action = action_of(city)
    assert action.title["fr"] == "Un autre titre"
    assert action.title["nl"] == "roads public (nl)"
    assert action.expected_effect == {"nl": "Minder uitstoot"}


def test_a_new_tag_is_made_on_the_way_and_only_once(city: City, browse: Browse) -> None:
    client = browse("owner")
    client.post(BASE, what(city, new_tag_fr="Écoles", new_tag_nl="Scholen", new_tag_en="Schools"))
    assert [tag.slug for tag in action_of(city).tags.all()] == ["ecoles"]
    client.post("/nl/work/actions/CLIMATE/roads-internal/", {"version": 1, "title_fr": "x", "new_tag_nl": "scholen"})
    assert Tag.objects.count() == 1
    assert city.actions["roads_internal"].tags.get().name["en"] == "Schools"


def test_a_title_too_long_is_told_with_its_language_and_nothing_is_lost(city: City, browse: Browse) -> None:
    response = browse("owner").post(BASE, what(city, title_nl="x" * 501, description_fr="Écrit longtemps"))
    body = response.content.decode()
    assert "Nederlands" in body
    assert "501" in body
    assert "Écrit longtemps" in body
    assert "<details open>" in body, "the other languages are unfolded where one of them is wrong"


def test_dates_as_exact_as_they_are_known(city: City, browse: Browse) -> None:
    browse("owner").post(f"{BASE}when/", when(city, start="2026", end="09/2028"))
    action = action_of(city)
    assert (action.start_on, action.start_precision) == (date(2026, 1, 1), "year")
    assert (action.end_on, action.end_precision) == (date(2028, 9, 1), "month")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"start": "31/02/2026"}, "n’est pas une date"),
        ({"start": "2028", "end": "2027"}, "La fin vient avant le début"),
        ({"status": "suspended"}, "une action suspendue ou abandonnée a une raison"),
    ],
)
def test_what_is_wrong_is_told_where_it_is(city: City, browse: Browse, values: dict[str, str], told: str) -> None:
    response = browse("owner").post(f"{BASE}when/", when(city, **values))
    assert response.status_code == 200
    assert told.replace("’", "&#x27;") in response.content.decode().replace("’", "&#x27;")
    assert action_of(city).status == "to_start"


def test_the_reason_goes_with_the_suspension(city: City, browse: Browse) -> None:
    client = browse("owner")
    client.post(f"{BASE}when/", when(city, status="suspended", status_reason_fr="Marché attaqué"))
    assert action_of(city).status_reason == {"fr": "Marché attaqué"}
    client.post(f"{BASE}when/", when(city, status_reason_fr="Marché attaqué"))
    assert action_of(city).status_reason == {}, "an action that goes on again shows no old reason"


def test_two_people_who_change_different_fields_lose_nothing(city: City, browse: Browse) -> None:
    mine, dates = what(city, title_fr="Mon titre"), when(city, end="2030")
    browse("head").post(f"{BASE}when/", dates)
    response = browse("owner").post(BASE, mine, follow=True)
    assert "Les deux modifications sont conservées" in response.content.decode()
    action = action_of(city)
    assert (action.title["fr"], action.end_on) == ("Mon titre", date(2030, 1, 1))


def test_two_people_who_change_the_same_field_see_both(city: City, browse: Browse) -> None:
    mine = what(city, title_fr="Mon titre", description_fr="Ma description")
    browse("head").post(BASE, what(city, title_fr="Son titre", expected_effect_fr="Son effet"))
    client = browse("owner")
    response = client.post(BASE, mine)
    body = response.content.decode()
    assert "Head" in body
    assert "Son titre" in body
    assert 'value="Mon titre"' in body
    assert "Ma description" in body
    assert "Son effet" in body, "what only the colleague touched stands in the form as they left it"
    assert action_of(city).title["fr"] == "Son titre"
    again = what(city, title_fr="Mon titre", description_fr="Ma description")
    client.post(BASE, again)
    action = action_of(city)
    assert (action.title["fr"], action.expected_effect["fr"]) == ("Mon titre", "Son effet")


def test_who_leads_and_takes_part(city: City, browse: Browse) -> None:
    data = {
        "version": action_of(city).version,
        "lead": city.units["roads-north"].pk,
        "partners": [city.units["parks"].pk, city.units["housing"].pk],
        "sponsor": city.people["reader"].pk,
    }
    assert browse("head").post(f"{BASE}who/", data).status_code == 302
    action = action_of(city)
    assert action.lead == city.units["roads-north"]
    assert {partner.code for partner in action.partners.all()} == {"parks", "housing"}
    assert action.sponsor == city.people["reader"]


def test_a_department_cannot_push_its_action_to_another(city: City, browse: Browse) -> None:
    data = {"version": action_of(city).version, "lead": city.units["parks"].pk}
    assert browse("head").post(f"{BASE}who/", data).status_code == 200, "not among the choices"
    assert action_of(city).lead == city.units["roads"]


def test_people_of_other_bodies_are_not_offered(city: City, browse: Browse) -> None:
    body = browse("head").get(f"{BASE}who/").content.decode()
    assert "Contributor" in body
    assert "Body_Owner" not in body
    data = {"contact-person": city.people["body_owner"].pk, "contact-role": "owner"}
    response = browse("head").post(f"{BASE}people/", data)
    assert response.status_code == 200
    assert not action_of(city).contacts.exists()


def test_several_people_are_named_and_taken_off(city: City, browse: Browse) -> None:
    client = browse("owner")
    for name, role in (("owner", "owner"), ("contributor", "contributor"), ("head", "approver"), ("head", "owner")):
        data = {"contact-person": city.people[name].pk, "contact-role": role}
        assert client.post(f"{BASE}people/", data).status_code == 302
    assert action_of(city).contacts.count() == 4
    twice = client.post(f"{BASE}people/", {"contact-person": city.people["head"].pk, "contact-role": "owner"})
    assert "figure déjà à ce titre" in twice.content.decode()
    contact = action_of(city).contacts.get(person=city.people["contributor"])
    client.post(f"/fr/work/contacts/{contact.pk}/remove/")
    assert action_of(city).contacts.count() == 3


def test_internal_fields_by_right(city: City, browse: Browse) -> None:
    data = {
        "version": action_of(city).version, "priority": "high", "weight": 3, "internal_notes": "À voir",
        "code": "X-1", "order": 7, "visibility": "internal",
    }  # fmt: skip
    page = browse("owner").get(f"{BASE}internal/").content.decode()
    assert 'name="code"' not in page
    assert 'name="visibility"' not in page
    browse("owner").post(f"{BASE}internal/", data)
    action = action_of(city)
    assert (action.priority, action.weight, action.code, action.visibility) == ("high", 3, "roads-public", "public")
    data["version"] = action.version
    response = browse("coordination").post(f"{BASE}internal/", data)
    assert response["Location"] == "/fr/work/actions/CLIMATE/X-1/internal/"
    assert action_of(city).visibility == "internal"


def test_a_code_that_is_taken_is_refused(city: City, browse: Browse) -> None:
    data = {
        "version": action_of(city).version, "priority": "high", "weight": 1, "code": "roads-internal", "order": 0,
        "visibility": "public",
    }  # fmt: skip
    response = browse("coordination").post(f"{BASE}internal/", data)
    assert "est déjà pris dans ce plan" in response.content.decode()


def judgement(city: City, **values: str) -> dict[str, str]:
    return {"health-version": str(action_of(city).version), "health-health": "watch", **values}


def test_health_is_judged_with_a_reason_and_until_a_day(city: City, browse: Browse) -> None:
    client = browse("head")
    response = client.post(f"{BASE}health/", judgement(city))
    assert "une raison et un jour" in response.content.decode()
    full = {"health-until": "2099-01-01", "health-reason_fr": "Le fournisseur hésite"}
    assert client.post(f"{BASE}health/", judgement(city, **full)).status_code == 302
    assert action_of(city).health_override == "watch"
    assert client.post(f"{BASE}health/", judgement(city, **{"health-health": ""})).status_code == 302
    assert action_of(city).health_override == ""
    past = {"health-until": "2020-01-01", "health-reason_fr": "Trop tard"}
    assert "Ce jour est passé" in client.post(f"{BASE}health/", judgement(city, **past)).content.decode()


def test_a_contributor_reports_but_does_not_edit(city: City, browse: Browse) -> None:
    client = browse("contributor")
    for path in ("", "who/", "when/", "steps/", "money/", "where/", "ties/", "files/", "internal/", "health/"):
        assert client.get(BASE + path).status_code == 403, path
        assert client.post(BASE + path, {"version": 1}).status_code == 403, path
