"""What the plan room keeps of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Basis, Fate, Holding, Treatment, hold, innocent, people_in, treat

hold(
    "people",
    Holding("plan.actioncontact", {"action": _("action"), "person": _("name"), "role": _("role")}, people_in("person")),
    Holding(
        "plan.action",
        {
            "title": _("action"),
            "sponsor": _("political sponsor"),
            "unblocked_by": _("who could unblock it"),
            "lead_text": _("lead, as the document says"),
        },
        people_in("sponsor"),
    ),
    Holding("plan.objective", {"statement": _("objective"), "owner": _("owner")}, people_in("owner")),
    Holding("plan.step", {"title": _("step"), "assignee": _("assignee")}, people_in("assignee")),
)
treat(
    Treatment(
        "reports",
        _("Reports, validations, amendments"),
        _("people who report, validate, prepare or review"),
        _("to know who said where the plan stands, and who decided on its changes"),
        Basis.PUBLIC_TASK,
        _("colleagues of the same house and the coordination"),
        _("as long as the plan's administration; after erasure under a number"),
    )
)
hold(
    "reports",
    Holding(
        "plan.contribution",
        {
            "round": _("reporting round"),
            "action": _("action"),
            "objective": _("objective"),
            "reported_by": _("reported by"),
            "reported_at": _("reported"),
            "validated_by": _("validated by"),
            "validated_at": _("validated"),
        },
        people_in("reported_by", "validated_by"),
    ),
    Holding(
        "plan.amendment",
        {"name": _("amendment"), "prepared_by": _("prepared by"), "reviewed_by": _("reviewed by")},
        people_in("prepared_by", "reviewed_by"),
    ),
    Holding("plan.importrun", {"file_name": _("document read in"), "by": _("read in by")}, people_in("by")),
)
treat(
    Treatment(
        "versions",
        _("Frozen versions of the plan"),
        _("elected sponsors of public actions; whoever is named in a text of the plan"),
        _("to let everybody read for ever what was decided and reported"),
        Basis.PUBLIC_TASK,
        _("everybody, as far as the action is public; colleagues of the same house for what is internal"),
        _("for ever: a frozen version never changes; of itself it names nobody but the sponsors of public actions"),
        _("name of the political sponsor of a public action; names that stand in the texts of actions and objectives"),
        [
            Holding("plan.snapshot", {}, fate=Fate.FROZEN),
            Holding("plan.snapshotpart", {}, fate=Fate.FROZEN),
        ],
    )
)
innocent({"plan.snapshot.taken_by": "the organisation for which it was taken, never a person (plan/freezing.py)"})
