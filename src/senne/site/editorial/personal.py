"""What editorial pages keep of the people who write them (see core/privacy/register.py). The tables are Wagtail's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Basis, Fate, Holding, Treatment, hold, innocent, people_in, treat

treat(
    Treatment(
        "editorial",
        _("Editorial pages"),
        _("staff who write, translate or review pages of the site"),
        _("to know who wrote a page, who read it before it was published, and why it was sent back"),
        Basis.PUBLIC_TASK,
        _("those who write pages; no name is published unless the text itself says it"),
        _("as long as the page; after erasure under a number"),
    )
)
hold(
    "editorial",
    Holding(
        "wagtailcore.page",
        {"title": _("page"), "first_published_at": _("first published")},
        people_in("owner__person", "locked_by__person"),
        secret=("owner", "locked_by"),
    ),
    Holding(
        "wagtailcore.revision",
        {"object_str": _("page"), "created_at": _("saved")},
        people_in("user__person"),
        secret=("user",),
    ),
    Holding(
        "wagtailcore.pagelogentry",
        {"label": _("page"), "action": _("what was done"), "timestamp": _("when")},
        people_in("user__person"),
        secret=("user",),
    ),
    Holding(
        "wagtailcore.taskstate",
        {"status": _("review"), "comment": _("reason"), "finished_at": _("when")},
        people_in("finished_by__person"),
        secret=("finished_by",),
    ),
    Holding("editorial.review", {}, people_in("submitted_by__person"), secret=("submitted_by",)),
    Holding("wagtailcore.workflowstate", {}, people_in("requested_by__person"), secret=("requested_by",)),
    Holding("wagtailcore.modellogentry", {}, people_in("user__person"), secret=("user",)),
    Holding(
        "wagtailimages.image",
        {"title": _("picture"), "created_at": _("when")},
        people_in("uploaded_by_user__person"),
        secret=("uploaded_by_user",),
    ),
    Holding(
        "wagtaildocs.document",
        {"title": _("document"), "created_at": _("when")},
        people_in("uploaded_by_user__person"),
        secret=("uploaded_by_user",),
    ),
    # Of use to the person alone, and gone with them.
    *(
        Holding(model, {}, people_in(f"{column}__person"), fate=Fate.DELETED, secret=(column,))
        for model, column in (
            ("wagtailusers.userprofile", "user"),
            ("wagtailadmin.editingsession", "user"),
            ("wagtailadmin.formstate", "user"),
            ("wagtailcore.apitoken", "user"),
            ("wagtailcore.pagesubscription", "user"),
            ("wagtailcore.uploadedfile", "uploaded_by_user"),
            ("wagtailcore.commentreply", "user"),
        )
    ),
    Holding(
        "wagtailcore.comment",
        {},
        people_in("user__person"),
        fate=Fate.DELETED,
        secret=("user", "resolved_by"),
    ),
)
innocent(
    {
        "wagtailcore.site.site_name": "the name of the site",
        "wagtailcore.apitoken.name": "a key for machines, of which nobody here has one",
        "wagtailcore.collection.name": "where pictures and documents are kept",
        "wagtailcore.workflow.name": "the review by a second person",
        "wagtailcore.task.name": "the same",
        "taggit.tag.name": "a word on pictures",
    }
)
