"""What the post keeps of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Basis, Fate, Holding, Treatment, hold, people_in, treat

treat(
    Treatment(
        "mails",
        _("Mails and notices"),
        _("people named in the plan"),
        _("to tell people what they owe, what is asked of them and what changed, as often as they choose"),
        Basis.PUBLIC_TASK,
        _("the person; the coordination sees to whom a mail went, when, and whether it arrived"),
        _("one year; a mail with a link to one's own data two days"),
    )
)
hold(
    "mails",
    Holding(
        "mailing.mail",
        {
            "to": _("e-mail address"),
            "subject": _("subject"),
            "text": _("text of the mail"),
            "created_at": _("when"),
            "sent_at": _("sent"),
            "state": _("state"),
        },
        people_in("person"),
        fate=Fate.DELETED,
        secret=("person", "headers", "key"),
    ),
    Holding(
        "mailing.notice",
        {
            "kind": _("what it is about"),
            "title": _("title"),
            "detail": _("text"),
            "created_at": _("when"),
        },
        people_in("person"),
        fate=Fate.DELETED,
        secret=("person",),
    ),
    Holding(
        "mailing.mailchoice",
        {"kind": _("what it is about"), "cadence": _("how often")},
        people_in("person"),
        fate=Fate.DELETED,
        secret=("person",),
    ),
)
