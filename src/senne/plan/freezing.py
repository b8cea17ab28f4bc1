"""A plan is frozen, read as it stood, and shown to be unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.models import Organisation
from senne.core.policy import VISITOR, Actor
from senne.core.text import Text
from senne.plan import queries
from senne.plan.models import Plan
from senne.plan.models.snapshots import Snapshot, SnapshotPart
from senne.plan.picturing import picture_of
from senne.plan.rules.picture import Picture, as_json, foreign_codes, from_json, without_foreign, without_loose_ends
from senne.plan.rules.sealing import seal, seal_whole

PARTS = {
    "theme": "themes",
    "axis": "axes",
    "objective": "objectives",
    "action": "actions",
    "indicator": "indicators",
    "organisation": "organisations",
}
PUBLIC = "public"


@dataclass(frozen=True)
class Label:
    """What a snapshot is called and why it was taken."""

    kind: str
    name: Text
    public: bool
    reason: str = ""
    decision: str = ""
    corrects: Snapshot | None = None


@transaction.atomic
def freeze(plan: Plan, label: Label, day: date, *, actor: Actor) -> Snapshot:
    """The whole plan on `day`, public and internal, in one transaction: there is never half a snapshot."""
    records.settle()
    plan = Plan.objects.select_for_update().select_related("organisation").get(pk=plan.pk)
    whole = as_json(_for_ever(picture_of(plan, SYSTEM, day)))
    lists = {kind: whole.pop(name) for kind, name in PARTS.items()}
    parts = [_part(kind, order, data) for kind, found in lists.items() for order, data in enumerate(found)]
    number = (plan.snapshots.aggregate(last=Max("number"))["last"] or 0) + 1
    values: dict[str, Any] = {
        "plan": plan,
        "number": number,
        "kind": label.kind,
        "name": label.name,
        "day": day,
        "taken_at": records.now(),
        # A snapshot never changes, and so it names nobody: who took it is in the trail (docs/decisions on privacy).
        "taken_by": plan.organisation.code,
        "public": label.public,
        "edition": label.corrects.edition + 1 if label.corrects else 1,
        "corrects": label.corrects,
        "reason": label.reason,
        "decision": label.decision,
        "head": whole,
        "content_hash": seal_whole(whole, ((part.kind, part.code, part.content_hash) for part in parts)),
        "code_version": version("senne"),
    }
    snapshot = records.create(Snapshot, values, actor=actor, reason=label.reason)
    for part in parts:
        part.snapshot = snapshot
    SnapshotPart.objects.bulk_create(parts, batch_size=200)
    return snapshot


def _for_ever(picture: Picture) -> Picture:
    """Of other plans only what is public: nothing of theirs can be cut out later."""
    actions, objectives = foreign_codes(picture)
    return without_foreign(
        picture,
        _public(queries.actions(VISITOR), actions),
        _public(queries.objectives(VISITOR), objectives),
    )


def _public(found: QuerySet[Any], codes: set[str]) -> set[str]:
    """Those of these 'PLAN:CODE' that everybody may see."""
    own = found.filter(code__in={code.split(":", 1)[1] for code in codes}) if codes else found.none()
    return codes & {f"{plan}:{code}" for plan, code in own.values_list("plan__code", "code")}


def _part(kind: str, order: int, data: dict[str, Any]) -> SnapshotPart:
    return SnapshotPart(
        kind=kind,
        code=data["code"],
        order=order,
        visibility=data.get("visibility", PUBLIC),
        lead=data.get("lead", ""),
        partners=data.get("partners", []),
        data=data,
        content_hash=seal(data),
    )


# ---- Reading ------------------------------------------------------------------------------------------------------


def snapshots(actor: Actor) -> QuerySet[Snapshot]:
    """Snapshots that the actor may see, of plans that the actor may see, the latest first."""
    found = Snapshot.objects.filter(plan__in=queries.plans(actor).values("pk")).select_related("plan__organisation")
    if not actor.is_staff:
        return found.filter(public=True)
    return found.filter(Q(public=True) | queries.reach(actor, "plan__organisation__"))


def parts(snapshot: Snapshot, actor: Actor) -> QuerySet[SnapshotPart]:
    """The parts that the actor may see: the public ones, and those led or joined by the actor's houses of today."""
    found = SnapshotPart.objects.filter(snapshot=snapshot)
    if not actor.is_staff:
        return found.filter(visibility=PUBLIC)
    reached = set(Organisation.objects.filter(queries.reach(actor, "")).values_list("code", flat=True))
    if snapshot.plan.organisation.code in reached:
        reached.add("")
    own = [
        part.pk
        for part in found.exclude(visibility=PUBLIC).only("pk", "lead", "partners")
        if part.lead in reached or reached & set(part.partners)
    ]
    return found.filter(Q(visibility=PUBLIC) | Q(pk__in=own))


def picture_then(snapshot: Snapshot, actor: Actor) -> Picture:
    """The plan as it stood, cut to what the actor may see: a constant number of queries."""
    lists: dict[str, list[Any]] = {name: [] for name in PARTS.values()}
    for part in parts(snapshot, actor).order_by("kind", "order"):
        lists[PARTS[part.kind]].append(part.data)
    return without_loose_ends(from_json(Picture, {**snapshot.head, **lists}))


def faults_of(snapshot: Snapshot) -> list[str]:
    """Parts whose content is not what was sealed ('action AD-12', 'whole'); empty where the snapshot is sound."""
    found = []
    sealed = []
    for part in snapshot.parts.all():
        sealed.append((part.kind, part.code, part.content_hash))
        if seal(part.data) != part.content_hash:
            found.append(f"{part.kind} {part.code}")
    if seal_whole(snapshot.head, sealed) != snapshot.content_hash:
        found.append("whole")
    return found
