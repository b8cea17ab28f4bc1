"""Plans in Senne's own form, generated over every field of the schema, with texts that try to break what carries them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from senne.plan.columns import fold
from senne.plan.reading.sound import budget_order

# Units, people and another plan's objective are those of tests/city.py.
UNITS = ("city", "roads", "parks", "welfare", "housing")
PEOPLE = ("Head", "Owner", "Contributor", "Reader", "Owner-With-Mail <owner.mail@example.org>")
FOREIGN = ("WELFARE:O1",)
TRICKY = (
    "CO2 < 5 & rising", "=1+1", "+32 2 279", "-55 %", "@city", "'=kept", "''-",
    " begins and ends with a space ", "two  spaces", "a\nb\n\nc", "\n=1", "\ttab\tbed", 'say "so"',
    "a;b;c", "a, b | c", "01/02/2025", "1e5", "007", "TRUE", "#N/A", "_x000D_", "_x0041_ _x",
    "l'été à Bruxelles – “ici”", "👨‍👩‍👧 et 🚲", "\u202eرmixed\u200f", "a\u00a0b\u00ad",
    "<b>bold</b> &amp; &lt;", "\x0bline\x0c", "a\r\nb\rc", "{}", "[]", "1", "senne-plan/1",
    "Légende", "Total", "Page 3", "Axe 2 : x", "https://example.org/?a=1&b=2", "ﬁ œ ß", "٣", "漢字",
    "x" * 300,
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30),
)
languages = st.dictionaries(st.sampled_from(["fr", "nl", "en"]), texts, min_size=1, max_size=3)
maybe = st.none() | languages
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)).map(str)
moments = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))
years = st.integers(1950, 2150)
weights = st.integers(0, 32767)
codes = st.from_regex(r"[A-Z][A-Za-z0-9]{0,3}([.-][0-9]{1,3}){0,2}", fullmatch=True)
slugs = st.from_regex(r"[a-z][a-z0-9]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True)


def amounts(places: int, low: int = -(10**9), high: int = 10**9) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda n: format_amount(n, places))


def format_amount(number: int, places: int) -> str:
    value = Decimal(number).scaleb(-places)
    return format(value.normalize(), "f") if value else "0"


visibilities = st.sampled_from(["public", "internal"])
points = st.tuples(st.floats(-10, 60, allow_nan=False), st.floats(-10, 60, allow_nan=False)).map(
    lambda at: {"type": "Point", "coordinates": [round(at[0], 6), round(at[1], 6)]}
)
steps = st.lists(
    st.fixed_dictionaries(
        {"title": languages}, optional={"due": moments, "done": days, "assignee": st.sampled_from(PEOPLE)}
    ),
    max_size=3,
)
lines = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["planned", "actual"]),
            "unit": st.sampled_from(["EUR", "FTE"]),
            "amount": amounts(2, 0, 10**12),
        },
        optional={
            "year": years,
            "nature": st.sampled_from(["investment", "operating"]),
            "approximate": st.just(True),
            "funder": st.sampled_from(UNITS),
            "note": texts.filter(lambda text: len(text) <= 300),
        },
    ),
    max_size=3,
)
contacts = st.lists(
    st.fixed_dictionaries(
        {"person": st.sampled_from(PEOPLE), "role": st.sampled_from(["owner", "contributor", "approver"])}
    ),
    max_size=3,
    unique_by=lambda contact: (contact["person"], contact["role"]),
)
links = st.lists(
    st.fixed_dictionaries(
        {"url": st.sampled_from(["https://example.org/a?b=1&c=2", "http://example.org/%C3%A9t%C3%A9#x"])},
        optional={"label": languages},
    ),
    max_size=2,
)
extras = st.dictionaries(texts, texts, max_size=3)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A whole plan: themes without axes, axes without objectives, objectives without actions among them."""
    themes, axes, objectives = [], [], []
    for code in draw(st.lists(codes, min_size=1, max_size=3, unique=True)):
        themes.append(draw(_part({"code": code}, "name")))
    for code in draw(st.lists(codes, max_size=3, unique=True)):
        axes.append(draw(_part({"code": code, "theme": draw(st.sampled_from(themes))["code"]}, "name")))
    if axes:
        for code in draw(st.lists(codes, max_size=4, unique=True)):
            objectives.append(draw(_objective(code, draw(st.sampled_from(axes))["code"])))
    action_codes = draw(st.lists(codes, max_size=5, unique=True)) if objectives else []
    in_order = [
        o["code"] for t in themes for a in axes if a["theme"] == t["code"] for o in objectives if o["axis"] == a["code"]
    ]
    actions = [draw(_action(code, in_order)) for code in action_codes]
    for number, action in enumerate(actions):
        draw(_references(action, [a["code"] for a in actions[:number]]))
    for number, objective in enumerate(objectives):
        _ties(draw, objective, [o["code"] for o in objectives[:number]])
    return {"themes": themes, "axes": axes, "objectives": objectives, "actions": actions, "plan": draw(_plan())}


@st.composite
def _plan(draw: st.DrawFn) -> dict[str, Any]:
    first = draw(years)
    fields = {
        "code": "GENERATED",
        "name": draw(languages),
        "description": draw(maybe),
        "kind": draw(st.sampled_from(["climate", "welfare", "other"])),
        "organisation": "city",
        "visibility": "internal",
        "adopted_on": draw(st.none() | days),
        "start_year": first,
        "end_year": first + draw(st.integers(0, 30)),
        "ageing_after": draw(st.integers(1, 100)),
        "stale_after": draw(st.integers(100, 1000)),
    }
    return _full(fields)


