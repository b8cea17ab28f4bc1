"""What changed on what a person follows: the actions and objectives they are named on or look after."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from senne.core.models import AuditEntry
from senne.core.policy import Actor, can_see_history
from senne.core.text import reader_language
from senne.plan.api import Action, Objective, queries
from senne.workspace.duties import LOOKS_AFTER, mine
from senne.workspace.telling import Told, tell

KINDS = ("plan.action", "plan.objective", "plan.step")
SHOWN = {"status", "phase", "title", "statement", "news", "end_on", "health_override", "done_on", "lead", "owner"}


def followed(actor: Actor) -> QuerySet[Action]:
    """Actions that the person is named on, or that their department or body leads."""
    reach = mine(actor)
    for path in actor.paths(*LOOKS_AFTER):
        reach |= Q(lead__path__startswith=path)
    return queries.actions(actor).filter(reach)


def news_for(actor: Actor, limit: int) -> list[tuple[Any, Told]]:
    """(record, what changed) for the latest changes by others, newest first.

    Only of records whose history the actor may see, so that nothing internal is told to those who may not know it.
    """
    actions = followed(actor).values("pk")
    owned = queries.objectives(actor).filter(owner_id=actor.person_id or 0).values("pk")
    entries = (
        AuditEntry.objects.filter(kind__in=KINDS)
        .filter(Q(root_kind="plan.action", root_id__in=actions) | Q(root_kind="plan.objective", root_id__in=owned))
        .exclude(actor_id=actor.user_id or 0)
    )
    window = list(entries.order_by("-id")[: limit * 3])
    records = _records(window, actor)
    kept = [e for e in window if (e.root_kind, e.root_id) in records and _is_news(e)][:limit]
    return [(records[e.root_kind, e.root_id], _short(t)) for e, t in zip(kept, tell(kept, actor), strict=True)]


def _short(told: Told) -> Told:
    """Three lines at most, texts in the reader's language where it was written."""
    lines = [line for line in told.lines if line.field in SHOWN]
    own = [line for line in lines if line.language in {"", reader_language()}]
    return replace(told, lines=(own or lines)[:3] if not told.is_new else [])


def _is_news(entry: AuditEntry) -> bool:
    if entry.kind == "plan.step":
        return "done_on" in entry.changes and entry.verb == "update"
    return entry.verb in {"create", "report", "delete"} or bool(SHOWN & entry.changes.keys())


def _records(entries: list[AuditEntry], actor: Actor) -> dict[tuple[str, int], Any]:
    ids = {kind: {e.root_id for e in entries if e.root_kind == kind} for kind in ("plan.action", "plan.objective")}
    actions = queries.actions(actor).filter(pk__in=ids["plan.action"]).prefetch_related("partners", "contacts")
    objectives = Objective.objects.filter(pk__in=ids["plan.objective"])
    objectives = objectives.select_related("plan__organisation", "lead", "owner")
    found: dict[tuple[str, int], Any] = {("plan.action", a.pk): a for a in actions}
    found |= {("plan.objective", o.pk): o for o in objectives}
    return {key: record for key, record in found.items() if can_see_history(actor, record.subject())}
