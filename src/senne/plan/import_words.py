"""An import in words, in the reader's language: what is strange, what a choice does, what would change and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from senne.core.models import AuditEntry
from senne.core.text import Text, reader_language
from senne.plan.columns import CHILDREN, COLUMNS, PLAN_FIELDS, label_of
from senne.plan.importers.base import ImportProblem, Note
from senne.plan.importers.messages import note_text, problem_text, rows_text
from senne.plan.models import ImportRun
from senne.plan.reading.anomalies import Anomaly
from senne.plan.reading.difference import CONFLICT, Difference, FieldChange, Known
from senne.plan.reading.wording import FLAG, word_in
from senne.plan.storing import PLURAL

ANOMALIES = {
    "objective_without_action": gettext_noop("An objective without any action"),
    "empty_part": gettext_noop("A theme or an axis with nothing below it"),
    "action_in_objective_column": gettext_noop("The text in the objective column reads like an action"),
    "no_objective": gettext_noop("Actions without an objective: they stand under one that says so"),
    "same_objective": gettext_noop("The same objective stands under two axes"),
    "two_things": gettext_noop("One cell holds two things"),
    "no_characteristic": gettext_noop("Actions without a characteristic"),
    "looks_cut": gettext_noop("A text that looks cut off"),
    "near_duplicate": gettext_noop("Actions that are nearly the same"),
    "duplicate_code": gettext_noop("The same code for different records"),
    "unknown_column": gettext_noop(
        "A column that Senne does not know: “%(column)s”. Its texts are kept with each record."
    ),
    "unreadable": gettext_noop("Values in “%(column)s” that could not be read. They are kept as they stand."),
    "left_over": gettext_noop("Cells that belong to no record; they stay in the file"),
    "outside": gettext_noop("Texts outside the table; they stay in the file"),
    "hidden": gettext_noop("Cells of hidden sheets; they were not read into the plan"),
    "footer": gettext_noop("Page numbers and the like"),
    "continued": gettext_noop("Rows that go on with the action above; kept with it"),
    "joined": gettext_noop("Rows that a page break cut; their halves were joined"),
    "other_wording": gettext_noop("Another wording for the same record; the first one is kept"),
    "renumbered": gettext_noop("Numbering that starts again: codes were told apart by what they stand under"),
}
CHOICES = {
    "keep": gettext_noop("keep it as it stands"),
    "make_action": gettext_noop("make it an action of the objective above"),
    "both": gettext_noop("keep the objective, and make it its action too"),
    "keep_linked": gettext_noop("keep each, tied as the same"),
    "merge": gettext_noop("make it one objective"),
    "split": gettext_noop("split it in two"),
    "merge_actions": gettext_noop("make it one action; the other texts are kept beside the first"),
    "renumber": gettext_noop("keep all; the later ones get a number behind their code"),
}
WHY = {
    "empty": gettext_noop("nothing stands there yet"),
    "untouched": gettext_noop("nobody changed it since the last import"),
    "unchanged": gettext_noop("nobody changed the record since this file was taken out of Senne"),
    "edited": gettext_noop("somebody wrote what stands in the plan"),
}
KINDS = {
    "theme": gettext_noop("Themes"),
    "axis": gettext_noop("Axes"),
    "objective": gettext_noop("Objectives"),
    "action": gettext_noop("Actions"),
}


def anomaly_title(anomaly: Anomaly) -> str:
    """What is strange, in a sentence."""
    return _(ANOMALIES[anomaly.code]) % {"column": anomaly.column}


def choice_label(choice: str) -> str:
    """What a choice does."""
    return _(CHOICES[choice])


def places_text(anomaly: Anomaly, limit: int = 12) -> str:
    """'rows 58, 65', with the sheet where the document has several."""
    sheets: dict[str, list[int]] = {}
    for place in anomaly.places:
        sheets.setdefault(place.sheet, []).append(place.row)
    parts = []
    for sheet, numbers in sheets.items():
        rows = sorted(set(numbers))
        told = rows_text(rows[:limit], len(rows))
        parts.append(f"{sheet}: {told}" if sheet else told)
    return " · ".join(parts[:limit]) + ("…" if len(parts) > limit else "")


def failure_text(run: ImportRun) -> str:
    """Why the run's file could not be read, and what to do."""
    return problem_text(ImportProblem(run.report.get("code", "unknown_format"), **run.report.get("params", {})))


def notes_of(notes: tuple[Note, ...], unknown: list[str]) -> list[str]:
    """What was odd in the file and dealt with."""
    found = [note_text(note) for note in notes]
    if unknown:
        more = "…" if len(unknown) > 12 else ""
        names = ", ".join(unknown[:12]) + more
        found.append(
            _("No organisation bears these names; they are kept as they are written: %(names)s") % {"names": names}
        )
    return found


# ---- Differences --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChangeShown:
    """One field that would change: `key` is the name of its choice, `wins` who wins unless a person says otherwise."""

    key: str
    kind: str
    label: str
    now: str
    new: str
    wins: str
    why: str
    asked: bool
    chosen: str


