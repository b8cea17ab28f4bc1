"""What the plan room stores."""

from senne.plan.models.action import Action, BudgetLine, Step
from senne.plan.models.around import (
    ActionContact,
    ActionDocument,
    ActionLink,
    ActionRelation,
    Characteristic,
    Tag,
)
from senne.plan.models.importing import ImportRun
from senne.plan.models.snapshots import Snapshot, SnapshotPart
from senne.plan.models.structure import Axis, Objective, ObjectiveLink, Plan, Sourced, Theme

__all__ = [
    "Action",
    "ActionContact",
    "ActionDocument",
    "ActionLink",
    "ActionRelation",
    "Axis",
    "BudgetLine",
    "Characteristic",
    "ImportRun",
    "Objective",
    "ObjectiveLink",
    "Plan",
    "Snapshot",
    "SnapshotPart",
    "Sourced",
    "Step",
    "Tag",
    "Theme",
]
