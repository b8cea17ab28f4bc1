"""What comments and requests keep of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Basis, Holding, Treatment, hold, people_in, treat

treat(
    Treatment(
        "talk",
        _("Comments and requests among colleagues"),
        _("people named in the plan"),
        _("to work together on a record: say something, ask something of a colleague"),
        Basis.PUBLIC_TASK,
        _("colleagues who see what is internal about that record; never on public pages, in exports or in the API"),
        _("as long as the record that they are about; what its writer takes back is gone at once"),
    )
)
hold(
    "talk",
    Holding(
        "talk.comment",
        {
            "author": _("who wrote it"),
            "text": _("text"),
            "earlier": _("earlier wordings"),
            "told": _("who was told"),
            "created_at": _("when"),
            "state": _("state"),
            "settled_by": _("settled by"),
        },
        people_in("author", "told", "settled_by"),
    ),
    Holding(
        "talk.request",
        {
            "what": _("what is asked"),
            "asked_by": _("asked by"),
            "asked": _("asked"),
            "sentence": _("in a sentence"),
            "due_on": _("due"),
            "answer": _("answer"),
            "state": _("state"),
            "settled_by": _("settled by"),
        },
        people_in("asked_by", "asked", "settled_by"),
    ),
)
