"""Plan → theme → axis → objective."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person, StoredFile, Versioned
from senne.core.policy import ContactRole, Subject
from senne.core.text import TextField
from senne.plan.words import ObjectiveLinkKind, PlanKind, Visibility

code_shape = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$", _("A code holds letters, digits, dots and dashes, and no space.")
)


class CodeField(models.CharField):
    """The short name of a record in its plan, as it stands in addresses."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("validators", [code_shape])
        kwargs.setdefault("verbose_name", _("code"))
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class Sourced(Versioned):
    """A record that knows the file, sheet or page, and row it came from, and what was read there."""

    source = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    source_sheet = models.CharField(max_length=200, blank=True, editable=False)
    source_row = models.PositiveIntegerField(null=True, blank=True, editable=False)
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    code_given = models.BooleanField(default=True, editable=False)
    imported = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True


class Plan(Versioned):
    """A plan of the city, of one of its bodies, or one above it that ours answers."""

    code = CodeField(unique=True)
    name = TextField(_("name"), required=True)
    description = TextField(_("description"))
    kind = models.CharField(_("kind"), max_length=30, choices=PlanKind.choices, default=PlanKind.CLIMATE)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="plans", verbose_name=_("organisation"))
    is_main = models.BooleanField(_("the plan of the home page"), default=False)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    start_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    ageing_after = models.PositiveSmallIntegerField(_("reports age after (days)"), default=120)
    stale_after = models.PositiveSmallIntegerField(_("reports are stale after (days)"), default=365)
    source = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-is_main", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["is_main"], condition=Q(is_main=True), name="one_main_plan"),
            models.CheckConstraint(condition=Q(stale_after__gte=models.F("ageing_after")), name="plan_stale_later"),
            models.CheckConstraint(
                condition=Q(end_year=None) | Q(start_year=None) | Q(end_year__gte=models.F("start_year")),
                name="plan_ends_after",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def subject(self) -> Subject:
        return Subject(
            "plan",
            self.organisation.path,
            self.organisation.house,
            public=self.visibility == Visibility.PUBLIC,
        )


class Theme(Sourced):
    """A chapter of the plan, with its vision."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="themes", verbose_name=_("plan"))
    code = CodeField()
    name = TextField(_("name"), required=True)
    description = TextField(_("vision"))
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "code"], name="theme_code_once")]

    def __str__(self) -> str:
        return str(self.name)

    def subject(self) -> Subject:
        return self.plan.subject()


class Axis(Sourced):
    """A line of work within a theme."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="axes", verbose_name=_("plan"))
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="axes", verbose_name=_("theme"))
    code = CodeField()
    name = TextField(_("name"), required=True)
    description = TextField(_("description"))
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "code"], name="axis_code_once")]

    def __str__(self) -> str:
        return str(self.name)

    def subject(self) -> Subject:
        return self.plan.subject()


class Objective(Sourced):
    """What the plan wants to have reached: a statement, a horizon, a quantified target where there is one."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="objectives", verbose_name=_("plan"))
    axis = models.ForeignKey(Axis, models.CASCADE, related_name="objectives", verbose_name=_("axis"))
    code = CodeField()
    statement = TextField(_("statement"), required=True)
    description = TextField(_("description"))
    horizon = models.PositiveSmallIntegerField(_("horizon (year)"), null=True, blank=True)
    target_quantity = TextField(_("what the target measures"))
    target_unit = models.CharField(_("unit of the target"), max_length=40, blank=True)
    target_value = models.DecimalField(_("target"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("year of the target"), null=True, blank=True)
    baseline_value = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"), null=True, blank=True)
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="objectives",
        verbose_name=_("lead organisation"),
    )
    owner = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="objectives", verbose_name=_("owner")
    )
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    order = models.PositiveIntegerField(default=0)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    news = TextField(_("where it stands, in words"))
    last_reported_on = models.DateField(_("last report"), null=True, blank=True)
    extra = models.JSONField(_("other columns"), default=dict, blank=True)

    class Meta:
        ordering = ["order", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="objective_code_once"),
            models.CheckConstraint(
                condition=Q(target_value=None) | ~Q(target_year=None), name="objective_target_has_year"
            ),
        ]

    def __str__(self) -> str:
        return str(self.statement)

    def subject(self) -> Subject:
        lead = self.lead or self.plan.organisation
        contacts = {(self.owner_id, ContactRole.OWNER)} if self.owner_id else set()
        public = self.visibility == Visibility.PUBLIC and self.plan.visibility == Visibility.PUBLIC
        return Subject("objective", lead.path, lead.house, public, frozenset(), frozenset(contacts))


class ObjectiveLink(models.Model):
    """An objective that answers one of another plan, or is the same as another: plans are tied, nothing is entered twice."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="links")
    other = models.ForeignKey(Objective, models.CASCADE, related_name="links_back")
    kind = models.CharField(max_length=10, choices=ObjectiveLinkKind.choices, default=ObjectiveLinkKind.ANSWERS)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["objective", "other"], name="objective_link_once"),
            models.CheckConstraint(condition=~Q(objective=models.F("other")), name="objective_link_other"),
        ]

    def __str__(self) -> str:
        return f"{self.objective_id} {self.kind} {self.other_id}"
