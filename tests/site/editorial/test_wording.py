"""What editors may write, and texts in two languages and at two moments: the pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senne.site.editorial.references import Reference, parse
from senne.site.editorial.segments import (
    changed_places,
    differences,
    plain,
    segments_of,
    texts_of,
    translated_body,
    word_changes,
)
from senne.site.editorial.wording import heading_faults, is_vague, vague_links

SOURCE = [
    {"type": "heading", "id": "a", "value": {"level": "2", "text": "Titre"}},
    {"type": "text", "id": "b", "value": "<p>Un arbre.</p>"},
    {"type": "picture", "id": "c", "value": {"picture": {"image": 3, "alt_text": "Un mur"}, "caption": "", "credit": "M."}},
    {"type": "action", "id": "d", "value": {"of": "CLIMAT:EN-02"}},
]  # fmt: skip
FIELDS = {"title": "Une page", "lead": ""}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("CLIMAT:EN-02", Reference("CLIMAT", "EN-02")),
        (" CLIMAT ", Reference("CLIMAT")),
        ("CLIMAT:", None),
        ("CLIMAT EN", None),
        ("", None),
        ("a:b:c", None),
    ],
)
def test_references_are_read(written: str, read: Reference | None) -> None:
    assert parse(written) == read
    assert read is None or parse(str(read)) == read


@pytest.mark.parametrize(
    ("levels", "faults"),
    [([], []), ([2, 3, 3, 2, 3], []), ([3], [0]), ([2, 4], [1]), ([3, 3, 2, 4, 3], [0, 3])],
)
def test_headings_skip_no_level(levels: list[int], faults: list[int]) -> None:
    assert heading_faults(levels) == faults


@pytest.mark.parametrize(
    "text", ["ici", "Cliquez ici.", "KLIK HIER", "read more »", "https://x.be/a", "www.x.be", " ", "…"]
)
def test_links_that_say_nothing_are_found(text: str) -> None:
    assert is_vague(text)
    assert vague_links(f'<p>Voir <a href="/x">{text}</a> et <a href="/y">le plan de rénovation</a></p>') == [
        " ".join(text.split())
    ]


def test_every_text_has_its_place() -> None:
    assert texts_of(segments_of(FIELDS, SOURCE)) == {
        "title": "Une page",
        "a.text": "Titre",
        "b": "<p>Un arbre.</p>",
        "c.picture.alt_text": "Un mur",
        "c.credit": "M.",
    }


def test_a_translation_takes_the_sources_structure_and_its_own_texts() -> None:
    texts = {"a.text": "Titel", "b": "<p>Een boom.</p>", "c.picture.alt_text": "Een muur"}
    made = translated_body(SOURCE, [], texts)
    assert [block["id"] for block in made] == ["a", "b", "c", "d"]
    assert made[0]["value"] == {"level": "2", "text": "Titel"}
    assert made[2]["value"]["picture"] == {"image": 3, "alt_text": "Een muur"}
    assert made[2]["value"]["credit"] == "M."
    assert made[3] == SOURCE[3]
    assert SOURCE[0]["value"] == {"level": "2", "text": "Titre"}, "the source stays as it is"


def test_texts_that_are_not_given_stay_and_blocks_of_the_translation_alone_keep_their_neighbour() -> None:
    own = [
        {"type": "quote", "id": "q0", "value": {"text": "Eerst", "who": ""}},
        {"type": "heading", "id": "a", "value": {"level": "2", "text": "Titel"}},
        {"type": "quote", "id": "q", "value": {"text": "Ja", "who": "Lien"}},
        {"type": "text", "id": "gone", "value": "<p>Weg</p>"},
        {"type": "text", "id": "b", "value": "<p>Een boom.</p>"},
    ]
    moved = [SOURCE[1], SOURCE[0]]
    made = translated_body(moved, own, {})
    assert [block["id"] for block in made] == ["q0", "b", "a", "q", "gone"]
    assert made[2]["value"]["text"] == "Titel"


def test_changes_of_the_source_are_found_by_place() -> None:
    then = texts_of(segments_of(FIELDS, SOURCE))
    now = {**then, "b": "<p>Deux arbres.</p>", "e": "Neuf"}
    del now["a.text"]
    assert changed_places(then, then) == []
    assert changed_places(then, now) == ["b", "e", "a.text"]


def test_changes_are_told_word_by_word() -> None:
    told = word_changes("<p>Un arbre &amp; un banc.</p>", "<p>Deux arbres &amp; un <b>banc</b>.</p>")
    assert told == [("gone", "Un arbre"), ("new", "Deux arbres"), ("same", " & un banc.")]
    assert plain("<p>Un</p><p>deux</p><ul><li>trois</li></ul>") == "Un\ndeux\ntrois"


@given(st.text("ab <>&", max_size=30), st.text("ab <>&", max_size=30))
def test_both_texts_can_be_read_from_their_changes(before: str, after: str) -> None:
    told = word_changes(before, after)
    assert "".join(w for kind, w in told if kind != "new").split() == plain(before).split()
    assert "".join(w for kind, w in told if kind != "gone").split() == plain(after).split()


def test_what_a_review_shows() -> None:
    then = {"title": "Une page", "x": "<p>Parti</p>"}
    found = differences(then, segments_of({"title": "Une autre page"}, []))
    assert [(d.segment.place, d.words) for d in found] == [
        ("title", [("same", "Une"), ("new", " autre"), ("same", " page")]),
        ("x", [("gone", "Parti")]),
    ]
