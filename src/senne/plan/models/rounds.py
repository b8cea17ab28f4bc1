"""The reporting round: what is asked, and what each action and objective contributes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person, Versioned
from senne.core.policy import Subject
from senne.core.text import TextField
from senne.plan.models.action import Action
from senne.plan.models.structure import Objective, Plan
from senne.plan.words import ContributionState, RoundState


class Round(Versioned):
    """Once a year (or as often as a city wants) everybody says where they stand; published, it is frozen.

    `questions` holds what is asked beyond status, steps and news: {"action": [question…], "objective": [question…]}, see
    rules/questions.py. `units` limits who is asked; empty means everybody who leads something in the plans.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="rounds", verbose_name=_("organisation")
    )
    name = TextField(_("name"), required=True)
    instructions = TextField(_("instructions"))
    plans = models.ManyToManyField(Plan, related_name="rounds", verbose_name=_("plans"))
    units = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name=_("only these organisations")
    )
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period until"))
    report_by = models.DateField(_("report by"))
    validate_by = models.DateField(_("validate by"))
    questions = models.JSONField(_("questions"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)

    class Meta:
        ordering = ["-period_end", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(period_end__gte=models.F("period_start")), name="round_period"),
            models.CheckConstraint(condition=Q(validate_by__gte=models.F("report_by")), name="round_deadlines"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def subject(self) -> Subject:
        return Subject("round", self.organisation.path, self.organisation.house)


class Contribution(Versioned):
    """What one action or objective contributes to a round: from not begun to published, or sent back with a reason.

    `said` holds the report as it was given (also what the record itself keeps), `answers` the answers to the questions.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="contributions")
    action = models.ForeignKey(Action, models.CASCADE, null=True, blank=True, related_name="contributions")
    objective = models.ForeignKey(Objective, models.CASCADE, null=True, blank=True, related_name="contributions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ContributionState.choices, default=ContributionState.NOT_BEGUN)
    said = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    reported_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    validated_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    validated_at = models.DateTimeField(null=True, blank=True)
    sent_back_because = models.TextField(_("sent back because"), blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["organisation__path", "id"]
        indexes: ClassVar = [models.Index(fields=["round", "state"], name="contribution_board")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(action=None, objective__isnull=False) | Q(action__isnull=False, objective=None),
                name="contribution_of_one",
            ),
            models.UniqueConstraint(fields=["round", "action"], name="contribution_action_once"),
            models.UniqueConstraint(fields=["round", "objective"], name="contribution_objective_once"),
            models.CheckConstraint(
                condition=~Q(state="sent_back") | ~Q(sent_back_because=""), name="contribution_sent_back_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def record(self) -> Action | Objective:
        """The action or objective."""
        found = self.action or self.objective
        assert found is not None
        return found

    def subject(self) -> Subject:
        """The rights over a contribution are those over its record; it is never public by itself."""
        record = self.record.subject()
        return Subject("contribution", record.path, record.house, False, record.partner_houses, record.contacts)
