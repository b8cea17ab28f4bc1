"""What a person should look at before a document enters the plan. Each has choices; the first, the default, neither
invents nor drops anything."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from senne.plan.columns import fold
from senne.plan.reading.draft import KINDS, NAME_OF, TITLE_LIMIT, Draft, Node, Place

SIMILAR = 90
_ENTRY = re.compile(r"^\s*(?:[-–—•*·▪➢✓]|\d{1,2}[.)]|[a-z][.)])\s+")
_ACTION_WORDS = re.compile(
    r"^(developpement|developper|creation|creer|mise|mettre|realisation|realiser|rendre|elaboration|elaborer|installation|"
    r"installer|organisation|organiser|renforcer|renforcement|etudier|analyse|analyser|adopter|sensibiliser|ontwikkeling|"
    r"ontwikkelen|oprichting|invoeren|uitvoeren|realiseren|opmaken|develop|create|set|install|build|launch|introduce)\b"
)
_CUT = re.compile(
    r"(?:[,(\-–]|\b(?:de|des|du|la|le|les|et|ou|à|en|pour|avec|d|l|van|het|een|en|of|voor|met|te|the|a|of|and|or|to|for|with|in))$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Anomaly:
    """One thing to look at: `id` stays the same when the same file is read again."""

    code: str
    id: str
    places: tuple[Place, ...]
    texts: tuple[str, ...]
    keys: tuple[str, ...]
    choices: tuple[str, ...] = ("keep",)
    column: str = ""

    @property
    def default(self) -> str:
        return self.choices[0]


def find_anomalies(draft: Draft) -> list[Anomaly]:
    """Every anomaly of the draft, in the order of the document within each kind. Linear but for look-alikes, which are
    compared within groups that share rare words. Of a file that Senne wrote only what people did to it is looked at."""
    checks = (_without_action, _empty, _two_axes, _two_things, _no_objective, _no_characteristic, _looks_cut, _alike)
    found: list[Anomaly] = []
    for check in (*checks, _same_code, _odd) if not draft.own else (_same_code, _odd):
        found += check(draft)
    return found


def _of_node(code: str, node: Node, choices: tuple[str, ...] = ("keep",), text: str = "") -> Anomaly:
    return Anomaly(code, f"{code}:{node.key}", (node.place,), (text or node.label,), (node.key,), choices)


def _of_nodes(code: str, key: str, nodes: Sequence[Node], choices: tuple[str, ...] = ("keep",)) -> Anomaly:
    places, labels = tuple(node.place for node in nodes), tuple(node.label for node in nodes)
    return Anomaly(code, key, places, labels, tuple(node.key for node in nodes), choices)


def _without_action(draft: Draft) -> list[Anomaly]:
    found = []
    for node in draft.of("objective"):
        if node.children:
            continue
        found.append(_of_node("objective_without_action", node))
        if _ACTION_WORDS.match(fold(next(iter(node.name.values()), ""))):
            found.append(_of_node("action_in_objective_column", node, ("keep", "make_action", "both")))
    return found


def _empty(draft: Draft) -> list[Anomaly]:
    """Themes and axes with nothing below them: often a note under the table."""
    return [_of_node("empty_part", node) for kind in ("theme", "axis") for node in draft.of(kind) if not node.children]


def _two_axes(draft: Draft) -> list[Anomaly]:
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in draft.of("objective"):
        if node.name and not node.made:
            groups[fold(next(iter(node.name.values())))].append(node)
    return [
        Anomaly(
            "same_objective",
            f"same_objective:{nodes[0].key}",
            tuple(node.place for node in nodes),
            (nodes[0].label,),
            tuple(node.key for node in nodes),
            ("keep_linked", "merge"),
        )
        for text, nodes in groups.items()
        if text and len(nodes) > 1
    ]


def _two_things(draft: Draft) -> list[Anomaly]:
    found = []
    for node in (*draft.of("objective"), *draft.of("action")):
        text = next(iter(node.fields.get(main_field(node), {}).values()), "")
        if len(halves(text)) > 1:
            found.append(_of_node("two_things", node, ("keep", "split")))
    return found


def main_field(node: Node) -> str:
    """The field that holds the cell's whole text: a long title goes on in the description."""
    whole = next(iter(node.fields.get("description", {}).values()), "")
    short = next(iter(node.name.values()), "").rstrip("…")
    is_long = len(whole) > TITLE_LIMIT or "\n" in whole
    goes_on = node.kind == "action" and is_long and whole.replace("\n", " ").startswith(short)
    return "description" if goes_on else NAME_OF[node.kind]


