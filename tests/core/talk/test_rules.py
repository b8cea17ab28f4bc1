"""Names after an @, links, and what is plain."""

from __future__ import annotations

import pytest

from senne.core.talk.rules import Token, mentions, nobody, tokens

NAMES = {1: "Hélène Dupont", 2: "Jan De Smet", 3: "Jan", 4: "Anne-Marie D’Hondt", 5: "Jan De Smet"}


def named(text: str) -> list[tuple[int, ...]]:
    return [mention.people for mention in mentions(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@Hélène Dupont, qu’en penses-tu ?", [(1,)]),
        ("merci @helene dupont!", [(1,)]),
        ("@Jan De Smet et @Jan", [(2, 5), (3,)]),
        ("@Jan De Smetjes", [(3,)]),
        ("@Janneke", []),
        ("@anne-marie d'hondt", [(4,)]),
        ("écrire à a@Jan.example", []),
        ("@@Jan", []),
        ("(@Jan)", [(3,)]),
        ("@", []),
        ("", []),
    ],
)
def test_a_name_after_an_at_sign_is_a_mention(text: str, people: list[tuple[int, ...]]) -> None:
    assert named(text) == people


def test_what_is_nobodys_name_is_told_once() -> None:
    text = "@Jan Peeters? non, @Luc Moreau, @Luc Moreau et @Jan ; luc@moreau.example"
    assert nobody(text, {1: "Jan Janssens"}) == ["Jan Peeters", "Luc Moreau", "Jan"]
    assert nobody(text, {1: "Jan", 2: "Luc Moreau"}) == []


def test_the_cut_text_is_the_text() -> None:
    text = "voir https://x.example/a_(b), @Jan et www.y.example. Fin"
    cut = tokens(text, NAMES)
    assert "".join(token.text for token in cut) == text
    assert [token for token in cut if token.kind != "plain"] == [
        Token("link", "https://x.example/a_(b)", "https://x.example/a_(b)"),
        Token("mention", "@Jan"),
        Token("link", "www.y.example", "https://www.y.example"),
    ]


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "//x.example", "ftp://x.example"])
def test_only_pages_are_links(text: str) -> None:
    assert [token.kind for token in tokens(text, NAMES)] == ["plain"]


def test_a_name_inside_a_link_is_the_links() -> None:
    assert [token.kind for token in tokens("https://x.example/@Jan", NAMES)] == ["link"]
