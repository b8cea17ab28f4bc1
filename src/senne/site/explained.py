"""Why an action is late, fresh or at 33 %: the rules' answers in sentences of the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.core.templatetags.senne import when
from senne.plan.api import Action, explaining


def explained(action: Action, day: date) -> list[str]:
    """One sentence per figure or word that a rule found."""
    lines = [_progress(action)]
    if action.status not in {"done", "abandoned"} and not action.is_closed:
        lines += [*_health(action, day), _freshness(action)]
    return lines


def _progress(action: Action) -> str:
    found = explaining.explain_progress(action)
    if found.basis == "done":
        return _("Progress: 100 %, because the action is done.")
    if found.basis == "left_out":
        return _("Progress: not counted, because the action is abandoned, merged or replaced.")
    if found.basis == "phase":
        return _("Progress: by phase (%(phase)s), because no step is given.") % {"phase": action.get_phase_display()}
    text = ngettext(
        "Progress: %(done)s of %(total)s step done.", "Progress: %(done)s of %(total)s steps done.", found.total
    )
    return text % {"done": found.done, "total": found.total}


def _health(action: Action, day: date) -> list[str]:
    found = explaining.explain_health(action, day)
    lines = [_("Health: %(health)s. %(why)s") % {"health": found.computed.label, "why": _because(action, found)}]
    if found.judged:
        lines.append(
            _("Judged otherwise by the department: %(health)s, until %(until)s. %(reason)s")
            % {"health": found.shown.label, "until": when(found.until), "reason": found.reason.shown()[0]}
        )
    return lines


def _because(action: Action, found: explaining.HealthExplained) -> str:
    step = str(found.step.title) if found.step else ""
    due = when(found.step.due) if found.step else ""
    texts = {
        "step_overdue": _("The step “%(step)s” was due %(due)s and is not done."),
        "step_long_overdue": _("The step “%(step)s” was due %(due)s and is not done 60 days later."),
        "not_started": _("It was to start %(start)s and has not."),
        "suspended": _("It is suspended."),
        "end_passed": _("Its end, %(end)s, has passed."),
        "": _("No step is overdue and its end has not passed."),
    }
    return texts[found.because] % {"step": step, "due": due, "start": when(action.start), "end": when(action.end)}


def _freshness(action: Action) -> str:
    limits = {"ageing": action.plan.ageing_after, "stale": action.plan.stale_after}
    if action.last_reported_on is None:
        return _("News: nobody has reported yet.")
    return _("News: last report %(date)s; reports age after %(ageing)s days and are stale after %(stale)s days.") % {
        "date": when(action.last_reported_on),
        **limits,
    }
