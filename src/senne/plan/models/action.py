"""Action → step, and the action's budget lines."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person, Versioned
from senne.core.periods import PartialDate, partial
from senne.core.policy import ContactRole, Subject
from senne.core.text import TextField
from senne.plan.models.structure import CodeField, Objective, Plan, Sourced
from senne.plan.rules import freshness, health
from senne.plan.words import (
    BudgetKind,
    BudgetNature,
    BudgetUnit,
    Freshness,
    Health,
    Phase,
    Precision,
    Priority,
    Status,
    Visibility,
)


class Action(Sourced):
    """What somebody does for one or several objectives, of one or several plans. `plan` is the one that gives its code."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="actions", verbose_name=_("plan"))
    objectives = models.ManyToManyField(Objective, related_name="actions", verbose_name=_("objectives"))
    code = CodeField()
    title = TextField(_("title"), required=True)
    description = TextField(_("description"))
    expected_effect = TextField(_("expected effect"))
    characteristics = models.ManyToManyField(
        "plan.Characteristic", blank=True, related_name="actions", verbose_name=_("characteristics")
    )
    tags = models.ManyToManyField("plan.Tag", blank=True, related_name="actions", verbose_name=_("tags"))
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_actions",
        verbose_name=_("lead organisation"),
    )
    lead_text = models.CharField(_("lead, as the document says"), max_length=500, blank=True)
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="partner_actions", verbose_name=_("partners")
    )
    sponsor = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sponsored_actions",
        verbose_name=_("political sponsor"),
    )
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.TO_START)
    status_reason = TextField(_("reason of the status"))
    status_since = models.DateField(null=True, blank=True, editable=False)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices, default=Phase.IDEA)
    priority = models.CharField(_("priority"), max_length=8, choices=Priority.choices, default=Priority.NORMAL)
    start_on = models.DateField(_("start"), null=True, blank=True)
    start_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    end_on = models.DateField(_("end"), null=True, blank=True)
    end_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    continuous = models.BooleanField(_("continuous action"), default=False)
    internal_notes = models.TextField(_("internal notes"), blank=True)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    news = TextField(_("where it stands, in words"))
    coming = TextField(_("what comes next"))
    blockers = TextField(_("what blocks it"))
    unblocked_by = models.CharField(_("who could unblock it"), max_length=200, blank=True)
    last_reported_on = models.DateField(_("last report"), null=True, blank=True)
    location = models.JSONField(_("place (GeoJSON geometry)"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    order = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    superseded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
    )
    copy_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name=_("copy of")
    )
    extra = models.JSONField(_("other columns"), default=dict, blank=True)

    # Derived by plan.actions from the facts above; never edited.
    watch_from = models.DateField(default=health.NEVER, editable=False, db_index=True)
    late_from = models.DateField(default=health.NEVER, editable=False, db_index=True)
    progress_permille = models.PositiveSmallIntegerField(null=True, editable=False)
    health_override = models.CharField(_("health, as judged"), max_length=10, choices=Health.choices, blank=True)
    health_override_until = models.DateField(_("judgement holds until"), null=True, blank=True)
    health_override_reason = TextField(_("reason of the judgement"))

    class Meta:
        ordering = ["order", "code"]
        indexes: ClassVar = [models.Index(fields=["visibility", "status"], name="action_seen")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="action_code_once"),
            models.CheckConstraint(
                condition=Q(health_override="") | Q(health_override_until__isnull=False),
                name="action_override_expires",
            ),
            models.CheckConstraint(
                condition=Q(start_on=None)
                | Q(end_on=None)
                | ~Q(start_precision="day")
                | ~Q(end_precision="day")
                | Q(end_on__gte=models.F("start_on")),
                name="action_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def start(self) -> PartialDate | None:
        return partial(self.start_on, self.start_precision)

    @property
    def end(self) -> PartialDate | None:
        return partial(self.end_on, self.end_precision)

    @property
    def is_closed(self) -> bool:
        """Merged into or replaced by another: kept for its history, counted nowhere."""
        return bool(self.merged_into_id or self.superseded_by_id)

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC and self.plan.visibility == Visibility.PUBLIC

    def facts(self) -> health.ActionFacts:
        """The action as the rules see it (reads `steps`: prefetch them in lists)."""
        steps = tuple(health.StepFacts(step.due, step.done_on is not None) for step in self.steps.all())
        return health.ActionFacts(
            self.status,
            self.phase,
            self.start,
            self.end,
            self.continuous,
            self.is_closed,
            self.status_since if self.status == Status.SUSPENDED else None,
            steps,
        )

    def computed_health(self, day: date) -> Health:
        return Health(health.health_on(health.HealthDates(self.watch_from, self.late_from), day))

    def health_on(self, day: date) -> Health:
        """The health shown on `day`: the override while it holds, else the computed one."""
        return Health(
            health.effective_health(self.computed_health(day), self.health_override, self.health_override_until, day)
        )

    def freshness_on(self, day: date) -> Freshness:
        return Freshness(
            freshness.freshness_on(self.last_reported_on, day, self.plan.ageing_after, self.plan.stale_after)
        )

    @property
    def progress_percent(self) -> int | None:
        """Whole per cent for a page (None where the action does not count)."""
        return None if self.progress_permille is None else self.progress_permille // 10

    def subject(self) -> Subject:
        """Reads partners and contacts: prefetch them in lists."""
        lead = self.lead or self.plan.organisation
        return Subject(
            "action",
            lead.path,
            lead.house,
            self.is_public,
            frozenset(partner.house for partner in self.partners.all()),
            frozenset((contact.person_id, ContactRole(contact.role)) for contact in self.contacts.all()),
        )


class Step(Versioned):
    """A stage of an action that can be ticked off."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="steps")
    title = TextField(_("title"), required=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    due_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    assignee = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="steps", verbose_name=_("assignee")
    )
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def due(self) -> PartialDate | None:
        return partial(self.due_on, self.due_precision)

    def is_overdue(self, day: date) -> bool:
        return self.due is not None and self.done_on is None and self.due.last_day < day


class BudgetLine(models.Model):
    """Money or people: investment or operating, planned or actual, of one year, and who pays."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="budget")
    nature = models.CharField(_("nature"), max_length=12, choices=BudgetNature.choices, blank=True)
    kind = models.CharField(_("planned or actual"), max_length=8, choices=BudgetKind.choices)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=3, choices=BudgetUnit.choices, default=BudgetUnit.EUR)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    approximate = models.BooleanField(_("approximate"), default=False)
    funder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="funded", verbose_name=_("funder")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["year", "nature", "kind", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.year or ''} {self.get_nature_display()} {self.amount} {self.unit}"
