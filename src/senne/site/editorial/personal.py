"""What editorial pages, and Wagtail behind them, keep of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Basis, Fate, Holding, Treatment, hold, innocent, people_in, treat

_PAGES = (
    "languageroot", "homeintroduction", "themeintroduction", "themeintroductions", "newslist", "stories", "guides",
    "publications", "news", "story", "guide", "documentpage",
)  # fmt: skip

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
    Holding(
        "wagtailcore.page",
        {"title": _("title"), "owner": _("who made it"), "locked_by": _("locked by")},
        people_in("owner__person", "locked_by__person"),
    ),
    Holding(
        "wagtailcore.revision",
        {"object_str": _("title"), "user": _("who wrote it"), "created_at": _("when")},
        people_in("user__person"),
    ),
    Holding(
        "editorial.review",
        {"submitted_by": _("submitted by"), "finished_by": _("decided by"), "comment": _("reason")},
        people_in("submitted_by__person", "finished_by__person"),
    ),
    Holding(
        "wagtailcore.workflowstate",
        {"requested_by": _("submitted by"), "created_at": _("when")},
        people_in("requested_by__person"),
    ),
    Holding(
        "wagtailcore.taskstate",
        {"finished_by": _("decided by"), "finished_at": _("when"), "comment": _("reason")},
        people_in("finished_by__person"),
    ),
    *(
        Holding(
            f"wagtailcore.{name}",
            {"user": _("who"), "action": _("what was done"), "label": _("title"), "timestamp": _("when")},
            people_in("user__person"),
        )
        for name in ("pagelogentry", "modellogentry")
    ),
    *(
        Holding(
            f"wagtailcore.{name}",
            {"user": _("who wrote it"), "text": _("text"), "created_at": _("when")},
            people_in("user__person"),
            secret=("resolved_by",) if name == "comment" else (),
        )
        for name in ("comment", "commentreply")
    ),
    *(
        Holding(
            name,
            {"title": _("title"), "uploaded_by_user": _("who put it there"), "created_at": _("when")},
            people_in("uploaded_by_user__person"),
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
    {f"editorial.{page}.{column}": "of wagtailcore.page" for page in _PAGES for column in ("owner", "locked_by")}
    | {
        "editorial.twopersontask.name": "the name of a step of review",
        "wagtailcore.groupapprovaltask.name": "the same",
        "wagtailcore.task.name": "the same",
        "wagtailcore.workflow.name": "the name of a review",
        "wagtailcore.collection.name": "a folder of pictures",
        "wagtailcore.site.site_name": "the site",
        "taggit.tag.name": "a word",
    }
)