def change_shown(change: FieldChange, kind: str, known: Known, choices: Mapping[str, str], by: str = "") -> ChangeShown:
    """The change as people read it."""
    key = f"take:{kind}:{known.id}:{change.name}"
    asked = change.state == CONFLICT
    usual = "mine" if asked else "theirs"
    why = by if asked and by else _(WHY[change.why])
    return ChangeShown(
        key,
        kind,
        _("Place in the plan") if change.name == "under" else label_of(kind, change.name, reader_language()),
        value_text(kind, change.name, change.now),
        value_text(kind, change.name, change.new),
        usual,
        why,
        asked,
        chosen if (chosen := choices.get(key, "")) in {"mine", "theirs"} else usual,
    )


def written_rows(counts: Mapping[str, Any]) -> list[tuple[str, int, int, int]]:
    """(kind, new, changed, moved) of each kind of record that an import wrote."""
    verbs = ("created", "changed", "moved")
    rows = [(_("The plan itself"), 0, 1, 0)] if counts.get("plans_changed") else []
    for kind, label in KINDS.items():
        new, changed, moved = (int(counts.get(f"{PLURAL[kind]}_{verb}", 0)) for verb in verbs)
        if new or changed or moved:
            rows.append((_(label), new, changed, moved))
    return rows


def difference_lines(difference: Difference) -> list[str]:
    """What would change, one sentence each: for the command."""
    language = reader_language()
    lines = [_("New: %(what)s") % {"what": node.label} for node in difference.new]
    for node, known, changes in difference.changed:
        for change in changes:
            template = (
                _("Kept, because a person changed it since: %(what)s, %(field)s")
                if change.state == CONFLICT
                else _("Changed: %(what)s, %(field)s")
            )
            field = label_of(node.kind, change.name, language)
            lines.append(template % {"what": node.label or known.name, "field": field})
    for node, _known, change in difference.moved:
        asked = change.state == CONFLICT
        template = _("Left where a person put it: %(what)s") if asked else _("Moved: %(what)s")
        lines.append(template % {"what": node.label})
    lines += [
        _("No longer in the document (stays in the plan): %(what)s") % {"what": f"{known.code} {known.name}"}
        for known in difference.gone
    ]
    return lines


def value_text(kind: str, field: str, value: Any) -> str:
    """A field's value for reading: texts by language, words in the reader's language, lists one entry a line."""
    if value in (None, "", [], {}) or value is False:
        return "–"
    language = reader_language()
    if value is True:
        return FLAG[language]
    if isinstance(value, str):
        key = next((c.key for c in (*COLUMNS, *PLAN_FIELDS) if (c.level, c.field, c.kind) == (kind, field, "word")), "")
        return word_in(key, value, language) if key else value
    child = next((child for child in CHILDREN if child.field == field), None)
    if child is not None and isinstance(value, list):
        return "\n".join(_item_text(child.columns, item) for item in value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict) and set(value) <= {"fr", "nl", "en"}:
        return (
            "\n".join(f"{code}: {text}" for code, text in value.items())
            if len(value) > 1
            else next(iter(value.values()))
        )
    if isinstance(value, dict):
        return "\n".join(f"{key}: {text}" for key, text in value.items())
    return str(value)


def _item_text(columns: Any, item: Mapping[str, Any]) -> str:
    parts = []
    for column in columns:
        value = item.get(column.field)
        if value in (None, "", {}) or value is False:
            continue
        if column.kind == "text":
            parts.append(str(Text(value)))
        elif column.kind == "word":
            parts.append(word_in(column.key, str(value), reader_language()))
        elif value is True:
            parts.append(column.name(reader_language()))
        else:
            parts.append(str(value))
    return " · ".join(parts)


def who_edited(difference: Difference) -> dict[tuple[str, int, str], str]:
    """For each field in conflict, who wrote what stands, and when: (kind, record, field) → a sentence."""
    conflicts = difference.conflicts()
    wanted: dict[str, set[int]] = {}
    for node, known, _change in conflicts:
        wanted.setdefault(node.kind, set()).add(known.id)
    found: dict[tuple[str, int, str], str] = {}
    for kind, ids in wanted.items():
        entries = AuditEntry.objects.filter(root_kind=f"plan.{kind}", root_id__in=ids).order_by("id")
        for entry in entries.values("root_id", "changes", "actor_name", "at", "kind"):
            for name in _fields_of(entry):
                found[kind, entry["root_id"], name] = _("%(name)s wrote what stands in the plan on %(day)s") % {
                    "name": entry["actor_name"],
                    "day": _day(entry["at"]),
                }
    return found


def _fields_of(entry: Mapping[str, Any]) -> set[str]:
    """The fields of a description that an entry touches."""
    lists = {
        "plan.step": "steps",
        "plan.budgetline": "budget",
        "plan.actioncontact": "contacts",
        "plan.actionlink": "links",
        "plan.actiondocument": "documents",
        "plan.actionrelation": "relations",
        "plan.objectivelink": "ties",
    }
    if entry["kind"] in lists:
        return {lists[entry["kind"]]}
    names = {name.removesuffix("_on").removesuffix("_precision") for name in entry["changes"]}
    renamed = {
        "lead_text": "lead",
        "last_reported": "last_reported_on",
        "objectives": "under",
        "axis": "under",
        "theme": "under",
    }
    return {renamed.get(name, name) for name in names}


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
