"""What waits in the editor: pages under review and who may decide, drafts that nobody submitted, pages with an hour set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Page, Revision, WorkflowState

from senne.core.models import User
from senne.site.editorial.models import Review
from senne.site.editorial.translating import FIRST_DEPTH


@dataclass(frozen=True)
class Waiting:
    """A page that waits: since (or until) when, for whom."""

    page: Any
    at: datetime | None
    by: Any = None
    mine: bool = False


@dataclass(frozen=True)
class Queue:
    """Everything that waits, the oldest first."""

    to_review: list[Waiting]
    submitted: list[Waiting]
    sent_back: list[Waiting]
    drafts: list[Waiting]
    scheduled: list[Waiting]


def queue(user: User) -> Queue:
    """What waits, as that user sees it: what they may decide apart from what somebody else has to."""
    reviews = Review.objects.filter(status="in_progress").select_related("submitted_by", "revision", "task")
    reviews = list(reviews.order_by("started_at", "pk"))
    states = list(WorkflowState.objects.filter(status__in=("in_progress", "needs_changes")).order_by("pk"))
    coming = list(Revision.objects.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at"))
    pages = _pages([*(review.revision for review in reviews), *states, *coming])
    found = [_review(review, pages, user) for review in reviews]
    scheduled = {int(revision.object_id) for revision in coming}
    return Queue(
        [one for one in found if one.mine],
        [one for one in found if not one.mine],
        [Waiting(pages[int(s.object_id)], s.created_at) for s in states if s.status == "needs_changes"],
        _drafts({int(state.object_id) for state in states} | scheduled),
        [Waiting(pages[int(revision.object_id)], revision.approved_go_live_at) for revision in coming],
    )


def _pages(about: Iterable[Any]) -> dict[int, Page]:
    """The pages that these reviews and revisions are about, by number: one query."""
    found: dict[int, Page] = Page.objects.select_related("locale").in_bulk([int(one.object_id) for one in about])
    return found


def _review(review: Review, pages: Mapping[int, Page], user: User) -> Waiting:
    mine = review.task.specific.may_decide(review, user)
    return Waiting(pages[int(review.revision.object_id)], review.started_at, review.submitted_by, mine)


def _drafts(busy: set[int]) -> list[Waiting]:
    """Changes that visitors do not see and that nobody was asked to read; not of the pages that are busy."""
    found = Page.objects.filter(depth__gt=FIRST_DEPTH, has_unpublished_changes=True) | Page.objects.filter(
        depth__gte=FIRST_DEPTH, live=False
    )
    found = found.exclude(pk__in=busy).select_related("locale", "latest_revision__user")
    return [
        Waiting(page, page.latest_revision_created_at, page.latest_revision.user if page.latest_revision else None)
        for page in found.order_by("-latest_revision_created_at", "pk")[:50]
    ]
