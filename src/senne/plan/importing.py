"""A document becomes a plan: read, shown, chosen, applied; again and again without doing the same thing twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from senne.core import files, records
from senne.core.models import Organisation, Person
from senne.core.policy import Actor, require
from senne.core.reach import managed
from senne.plan.importers.base import ImportProblem, Reading, read_document
from senne.plan.importers.messages import note_text, problem_text
from senne.plan.models import ImportRun, Plan
from senne.plan.reading.anomalies import Anomaly, find_anomalies
from senne.plan.reading.choices import apply_choices
from senne.plan.reading.difference import Difference, compare
from senne.plan.reading.draft import Draft
from senne.plan.reading.structure import NoHeader, read_draft
from senne.plan.reading.tables import Line, Table
from senne.plan.storing import known_records, store


@dataclass(frozen=True)
class Preview:
    """What a run would do: the draft with the choices made, the anomalies, the difference with what is stored."""

    reading: Reading
    raw: Draft
    draft: Draft
    anomalies: list[Anomaly]
    difference: Difference

    def counts(self) -> dict[str, int]:
        """How many themes, axes, objectives and actions the document holds."""
        return {kind: len(self.draft.of(kind)) for kind in ("theme", "axis", "objective", "action")}


def read_plan_document(content: bytes, name: str) -> tuple[Reading, Draft]:
    """The reading and its draft. Raises ImportProblem with place and remedy."""
    reading = read_document(content, name)
    tables = [Table(s.name, tuple(Line(row.number, row.cells) for row in s.rows)) for s in reading.sheets]
    try:
        return reading, read_draft(tables, name.rsplit(".", 1)[0], reading.language or "fr")
    except NoHeader as problem:
        raise ImportProblem("no_header", found=problem.found) from None


def slug_of(title: str) -> str:
    """A plan's code from its title: at most 40 letters, digits and dashes, cut at a word."""
    from django.utils.text import slugify

    slug = slugify(title) or "plan"
    return slug if len(slug) <= 40 else slug[:40].rsplit("-", 1)[0]


def start_import(
    content: bytes, name: str, *, actor: Actor, plan: Plan | None, organisation: Organisation
) -> ImportRun:
    """Keep the file as it came and read it. A file that cannot be read is kept too, with what is wrong."""
    require("import", actor, plan.subject() if plan else organisation.subject())
    stored = files.keep_file(content, name)
    values: dict[str, Any] = {
        "organisation": plan.organisation if plan else organisation,
        "plan": plan,
        "file": stored,
        "file_name": name[:255],
        "by": Person.objects.filter(pk=actor.person_id or 0).first(),
    }
    try:
        read_plan_document(content, name)
    except ImportProblem as problem:
        values |= {
            "state": ImportRun.State.FAILED,
            "report": {"code": problem.code, "params": problem.params},
        }
    return records.create(ImportRun, values, actor=actor)


def preview(run: ImportRun) -> Preview:
    """Read the run's file again and compare it with its plan. Raises ImportProblem."""
    return preview_of(files.read_file(run.file), run.file_name, run.plan, run.choices)


def preview_of(content: bytes, name: str, plan: Plan | None, choices: Mapping[str, str]) -> Preview:
    """The same without a run (for a dry run)."""
    reading, raw = read_plan_document(content, name)
    anomalies = find_anomalies(raw)
    draft = apply_choices(raw, anomalies, choices)
    return Preview(reading, raw, draft, anomalies, compare(draft, known_records(plan) if plan else []))


def choose(run: ImportRun, choices: Mapping[str, str], *, actor: Actor) -> None:
    """Keep what a person chose, for later."""
    require("import", actor, run.subject())
    records.update(run, {"choices": dict(choices)}, actor=actor)


def discard(run: ImportRun, *, actor: Actor) -> None:
    """Nothing enters the plan; the file and what was chosen stay."""
    require("import", actor, run.subject())
    records.update(run, {"state": ImportRun.State.DISCARDED}, actor=actor)


