"""How often a person is written to about what, and when they are away."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from senne.core.mailing.notices import heading
from senne.core.mailing.rules import Cadence, Kind
from senne.core.models import Person
from senne.workspace.fields import DayField
from senne.workspace.forms.base import PersonChoiceField, Rows, WorkForm

CADENCES = (
    (Cadence.AT_ONCE.value, _("At once")),
    (Cadence.DAILY.value, _("Once a day")),
    (Cadence.WEEKLY.value, _("On Mondays")),
    (Cadence.NEVER.value, _("Never")),
)


class MailsForm(WorkForm):
    """One choice for each kind of mail; what is left out stays as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Kind:
            self.fields[kind.value] = forms.ChoiceField(label=heading(kind.value), choices=CADENCES, required=False)


class AbsenceForm(WorkForm):
    """From when until when, and who stands in."""

    start = DayField(label=_("From"))
    end = DayField(label=_("Until (included)"))
    deputy = PersonChoiceField(Person.objects.none(), label=_("Who stands in"), required=False)
    rows: ClassVar[Rows] = (("start", "end"),)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("deputy", people)