def _full(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}) and value is not False}


@st.composite
def _part(draw: st.DrawFn, fields: dict[str, Any], name: str) -> dict[str, Any]:
    return _full({**fields, name: draw(languages), "description": draw(maybe), "weight": draw(weights)})


@st.composite
def _objective(draw: st.DrawFn, code: str, axis: str) -> dict[str, Any]:
    fields = draw(_part({"code": code, "axis": axis}, "statement"))
    has_target = draw(st.booleans())
    fields |= {
        "horizon": draw(st.none() | years),
        "target_quantity": draw(maybe),
        "target_unit": draw(st.sampled_from(["", "t CO2e", "%", " m² "])),
        "target_value": draw(amounts(4)) if has_target else "",
        "target_year": draw(years) if has_target else draw(st.none() | years),
        "baseline_value": draw(st.just("") | amounts(4)),
        "baseline_year": draw(st.none() | years),
        "lead": draw(st.sampled_from(["", *UNITS])),
        "owner": draw(st.sampled_from(["", *PEOPLE])),
        "visibility": draw(visibilities),
        "last_reported_on": draw(st.none() | days),
        "extra": draw(extras),
    }
    return _full(fields)


def _ties(draw: st.DrawFn, objective: dict[str, Any], others: list[str]) -> None:
    chosen = draw(st.lists(st.sampled_from([*others, *FOREIGN]), max_size=2, unique=True))
    ties = [{"kind": draw(st.sampled_from(["answers", "same_as"])), "objective": other} for other in chosen]
    if ties:
        objective["ties"] = sorted(ties, key=lambda tie: (tie["objective"], tie["kind"]))


@st.composite
def _action(draw: st.DrawFn, code: str, objectives: list[str]) -> dict[str, Any]:
    start, end = sorted(draw(st.tuples(days, days)))
    served = draw(st.sets(st.sampled_from(objectives), min_size=1, max_size=2))
    own, *others = sorted(served, key=objectives.index)  # an action stands under the first objective that it serves
    judged = draw(st.booleans())
    status = draw(st.sampled_from(["to_start", "under_way", "done", "suspended", "abandoned"]))
    fields = {
        "code": code,
        "objective": own,
        "also_serves": sorted({*others, *draw(st.sets(st.sampled_from(FOREIGN)))}),
        "title": draw(languages),
        "description": draw(maybe),
        "expected_effect": draw(maybe),
        "status_reason": draw(languages) if status in {"suspended", "abandoned"} else None,
        "news": draw(maybe),
        "status": status,
        "status_since": draw(st.none() | days),
        "phase": draw(st.sampled_from(["idea", "study", "decided", "roll_out", "in_use"])),
        "priority": draw(st.sampled_from(["low", "normal", "high"])),
        "visibility": draw(visibilities),
        "start": draw(st.sampled_from(["", start, start[:7], start[:4]])),
        "end": draw(st.sampled_from(["", end, end[:7], end[:4]])),
        "continuous": draw(st.booleans()),
        "lead": draw(st.sampled_from(["", *UNITS]) | texts.filter(lambda text: _is_no_unit(text))),
        "partners": sorted(draw(st.sets(st.sampled_from(UNITS), max_size=2))),
        "sponsor": draw(st.sampled_from(["", *PEOPLE])),
        "characteristics": sorted(draw(st.sets(st.sampled_from(["mitigation", "adaptation", "citizen", "own-word"])))),
        "tags": sorted(draw(st.sets(slugs, max_size=2))),
        "weight": draw(weights),
        "internal_notes": draw(st.just("") | texts),
        "last_reported_on": draw(st.none() | days),
        "location": draw(st.none() | points),
        "health_override": draw(st.sampled_from(["on_track", "watch", "late"])) if judged else "",
        "health_override_until": draw(days) if judged else None,
        "health_override_reason": draw(languages) if judged else None,
        "steps": draw(steps),
        "budget": sorted(draw(lines), key=budget_order),
        "contacts": sorted(draw(contacts), key=lambda c: (c["person"], c["role"])),
        "links": draw(links),
        "extra": draw(extras),
    }
    return _full(fields)


def _is_no_unit(text: str) -> bool:
    return fold(text) not in {*UNITS, ""} and not any(fold(text).startswith(unit) for unit in UNITS)


@st.composite
def _references(draw: st.DrawFn, action: dict[str, Any], others: list[str]) -> None:
    if not others:
        return
    relations = draw(
        st.lists(
            st.fixed_dictionaries(
                {"kind": st.sampled_from(["precedes", "blocks", "related"]), "action": st.sampled_from(others)}
            ),
            max_size=2,
            unique_by=lambda relation: (relation["kind"], relation["action"]),
        )
    )
    fields = {
        "relations": sorted(relations, key=lambda relation: (relation["kind"], relation["action"])),
        draw(st.sampled_from(["merged_into", "superseded_by"])): draw(st.sampled_from(["", *others])),
        "copy_of": draw(st.sampled_from(["", *others])),
    }
    action |= _full(fields)
