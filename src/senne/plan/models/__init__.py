"""What the plan room stores."""

from senne.plan.models.action import Action, BudgetLine, Step
from senne.plan.models.amendments import Amendment, AmendmentChange, RetiredCode
from senne.plan.models.around import (
    ActionContact,
    ActionDocument,
    ActionLink,
    ActionRelation,
    Characteristic,
    Tag,
)
from senne.plan.models.importing import ImportRun
from senne.plan.models.measured import IndicatorLink
from senne.plan.models.rounds import Contribution, Round
from senne.plan.models.snapshots import Snapshot, SnapshotPart
from senne.plan.models.structure import Axis, Objective, ObjectiveLink, Plan, Sourced, Theme

__all__ = [
    "Action",
    "ActionContact",
    "ActionDocument",
    "ActionLink",
    "ActionRelation",
    "Amendment",
    "AmendmentChange",
    "Axis",
    "BudgetLine",
    "Characteristic",
    "Contribution",
    "ImportRun",
    "IndicatorLink",
    "Objective",
    "ObjectiveLink",
    "Plan",
    "RetiredCode",
    "Round",
    "Snapshot",
    "SnapshotPart",
    "Sourced",
    "Step",
    "Tag",
    "Theme",
]
