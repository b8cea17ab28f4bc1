"""What no store can hold is kept beside its record as it is written: one bad value never takes good ones with it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from senne.plan.columns import label_of
from senne.plan.reading.codes import LONGEST
from senne.plan.reading.draft import Draft, Node
from senne.plan.reading.values import LARGEST, cents, first_day, last_day

LENGTHS = {"target_unit": 40, "lead": 500}
NOTE_LIMIT = 300
URL_LIMIT = 500
_URL = re.compile(r"^https?://[^\s/?#.]+(?:\.[^\s/?#.]+)+\S*$", re.IGNORECASE)
_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
_GEOMETRIES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}


def make_sound(draft: Draft) -> None:
    """Go through every record of the draft."""
    for node in draft.root.walk():
        if node.code and (not _CODE.match(node.code) or len(node.code) > LONGEST + 20):
            _refuse(draft, node, "code", node.code)
            node.code = ""
        if node.kind == "action":
            _action(draft, node)
        elif node.kind == "objective":
            _objective(draft, node)


def _refuse(draft: Draft, node: Node, field: str, value: Any) -> None:
    """Keep a value that no field can bear, under the name of its field, and say so."""
    word = label_of(node.kind, field, draft.language)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if node.kind in {"objective", "action"}:
        node.keep(word, text)
    draft.odd("unreadable" if node.kind in {"objective", "action"} else "left_over", node.place, word, text)


def _drop(draft: Draft, node: Node, field: str) -> None:
    _refuse(draft, node, field, node.fields.pop(field))


def _too_long(draft: Draft, node: Node) -> None:
    for field, limit in LENGTHS.items():
        if len(str(node.fields.get(field, ""))) > limit:
            _refuse(draft, node, field, node.fields[field])
            node.fields[field] = node.fields[field][:limit]


def _objective(draft: Draft, node: Node) -> None:
    fields = node.fields
    _too_long(draft, node)
    for field in ("target_value", "baseline_value"):
        if field in fields:
            number = Decimal(fields[field])
            rounded = number.quantize(Decimal("0.0001")) if abs(number) < LARGEST else number
            if rounded != number or abs(number) >= LARGEST:
                _drop(draft, node, field)
    if "target_value" in fields and "target_year" not in fields:
        _drop(draft, node, "target_value")


def _action(draft: Draft, node: Node) -> None:
    fields = node.fields
    _too_long(draft, node)
    if "start" in fields and "end" in fields and first_day(fields["start"]) > last_day(fields["end"]):
        _drop(draft, node, "end")
    if "health_override" in fields and "health_override_until" not in fields:
        _drop(draft, node, "health_override")
    for field in ("status_since", "last_reported_on", "health_override_until"):
        if field in fields and len(fields[field]) < 10:
            fields[field] = last_day(fields[field]).isoformat()
    if "location" in fields and fields["location"].get("type") not in _GEOMETRIES:
        _drop(draft, node, "location")
    _lines(draft, node)
    _links(draft, node)
    _steps(draft, node)


def _lines(draft: Draft, node: Node) -> None:
    kept = []
    for line in node.fields.pop("budget", []):
        amount = Decimal(line.get("amount", "-1"))
        if not 0 <= amount < LARGEST or Decimal(cents(amount)) != amount:
            _refuse(draft, node, "budget", line)
            continue
        if len(line.get("note", "")) > NOTE_LIMIT:
            _refuse(draft, node, "budget", line["note"])
            line = {**line, "note": line["note"][:NOTE_LIMIT]}
        kept.append({"kind": "planned", "unit": "EUR", **line})
    if kept:
        node.fields["budget"] = sorted(kept, key=budget_order)


def budget_order(line: dict[str, Any]) -> tuple[Any, ...]:
    """The order in which budget lines stand, whatever the store: by year, what it is for, planned or spent."""
    return (
        line.get("year") or 0, line.get("nature", ""), line.get("kind", ""), line.get("unit", ""),
        Decimal(line["amount"]), line.get("funder", ""), line.get("note", ""), line.get("approximate", False),
    )  # fmt: skip


def _links(draft: Draft, node: Node) -> None:
    kept = []
    for link in node.fields.pop("links", []):
        if _URL.match(link.get("url", "")) and len(link["url"]) <= URL_LIMIT:
            kept.append(link)
        else:
            _refuse(
                draft, node, "links", " ".join(filter(None, (link.get("url", ""), *link.get("label", {}).values())))
            )
    if kept:
        node.fields["links"] = kept


def _steps(draft: Draft, node: Node) -> None:
    kept = []
    for step in node.fields.pop("steps", []):
        if not any(step.get("title", {}).values()):
            _refuse(draft, node, "steps", step)
            continue
        if len(step.get("done", "")) in {4, 7}:
            step = {**step, "done": last_day(step["done"]).isoformat()}
        kept.append(step)
    if kept:
        node.fields["steps"] = kept