def halves(text: str) -> list[str]:
    """The parts of 'A / B' where each has three words or more and the stroke stands outside parentheses; or the entries of
    a list, one a line, each with its mark."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(_ENTRY.match(line) for line in lines):
        return [_ENTRY.sub("", line).strip() for line in lines]
    outside = re.sub(r"\([^()]*\)", lambda match: "\x00" * len(match.group()), text)
    cuts = [match.span() for match in re.finditer(r"\s/\s", outside)]
    if not cuts:
        return [text]
    starts, ends = [0, *(end for _start, end in cuts)], [*(start for start, _end in cuts), len(text)]
    parts = [text[a:b].strip() for a, b in zip(starts, ends, strict=True)]
    return parts if all(len(part.split()) >= 3 for part in parts) else [text]


def _no_objective(draft: Draft) -> list[Anomaly]:
    """Actions that the document puts under no objective."""
    nodes = [action for objective in draft.of("objective") if objective.made for action in objective.children]
    return [_of_nodes("no_objective", "no_objective", nodes)] if nodes else []


def _no_characteristic(draft: Draft) -> list[Anomaly]:
    if "characteristics" not in draft.columns:
        return []
    nodes = [node for node in draft.of("action") if not node.fields.get("characteristics")]
    return [_of_nodes("no_characteristic", "no_characteristic", nodes)] if nodes else []


def _looks_cut(draft: Draft) -> list[Anomaly]:
    found = []
    for node in draft.root.walk():
        for name in ("name", "statement", "title", "description"):
            texts = node.fields.get(name)
            for text in texts.values() if isinstance(texts, dict) and node.kind != "plan" else ():
                whole = text.strip()
                cut = bool(_CUT.search(whole)) or whole.count("(") > whole.count(")")
                if cut and not (name == "title" and "description" in node.fields):
                    found.append(_of_node("looks_cut", node, text=whole[-120:]))
    return found


def _alike(draft: Draft) -> list[Anomaly]:
    """Groups of actions whose texts nearly agree. Texts that name other numbers ('Phase 1', 'Phase 2') are others.

    Compared only where they share one of their three rarest words.
    """
    nodes = draft.of("action")
    texts = [fold(" ".join(node.fields.get(main_field(node), {}).values())) for node in nodes]
    numbers = [re.findall(r"\d+", text) for text in texts]
    leader = list(range(len(nodes)))
    for a, b in _pairs(_sharing_rare_words(texts).values()):
        first, second = _leader(leader, a), _leader(leader, b)
        if first != second and texts[a] and numbers[a] == numbers[b] and fuzz.ratio(texts[a], texts[b]) >= SIMILAR:
            leader[max(first, second)] = min(first, second)
    groups: dict[int, list[Node]] = defaultdict(list)
    for place, node in enumerate(nodes):
        groups[_leader(leader, place)].append(node)
    return [
        _of_nodes("near_duplicate", f"near_duplicate:{alike[0].key}", alike, ("keep", "merge_actions"))
        for alike in groups.values()
        if len(alike) > 1
    ]


def _leader(leader: list[int], place: int) -> int:
    """The first of the group in which a text stands so far."""
    while leader[place] != place:
        place = leader[place]
    return place


def _sharing_rare_words(texts: list[str]) -> dict[str, list[int]]:
    counts: dict[str, int] = defaultdict(int)
    for text in texts:
        for token in set(text.split()):
            counts[token] += 1
    groups: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for token in sorted(set(text.split()), key=lambda token: (counts[token], token))[:3]:
            groups[token].append(place)
    return groups


def _pairs(groups: Iterable[list[int]], window: int = 20) -> Iterable[tuple[int, int]]:
    for group in groups:
        for position, a in enumerate(group):
            for b in group[position + 1 : position + 1 + window]:
                yield a, b


def _same_code(draft: Draft) -> list[Anomaly]:
    groups: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for kind in KINDS:
        for node in draft.of(kind):
            if node.code:
                groups[kind, node.code].append(node)
    return [
        _of_nodes("duplicate_code", f"duplicate_code:{kind}:{code}", nodes, ("renumber",))
        for (kind, code), nodes in groups.items()
        if len(nodes) > 1
    ]


def _odd(draft: Draft) -> list[Anomaly]:
    groups: dict[tuple[str, str], list[tuple[Place, str]]] = defaultdict(list)
    for oddity in draft.oddities:
        column = oddity.column if oddity.code in {"unknown_column", "unreadable"} else ""
        groups[oddity.code, column].append((oddity.place, oddity.found))
    return [
        Anomaly(
            code,
            f"{code}:{column}",
            tuple(p for p, _t in items),
            tuple(t for _p, t in items),
            (),
            column=column,
        )
        for (code, column), items in groups.items()
    ]
