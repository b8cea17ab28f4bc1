"""Three-way: what the document says, what stands, what the last import wrote. Edited texts find their record."""

from __future__ import annotations

from typing import Any

import pytest

from senne.plan.reading.difference import Difference, FieldChange, Known, compare
from senne.plan.reading.draft import Draft, Node, Place


def draft(*actions: Node, columns: set[str] | None = None) -> Draft:
    theme = Node("theme", "theme1", Place("", 1), "T", {"name": {"fr": "Thème"}})
    axis = Node("axis", "axis1", Place("", 1), "A", {"name": {"fr": "Axe"}})
    objective = Node("objective", "objective1", Place("", 1), "O", {"statement": {"fr": "Objectif"}})
    theme.children, axis.children, objective.children = [axis], [objective], list(actions)
    root = Node("plan", "plan", Place("", 0))
    root.children = [theme]
    return Draft(root, columns=columns or set())


def node(key: str = "a", code: str = "M1", **fields: Any) -> Node:
    extra = fields.pop("extra", {})
    return Node("action", key, Place("", 2), code, {"title": {"fr": "Planter"}, **fields}, extra)


PARTS = [
    Known("theme", 1, "T", True, None, "Thème", {"name": {"fr": "Thème"}}, {"name": {"fr": "Thème"}}, "theme1"),
    Known(
        "axis",
        1,
        "A",
        True,
        1,
        "Axe",
        {"name": {"fr": "Axe"}},
        {"name": {"fr": "Axe"}, "under": "T"},
        "axis1",
        under="T",
    ),
    Known("objective", 1, "O", True, 1, "Objectif", {"statement": {"fr": "Objectif"}}, {"under": "A"}, "o", under="A"),
]


def known(now: dict[str, Any], imported: dict[str, Any] | None = None, **options: Any) -> Known:
    title = {"title": {"fr": "Planter"}}
    base = {} if imported is None else {**title, "under": "O", **imported}
    values = {"parent": 1, "under": "O", "source_key": "a", **options}
    return Known("action", 7, "M1", True, name="Planter", now={**title, **now}, imported=base, **values)


def changes(document: Node, record: Known, **options: Any) -> list[FieldChange]:
    found = compare(draft(document, **options), [*PARTS, record])
    return [change for _node, _known, fields in found.changed for change in fields]


@pytest.mark.parametrize(
    ("now", "base", "says", "state"),
    [
        ("done", "done", "done", None),
        ("done", "under_way", "under_way", None),
        ("under_way", "under_way", "done", "document"),
        ("suspended", "under_way", "done", "conflict"),
        ("done", "under_way", "done", None),
        ("", "under_way", "done", "document"),
    ],
)
def test_who_wins(now: str, base: str, says: str, state: str | None) -> None:
    found = changes(node(status=says), known({"status": now}, {"status": base}))
    assert [change.state for change in found] == ([state] if state else [])


def test_what_was_there_before_any_document_is_kept() -> None:
    [change] = changes(node(status="done"), known({"status": "under_way"}))
    assert (change.state, change.why) == ("conflict", "edited")


def test_a_file_taken_out_of_senne_wins_while_nobody_changed_the_record() -> None:
    document = node(status="done")
    document.fingerprint = "abc"
    [change] = changes(document, known({"status": "under_way"}, fingerprint="abc"))
    assert (change.state, change.why) == ("document", "unchanged")
    [change] = changes(document, known({"status": "under_way"}, fingerprint="other"))
    assert change.state == "conflict"


def test_a_translation_is_no_rewriting() -> None:
    """Somebody added Dutch; the document changes the French: no conflict, and both stand afterwards."""
    record = known({"title": {"fr": "Planter", "nl": "Planten"}}, {"title": {"fr": "Planter"}})
    assert changes(node(), record) == []
    document = node()
    document.fields["title"] = {"fr": "Planter des haies"}
    [change] = changes(document, record)
    assert (change.state, change.new) == ("document", {"fr": "Planter des haies", "nl": "Planten"})


def test_other_columns_one_by_one() -> None:
    record = known(
        {"extra": {"Couleur": "vert", "Note": "à moi", "Ancien": "x"}},
        {"extra": {"Couleur": "vert", "Note": "au document", "Ancien": "x"}},
    )
    [change] = changes(node(extra={"Couleur": "bleu", "Note": "au document"}), record)
    assert (change.state, change.new) == ("document", {"Couleur": "bleu", "Note": "à moi"})


def test_a_blank_cell_takes_back_what_the_document_had_said() -> None:
    record = known({"end": "2027", "status": "done"}, {"end": "2027", "status": "done"})
    [change] = changes(node(), record, columns={"title", "end"})
    assert (change.name, change.new, change.state) == ("end", "", "document")
    assert changes(node(), record, columns={"title"}) == [], "a document without the column says nothing"


def test_a_move_in_the_document_and_a_move_by_a_person() -> None:
    def moved(record: Known) -> list[str]:
        return [change.state for _n, _k, change in compare(draft(node()), [*PARTS, record]).moved]

    assert moved(known({}, {"under": "O"}, parent=1)) == []
    assert moved(known({}, {"under": "P"}, parent=2, under="P")) == ["document"]
    assert moved(known({}, {"under": "O"}, parent=2, under="P")) == [], "a person moved it, the document did not"
    assert moved(known({}, {"under": "Q"}, parent=2, under="P")) == ["conflict"]
    assert moved(known({}, parent=2, under="P")) == ["conflict"]


def titled(key: str, text: str) -> Node:
    return Node("action", key, Place("", 2), "", {"title": {"fr": text}})


def record_of(number: int, text: str) -> Known:
    return Known(
        "action", number, f"M{number}", False, 1, text, {"title": {"fr": text}}, {"title": {"fr": text}}, f"k{number}"
    )


def matched(document: Draft, records: list[Known]) -> Difference:
    return compare(document, [*PARTS, *records])


def test_edited_texts_find_their_record_and_new_ones_find_none() -> None:
    records = [record_of(1, "Planter cent arbres dans le parc communal"), record_of(2, "Isoler les toits des écoles")]
    found = matched(draft(titled("x", "Isoler les toitures des écoles"), titled("y", "Acheter des vélos")), records)
    assert found.matched["x"].id == 2
    assert [n.key for n in found.new] == ["y"]
    assert [k.id for k in found.gone] == [1]


def test_the_same_text_twice_goes_to_the_same_place() -> None:
    records = [record_of(1, "Sensibiliser"), record_of(2, "Sensibiliser")]
    found = matched(draft(titled("k2", "Sensibiliser"), titled("k1", "Sensibiliser")), records)
    assert (found.matched["k2"].id, found.matched["k1"].id) == (2, 1)


def test_what_the_reader_made_up_is_what_it_made_up_last_time() -> None:
    """A file that was renamed: its theme, named after it, is still the same theme."""
    document = draft(node())
    theme = document.root.children[0]
    theme.made, theme.code, theme.fields = True, "", {"name": {"fr": "plan v2"}}
    record = Known(
        "theme", 1, "T", False, None, "plan v1", {"name": {"fr": "plan v1"}}, {"name": {"fr": "plan v1"}}, "theme1"
    )
    found = compare(document, [record, *PARTS[1:], known({}, {})])
    assert found.is_empty
    assert found.matched["theme1"].id == 1
