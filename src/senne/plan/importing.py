"""A document becomes a plan: read, shown, chosen, applied; again and again without doing the same thing twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from senne.core import files, records
from senne.core.models import Organisation, Person
from senne.core.policy import Actor, require
from senne.core.reach import managed
from senne.core.text import as_text
from senne.plan.actions.structure import create_plan
from senne.plan.describing import known_plan, known_records
from senne.plan.importers import base
from senne.plan.importers.base import ImportProblem, Note, Reading
from senne.plan.models import ImportRun, Plan
from senne.plan.naming import Lookup, Resolver
from senne.plan.reading import exchange
from senne.plan.reading.anomalies import Anomaly, find_anomalies
from senne.plan.reading.choices import apply_choices
from senne.plan.reading.difference import Difference, Known, compare
from senne.plan.reading.draft import KINDS, Draft
from senne.plan.reading.sound import make_sound
from senne.plan.reading.structure import NoHeader, read_draft
from senne.plan.storing import columns_of, store, take_plan_fields

CODE_LIMIT = 40
A_DAY = 24 * 3600


@dataclass(frozen=True)
class Preview:
    """What a run would do: the draft with the choices made, the anomalies, the difference with what is stored.

    `unknown` are names of leads and partners that no organisation bears; they stay as they are written.
    """

    reading: Reading
    raw: Draft
    draft: Draft
    anomalies: list[Anomaly]
    difference: Difference
    lookup: Lookup
    unknown: list[str]
    plan_known: Known | None = None

    def counts(self) -> dict[str, int]:
        """How many themes, axes, objectives and actions the document holds (what the reader made up not counted)."""
        return {kind: sum(not node.made for node in self.draft.of(kind)) for kind in KINDS}


# ---- Reading ------------------------------------------------------------------------------------------------------


def read_plan_document(content: bytes, name: str) -> tuple[Reading, Draft]:
    """The reading and its draft. Raises ImportProblem with place and remedy."""
    reading = base.read_document(content, name)
    return reading, draft_of(reading, name)


def draft_of(reading: Reading, name: str) -> Draft:
    """The draft of what was read: of a file that Senne wrote, exactly; of any other, by its words."""
    stem = name.rsplit(".", 1)[0]
    if reading.document is not None:
        draft = exchange.read_document(reading.document, stem)
    elif exchange.is_exchange(reading.sheets):
        draft = exchange.read_exchange(reading.sheets, stem)
    else:
        try:
            draft = read_draft(reading.sheets, stem)
        except NoHeader as problem:
            raise ImportProblem("no_header", found=problem.found or "–") from None
    make_sound(draft)
    return draft


def _kept_reading(run: ImportRun) -> Reading:
    """The reading of a run's file. Kept for a day where it takes long: the page is shown, chosen on, and applied."""
    key = f"reading:{run.file.sha256}:{_readers_version()}:{sha256(run.file_name.encode()).hexdigest()[:16]}"
    found: Reading | None = cache.get(key)
    if found is None:
        content = files.read_file(run.file)
        found = base.read_document(content, run.file_name)
        if content.startswith(b"%PDF"):
            cache.set(key, found, A_DAY)
    return found


