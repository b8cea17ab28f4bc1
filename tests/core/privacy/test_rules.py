"""What looks personal, and how names and addresses are taken out of texts."""

from __future__ import annotations

import json

import pytest

from senne.core.privacy.rules import HIDDEN, Column, Forgotten, looks_personal, pseudonym

GONE = Forgotten(frozenset({"Hélène D’Hondt", "Head"}), frozenset({"h.dhondt@ville.example"}), pseudonym(3))


@pytest.mark.parametrize(
    "name", ["name", "e_mail", "contact_email", "phone", "last_ip", "taken_by", "author_name", "gsm"]
)
def test_a_text_called_like_a_name_looks_personal(name: str) -> None:
    assert looks_personal(Column(name, is_text=True))


@pytest.mark.parametrize("name", ["title", "code", "description", "zip", "bypass", "renamed", "ship"])
def test_other_texts_do_not(name: str) -> None:
    assert not looks_personal(Column(name, is_text=True))


def test_addresses_and_ways_to_people_do_whatever_they_are_called() -> None:
    assert looks_personal(Column("x", is_address=True))
    assert looks_personal(Column("x", leads_to_people=True))
    assert not looks_personal(Column("name"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hélène D’Hondt", pseudonym(3)),
        ("avec helene d'hondt et Paul", f"avec {pseudonym(3)} et Paul"),
        ("HÉLÈNE  D’HONDT,", f"{pseudonym(3)},"),
        ("@Hélène D'Hondt : merci", f"@{pseudonym(3)} : merci"),
        ("Hélène D’Hondtens", "Hélène D’Hondtens"),
        ("Head", pseudonym(3)),
        ("Head of department", "Head of department"),
        ("head", "head"),
        ("<H.DHondt@Ville.example>.", f"<{HIDDEN}>."),
        ("ch.dhondt@ville.example", "ch.dhondt@ville.example"),
        ("h.dhondt@ville.example.org", "h.dhondt@ville.example.org"),
        ("", ""),
    ],
)
def test_names_and_addresses_are_taken_out(text: str, left: str) -> None:
    assert GONE.text(text) == left


def test_json_is_read_to_its_leaves_and_keys() -> None:
    before = {"h.dhondt@ville.example": [{"label": "Hélène D’Hondt", "id": 4, "no": None}], "n": 1.5}
    assert GONE.value(before) == {HIDDEN: [{"label": pseudonym(3), "id": 4, "no": None}], "n": 1.5}


@pytest.mark.parametrize("ascii_only", [True, False])
def test_json_inside_a_string_is_read_too(ascii_only: bool) -> None:
    body = json.dumps([{"value": "<p>Hélène D’Hondt</p>"}], ensure_ascii=ascii_only)
    assert json.loads(GONE.value({"body": body})["body"]) == [{"value": f"<p>{pseudonym(3)}</p>"}]
    assert GONE.value("[avec Hélène D’Hondt]") == f"[avec {pseudonym(3)}]"
    assert GONE.value("[1,2]") == "[1,2]"


def test_a_name_that_two_people_bear_stays_in_texts_and_the_address_goes() -> None:
    shared = Forgotten(frozenset({"Jan Peeters"}), frozenset({"jan@x.example"}), pseudonym(1), shared=True)
    assert shared.text("Jan Peeters, jan@x.example") == f"Jan Peeters, {HIDDEN}"
    assert shared.fragments() == ["jan@x.example"]


@pytest.mark.parametrize("name", ["Hélène D’Hondt", "Jean-Noël Ÿves", "Łukasz Żak", 'O"Neil \\ Smith', "Анна Петрова"])
def test_what_the_store_looks_for_stands_in_its_text_however_json_is_written(name: str) -> None:
    forgotten = Forgotten(frozenset({name}), frozenset(), pseudonym(1))
    for fragment in forgotten.fragments():
        for ascii_only in (True, False):
            assert fragment.lower() in json.dumps({"x": f"avec {name}."}, ensure_ascii=ascii_only).lower()
