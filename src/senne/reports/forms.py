"""The form in which staff ask for a report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from senne.core.models import Organisation
from senne.core.policy import Actor
from senne.core.text import LANGUAGE_NAMES, reader_language
from senne.plan.api import Plan, Snapshot
from senne.reports.kinds import FORMAT_NAMES, KINDS
from senne.reports.orders import Order, moments


def _moment(snapshot: Snapshot) -> str:
    values = {"number": snapshot.number, "name": snapshot.name, "day": date_format(snapshot.day)}
    return _("%(number)s · %(name)s (%(day)s)") % values


class OrderForm(forms.Form):
    """Which report, of which moment, compared with which, in which language, about whom."""

    what = forms.ChoiceField(label=pgettext_lazy("noun", "Report"))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=list(LANGUAGE_NAMES.items()))
    moment = forms.ChoiceField(label=gettext_lazy("State on"), required=False)
    since = forms.ChoiceField(
        label=gettext_lazy("Compared with"), required=False,
        help_text=gettext_lazy("For the reports that tell what moved."),
    )  # fmt: skip
    organisation = forms.ChoiceField(
        label=gettext_lazy("Department or body"), required=False,
        help_text=gettext_lazy("For the page and the 15 minutes: what this organisation and those below it do."),
    )  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.moments = {str(snapshot.number): snapshot for snapshot in moments(plan, actor)}
        past = [(number, _moment(snapshot)) for number, snapshot in self.moments.items()]
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (f"{kind.name}.{form}", f"{kind.label} ({FORMAT_NAMES[form]})")
            for kind in KINDS.values()
            if kind.per not in {"action", "objective"}
            for form in kind.formats
        ]
        self.fields["moment"].choices = [("", _("Today")), *past]  # type: ignore[attr-defined]
        self.fields["since"].choices = [("", _("Nothing")), *past]  # type: ignore[attr-defined]
        self.fields["since"].initial = next((n for n, m in self.moments.items() if m.day < today), "")
        units = Organisation.objects.exclude(kind=Organisation.Kind.PARTNER).order_by("path")
        names = [(unit.code, "\u2003" * unit.depth + str(unit.name)) for unit in units]
        self.fields["organisation"].choices = [("", _("The whole plan")), *names]  # type: ignore[attr-defined]
        self.fields["language"].initial = reader_language()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        moment, since = self.moments.get(data.get("moment", "")), self.moments.get(data.get("since", ""))
        if since and moment and since.day >= moment.day:
            self.add_error("since", _("Choose a moment before the one of the report."))
        return data

    def order(self) -> Order:
        """What was asked for, of a form that is valid."""
        data = self.cleaned_data
        name, _dot, form = data["what"].rpartition(".")
        kind = KINDS[name]
        since = self.moments.get(data["since"]) if kind.compares else None
        organisation = data["organisation"] if kind.per == "organisation" else ""
        return Order(self.plan, name, form, data["language"], self.moments.get(data["moment"]), since, organisation)