@lru_cache(maxsize=1)
def _readers_version() -> str:
    """Changes with the code of the importers: what an older one read is read again."""
    found = sha256()
    for path in sorted(Path(base.__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


# ---- Runs ---------------------------------------------------------------------------------------------------------


def start_import(
    content: bytes, name: str, *, actor: Actor, plan: Plan | None, organisation: Organisation, visibility: str = ""
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
        "choices": {"visibility": visibility} if visibility else {},
    }
    run = ImportRun(file=stored, file_name=name)
    try:
        draft_of(_kept_reading(run), name)
    except ImportProblem as problem:
        values |= {
            "state": ImportRun.State.FAILED,
            "report": {"code": problem.code, "params": problem.params},
        }
    return records.create(ImportRun, values, actor=actor)


def preview(run: ImportRun, *, actor: Actor) -> Preview:
    """Read the run's file again and compare it with its plan. Raises ImportProblem."""
    return _preview(_kept_reading(run), run.file_name, run.plan, run.choices, actor)


def preview_of(content: bytes, name: str, plan: Plan | None, choices: Mapping[str, str], *, actor: Actor) -> Preview:
    """The same without a run (for a dry run)."""
    return _preview(base.read_document(content, name), name, plan, choices, actor)


def _preview(reading: Reading, name: str, plan: Plan | None, choices: Mapping[str, str], actor: Actor) -> Preview:
    raw = draft_of(reading, name)
    anomalies = find_anomalies(raw)
    draft = apply_choices(raw, anomalies, choices)
    lookup = Lookup(plan, draft.words)
    resolver = Resolver(lookup, draft, actor)
    resolver.resolve()
    known = known_records(plan) if plan else []
    own = known_plan(plan) if plan else None
    difference = compare(draft, known, own)
    return Preview(_with_notes(reading, draft), raw, draft, anomalies, difference, lookup, list(resolver.unknown), own)


def _with_notes(reading: Reading, draft: Draft) -> Reading:
    if not draft.own:
        return reading
    return Reading(reading.sheets, (*reading.notes, Note("own_file"), Note("computed")), reading.document)


def choose(run: ImportRun, choices: Mapping[str, str], *, actor: Actor) -> None:
    """Keep what a person chose, for later; what was chosen before and is not named stays chosen."""
    require("import", actor, run.subject())
    records.update(run, {"choices": {**run.choices, **choices}}, actor=actor)


def discard(run: ImportRun, *, actor: Actor) -> None:
    """Nothing enters the plan; the file and what was chosen stay."""
    require("import", actor, run.subject())
    records.update(run, {"state": ImportRun.State.DISCARDED}, actor=actor)


@transaction.atomic
def apply_import(run: ImportRun, *, actor: Actor, visibility: str = "") -> dict[str, Any]:
    """Write the document into its plan (a new one where none was chosen). Returns counts of what was written.

    Applying the same document twice writes nothing the second time. What a person edited since the last import stays,
    unless the choice 'take:<kind>:<id>:<field>' says to take the document's ('theirs'). `visibility` is that of a new plan
    (else what was chosen at upload; internal where nothing was).
    """
    require("import", actor, run.subject())
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != ImportRun.State.PREVIEW:
        raise ValidationError(
            _("This document has been dealt with already. Upload it again to compare it with the plan.")
        )
    reading = _kept_reading(run)
    plan = run.plan or plan_for(draft_of(reading, run.file_name), run, actor, visibility)
    if run.plan is not None:
        require("import", actor, run.plan.subject())
    found = _preview(reading, run.file_name, plan, run.choices, actor)
    counts: dict[str, Any] = store(plan, found.draft, found.difference, run, found.lookup, actor=actor)
    if found.difference.plan:
        counts |= take_plan_fields(plan, found.difference.plan, run, found.lookup, actor=actor)
    values = {"plan": plan, "state": ImportRun.State.APPLIED, "applied_at": records.now(), "report": counts}
    records.update(run, values, actor=actor)
    return counts


# ---- Which plan ---------------------------------------------------------------------------------------------------


def code_of(draft: Draft, name: str) -> str:
    """The code of the plan that a document is about: what a file of Senne says, else one made of its title."""
    return draft.root.code or slug_of(draft.title or name)


def slug_of(title: str) -> str:
    """A plan's code from its title: at most 40 letters, digits and dashes, cut at a word."""
    slug = slugify(title) or "plan"
    return slug if len(slug) <= CODE_LIMIT else slug[:CODE_LIMIT].rsplit("-", 1)[0]


def plan_for(draft: Draft, run: ImportRun, actor: Actor, visibility: str) -> Plan:
    """The plan of this document: the one that it went into before (by code), else a new one with its title."""
    code = code_of(draft, run.file_name)
    existing = Plan.objects.filter(code=code).first()
    if existing is not None:
        require("import", actor, existing.subject())
        return existing
    lookup = Lookup(None)
    fields = {k: v for k, v in draft.root.fields.items() if k not in {"organisation", "visibility"}}
    values = {
        "kind": "other",
        **columns_of("plan", fields, lookup),
        "code": code,
        "name": as_text(draft.root.fields["name"]),
        "organisation": run.organisation,
        "visibility": visibility or run.choices.get("visibility") or "internal",
        "source": run.file,
    }
    return create_plan(values, actor=actor)


def runs_for(actor: Actor) -> Any:
    """The runs that the actor may see: those of organisations that they manage."""
    return ImportRun.objects.filter(managed(actor, "organisation__")).select_related("plan", "file", "organisation")