@transaction.atomic
def apply_import(run: ImportRun, *, actor: Actor, visibility: str = "internal") -> dict[str, int]:
    """Write the document into its plan (a new one where none was chosen). Returns counts of what was written.

    Applying the same document twice writes nothing the second time. What a person edited since the last import stays,
    unless the choice 'take:<kind>:<id>:<field>' says to take the document's.
    """
    require("import", actor, run.subject())
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state == ImportRun.State.APPLIED:
        raise ValidationError(_("This document has been applied already. Upload it again to compare it with the plan."))
    found = preview(run)
    plan = run.plan or plan_for(found.draft, run, actor, visibility)
    if run.plan is None:
        found = preview_of(files.read_file(run.file), run.file_name, plan, run.choices)
    counts = store(plan, found.draft, found.difference, run, actor=actor)
    values = {"plan": plan, "state": ImportRun.State.APPLIED, "applied_at": records.now(), "report": counts}
    records.update(run, values, actor=actor)
    return counts


def plan_for(draft: Draft, run: ImportRun, actor: Actor, visibility: str) -> Plan:
    """The plan of this document: the one that it went into before (by code), else a new one with its title."""
    code = slug_of(draft.title or run.file_name)
    existing = Plan.objects.filter(code=code).first()
    if existing is not None:
        require("import", actor, existing.subject())
        return existing
    name = draft.root.fields["name"]
    values = {
        "code": code,
        "name": name,
        "organisation": run.organisation,
        "visibility": visibility,
        "source": run.file,
    }
    return records.create(Plan, {**values, "kind": "other"}, actor=actor)


# ---- In words -----------------------------------------------------------------------------------------------------


def anomaly_title(anomaly: Anomaly) -> str:
    """What is strange, in a sentence."""
    texts = {
        "objective_without_action": _("An objective without any action"),
        "action_in_objective_column": _("The text in the objective column reads like an action"),
        "same_objective": _("The same objective stands under two axes"),
        "two_things": _("One cell holds two things"),
        "no_characteristic": _("Actions without a characteristic"),
        "looks_cut": _("A text that looks cut off"),
        "near_duplicate": _("Two actions that are nearly the same"),
        "duplicate_code": _("The same code for different records"),
        "unknown_column": _("A column that Senne does not know: “%(column)s”. Its texts are kept with each record.")
        % {"column": anomaly.column},
        "unreadable": _("Values in “%(column)s” that could not be read. They are kept as they stand.")
        % {"column": anomaly.column},
        "left_over": _("Lines that belong to no record"),
        "continued": _("Rows that seem to go on from the row above; kept with it"),
    }
    return texts[anomaly.code]


def choice_label(choice: str) -> str:
    """What a choice does."""
    labels = {
        "keep": _("keep it as it stands"),
        "make_action": _("make it an action of the objective above"),
        "both": _("keep the objective, and make it its action too"),
        "keep_linked": _("keep each, tied as the same"),
        "merge": _("make it one objective"),
        "split": _("split it in two"),
        "renumber": _("keep all; the later ones get a number behind their code"),
    }
    return labels[choice]


def rows_text(anomaly: Anomaly, limit: int = 12) -> str:
    """'rows 58, 65'"""
    rows = [str(place.row) for place in anomaly.places]
    more = "…" if len(rows) > limit else ""
    return _("row %(rows)s") % {"rows": ", ".join(rows[:limit]) + more}


def difference_lines(difference: Difference, limit: int = 200) -> list[str]:
    """What would change, one sentence each."""
    lines = [_("New: %(what)s") % {"what": node.label} for node in difference.new]
    for node, record, changes in difference.changed:
        for change in changes:
            template = (
                _("Kept, because a person changed it since: %(what)s, %(field)s")
                if change.state == "conflict"
                else _("Changed: %(what)s, %(field)s")
            )
            lines.append(template % {"what": node.label or record.name, "field": change.name})
    lines += [_("Moved: %(what)s") % {"what": node.label} for node, _record in difference.moved]
    lines += [
        _("No longer in the document (stays in the plan): %(what)s") % {"what": f"{record.code} {record.name}"}
        for record in difference.gone
    ]
    return lines[:limit]


def runs_for(actor: Actor) -> Any:
    """The runs that the actor may see: those of organisations that they manage."""
    return ImportRun.objects.filter(managed(actor, "organisation__")).select_related("plan", "file", "organisation")


def failure_text(run: ImportRun) -> str:
    """Why the run's file could not be read, and what to do."""
    return problem_text(ImportProblem(run.report.get("code", "unknown_format"), **run.report.get("params", {})))


def notes_of(found: Preview) -> list[str]:
    """What was odd in the file and dealt with."""
    return [note_text(note) for note in found.reading.notes]
