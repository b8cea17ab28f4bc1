"""What editorial pages, and Wagtail behind them, keep of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Basis, Fate, Holding, Treatment, hold, innocent, people_in, treat

treat(
    Treatment(
        "editorial",
        _("Editorial pages"),
        _("people of the coordination who write and review them"),
        _("to know who wrote, reviewed and published what"),
        Basis.PUBLIC_TASK,
        _("the coordination; visitors see no author"),
        _("as long as the city keeps the pages; what the editor remembers of a session goes with the person"),
    )
)
hold(
    "editorial",
    # Who made, wrote, decided it is the person themselves: the columns are not told, since another name may stand in one.
    Holding(
        "wagtailcore.page",
        {"title": _("title"), "first_published_at": _("first published")},
        people_in("owner__person", "locked_by__person"),
        secret=("owner", "locked_by"),
    ),
    Holding(
        "wagtailcore.revision",
        {"object_str": _("title"), "created_at": _("when")},
        people_in("user__person"),
        secret=("user",),
    ),
    Holding("editorial.review", {}, people_in("submitted_by__person"), secret=("submitted_by",)),
    Holding("wagtailcore.workflowstate", {}, people_in("requested_by__person"), secret=("requested_by",)),
    Holding(
        "wagtailcore.taskstate",
        {"status": _("review"), "finished_at": _("when"), "comment": _("reason")},
        people_in("finished_by__person"),
        secret=("finished_by",),
    ),
    *(
        Holding(
            f"wagtailcore.{name}",
            {"action": _("what was done"), "label": _("title"), "timestamp": _("when")},
            people_in("user__person"),
            secret=("user",),
        )
        for name in ("pagelogentry", "modellogentry")
    ),
    *(
        Holding(
            f"wagtailcore.{name}",
            {"text": _("text"), "created_at": _("when")},
            people_in("user__person"),
            secret=("user", "resolved_by") if name == "comment" else ("user",),
        )
        for name in ("comment", "commentreply")
    ),
    *(
        Holding(
            name,
            {"title": _("title"), "created_at": _("when")},
            people_in("uploaded_by_user__person"),
            secret=("uploaded_by_user",),
        )
        for name in ("wagtailimages.image", "wagtaildocs.document")
    ),
    Holding("wagtailcore.uploadedfile", {}, people_in("uploaded_by_user__person"), secret=("uploaded_by_user",)),
    *(
        Holding(name, {}, people_in("user__person"), fate=Fate.DELETED, secret=("user",))
        for name in (
            "wagtailadmin.editingsession",
            "wagtailadmin.formstate",
            "wagtailcore.pagesubscription",
            "wagtailusers.userprofile",
        )
    ),
    Holding("wagtailcore.apitoken", {}, people_in("user__person"), fate=Fate.DELETED, secret=("user", "name")),
)
innocent(
    {
        "wagtailcore.task.name": "the name of a step of review",
        "wagtailcore.workflow.name": "the name of a review",
        "wagtailcore.collection.name": "a folder of pictures",
        "wagtailcore.site.site_name": "the site",
        "taggit.tag.name": "a word",
    }
)
