"""What a person owes, as rows: one per page to go to, with all that is owed there, by when, and what can be done at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from senne.core.duties import keeping
from senne.core.duties.models import Duty
from senne.core.templatetags.senne import when

AT_ONE_CLICK = frozenset({"report", "stale"})
APPROVALS = frozenset({"validate"})


@dataclass
class Owing:
    """A page to go to: the duties that are fulfilled there, the most urgent first."""

    path: str
    duties: list[Duty] = field(default_factory=list)
    today: date = date.min

    @property
    def what(self) -> str:
        return str(self.duties[0].what)

    @property
    def due(self) -> date:
        return min(duty.due_on for duty in self.duties)

    @property
    def tone(self) -> str:
        """The CSS class: late, soon or later."""
        days = (self.due - self.today).days
        return "late" if days < 0 else "watch" if days <= 7 else "under-way"

    @property
    def reasons(self) -> list[str]:
        """What is owed, with its day, in words."""
        return list(dict.fromkeys(reason_of(duty, self.today) for duty in self.duties))

    @property
    def may_be_unchanged(self) -> bool:
        """Whether one click may do: nothing but a report is owed."""
        return all(duty.kind in AT_ONE_CLICK for duty in self.duties)

    @property
    def is_asked(self) -> bool:
        """Whether a colleague asks for it: the page says what, and takes an answer."""
        return any(duty.kind == "request" for duty in self.duties)

    @property
    def address(self) -> str:
        """The path in the reader's language."""
        return f"/{get_language()}{self.path}"


def reason_of(duty: Duty, today: date) -> str:
    """'Report by 12 December', 'Validate: 3 days late'."""
    words = {
        "report": _("report for the round"),
        "validate": _("validate"),
        "step": _("do a step"),
        "stale": _("report: no news for long"),
        "end": _("close it, or give it another end"),
        "request": _("asked of you"),
        "figure": _("give the figure"),
    }
    what, days = words.get(duty.kind, duty.kind), (today - duty.due_on).days
    if days > 0:
        late = ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
        return f"{what} ({late})"
    if days == 0:
        return _("%(what)s (today)") % {"what": what}
    return _("%(what)s (by %(date)s)") % {"what": what, "date": when(duty.due_on)}


def owed_by(person_id: int, today: date) -> tuple[list[Owing], list[Owing]]:
    """(what is to be done, what is to be approved), the most urgent first: three queries."""
    duties = keeping.owed_by(person_id, today)
    own = [duty for duty in duties if duty.kind not in APPROVALS]
    return _by_page(own, today), _by_page([d for d in duties if d.kind in APPROVALS], today)


def _by_page(duties: Iterable[Duty], today: date) -> list[Owing]:
    found: dict[str, Owing] = {}
    for duty in duties:
        found.setdefault(duty.path, Owing(duty.path, today=today)).duties.append(duty)
    return sorted(found.values(), key=lambda owing: owing.due)
