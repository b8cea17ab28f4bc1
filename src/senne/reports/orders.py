"""What somebody asks for: which report, of which plan, at which moment, compared with which, in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from senne.core.policy import Actor
from senne.plan.api import Plan, Snapshot, freezing
from senne.reports.kinds import KINDS, Kind


class NotThere(Exception):
    """The plan, moment, organisation, action or objective is not there, or not for this reader."""


@dataclass(frozen=True)
class Order:
    """`snapshot` None: the records of today. `organisation`: the code of a department or body. `code`: of an action or
    objective."""

    plan: Plan
    kind: str
    format: str
    language: str
    snapshot: Snapshot | None = None
    since: Snapshot | None = None
    organisation: str = ""
    code: str = ""

    @property
    def what(self) -> Kind:
        return KINDS[self.kind]


def moments(plan: Plan, actor: Actor) -> list[Snapshot]:
    """Snapshots of the plan that the actor may see, the latest first; what was corrected gives way to its correction."""
    found = list(freezing.snapshots(actor).filter(plan=plan))
    corrected = {snapshot.corrects_id for snapshot in found}
    return [snapshot for snapshot in found if snapshot.pk not in corrected]


def moment_and_since(
    plan: Plan, actor: Actor, asked: Mapping[str, str], kind: Kind, today: date
) -> tuple[Snapshot | None, Snapshot | None]:
    """The snapshot and the one to compare with, from their numbers in `asked` ('snapshot', 'since').

    Without 'since', a report that compares is compared with the latest moment of a day before its own; 'since=none' with
    nothing.
    Raises NotThere for a number that is not there.
    """
    everything = list(freezing.snapshots(actor).filter(plan=plan))
    snapshot = _numbered(everything, asked.get("snapshot", ""))
    if not kind.compares or asked.get("since") == "none":
        return snapshot, None
    if asked.get("since"):
        return snapshot, _earlier(_numbered(everything, asked["since"]), snapshot)
    day = snapshot.day if snapshot else today
    return snapshot, next((m for m in moments(plan, actor) if m.day < day), None)


def _numbered(found: list[Snapshot], number: str) -> Snapshot | None:
    if not number:
        return None
    known = next((snapshot for snapshot in found if str(snapshot.number) == number), None)
    if known is None:
        raise NotThere(f"snapshot {number[:20]}")
    return known


def _earlier(since: Snapshot | None, snapshot: Snapshot | None) -> Snapshot | None:
    if since is not None and snapshot is not None and since.day >= snapshot.day:
        raise NotThere("compared with a later moment")
    return since
