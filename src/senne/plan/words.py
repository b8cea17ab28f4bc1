"""The words of the field, each with its choices: status, phase, health and freshness are four different things."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senne.core.words import Visibility as Visibility
from senne.plan.rules import health as health_rules


class Status(models.TextChoices):
    """Where delivery stands; set by a person."""

    TO_START = "to_start", _("To start")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    SUSPENDED = "suspended", _("Suspended")
    ABANDONED = "abandoned", _("Abandoned")


class Phase(models.TextChoices):
    """How mature the action is, from idea to use."""

    IDEA = "idea", _("Idea")
    STUDY = "study", _("Study")
    DECIDED = "decided", _("Decided")
    ROLL_OUT = "roll_out", _("Works or roll-out")
    IN_USE = "in_use", _("In use")


class Health(models.TextChoices):
    """Computed from steps and dates (see rules/health.py); a person may override it with a reason and an expiry."""

    ON_TRACK = health_rules.ON_TRACK, _("On track")
    WATCH = health_rules.WATCH, _("To watch")
    LATE = health_rules.LATE, _("Late")


class Freshness(models.TextChoices):
    """How long ago somebody last reported."""

    CURRENT = "current", _("Current")
    AGEING = "ageing", _("Ageing")
    STALE = "stale", _("Stale")


class Priority(models.TextChoices):
    """Internal order of work."""

    LOW = "low", pgettext_lazy("priority", "Low")
    NORMAL = "normal", pgettext_lazy("priority", "Normal")
    HIGH = "high", pgettext_lazy("priority", "High")


class Precision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class PlanKind(models.TextChoices):
    """What a plan is about."""

    CLIMATE = "climate", _("Climate plan")
    SUSTAINABLE_DEVELOPMENT = "sustainable_development", _("Sustainable-development plan")
    WELFARE = "welfare", _("Welfare centre's plan")
    REGIONAL = "regional", _("Regional plan")
    COVENANT = "covenant", _("Covenant of Mayors")
    OTHER = "other", _("Other plan")


class BudgetNature(models.TextChoices):
    INVESTMENT = "investment", _("Investment")
    OPERATING = "operating", _("Operating")


class BudgetKind(models.TextChoices):
    PLANNED = "planned", _("Planned")
    ACTUAL = "actual", _("Actual")


class BudgetUnit(models.TextChoices):
    EUR = "EUR", _("EUR")
    FTE = "FTE", _("FTE")


class ContactRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    CONTRIBUTOR = "contributor", _("Contributor")
    APPROVER = "approver", _("Approver")


class RelationKind(models.TextChoices):
    """How one action stands to another, read from the first to the second."""

    PRECEDES = "precedes", _("Precedes")
    BLOCKS = "blocks", _("Blocks")
    RELATED = "related", _("Related to")


class ObjectiveLinkKind(models.TextChoices):
    """How an objective stands to one of another plan (or to its double in the same plan)."""

    ANSWERS = "answers", _("Answers")
    SAME_AS = "same_as", _("Same as")


class RoundState(models.TextChoices):
    """Where a reporting round stands."""

    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed for reports")
    PUBLISHED = "published", _("Published")


class ContributionState(models.TextChoices):
    """Where the contribution of one action or objective stands."""

    NOT_BEGUN = "not_begun", _("Not begun")
    DRAFT = "draft", _("Draft")
    REPORTED = "reported", _("Reported")
    SENT_BACK = "sent_back", _("Sent back")
    VALIDATED = "validated", _("Validated")
    PUBLISHED = "published", _("Published")


class AmendmentState(models.TextChoices):
    """Where an amendment stands."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Under review")
    READY = "ready", _("Ready to be adopted")
    ADOPTED = "adopted", _("Adopted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ChangeKind(models.TextChoices):
    """What an amendment does to one object."""

    NEW = "new", _("New")
    REWORD = "reword", _("Reworded")
    CHANGE = "change", _("Changed")
    RETARGET = "retarget", _("Target changed")
    MOVE = "move", _("Moved")
    MERGE = "merge", _("Merged into another")
    REPLACE = "replace", _("Replaced by another")
    ABANDON = "abandon", _("Abandoned")
