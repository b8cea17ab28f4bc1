"""The plan room's face: what other rooms may use. Nothing else of this room is imported from outside."""

from senne.plan import actions as do
from senne.plan import changes, explaining, exporting, import_words, importing, overview, queries, words
from senne.plan.models import (
    Action,
    ActionContact,
    ActionDocument,
    ActionLink,
    ActionRelation,
    Axis,
    BudgetLine,
    Characteristic,
    ImportRun,
    Objective,
    ObjectiveLink,
    Plan,
    Step,
    Tag,
    Theme,
)
from senne.plan.picturing import picture_of
from senne.plan.rules import comparison, picture, summary
from senne.plan.rules.budget import totals as budget_totals

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
    "Step",
    "Tag",
    "Theme",
    "budget_totals",
    "changes",
    "comparison",
    "do",
    "explaining",
    "exporting",
    "import_words",
    "importing",
    "overview",
    "picture",
    "picture_of",
    "queries",
    "summary",
    "words",
]
