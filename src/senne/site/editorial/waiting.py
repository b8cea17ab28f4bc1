"""What waits in the editor: pages under review and who may decide, drafts that nobody submitted, pages with an hour set."""

from __future__ import annotations

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
    found = [_review(review, user) for review in reviews.order_by("started_at", "pk")]
    states = WorkflowState.objects.filter(status__in=("in_progress", "needs_changes"))
    busy = {int(number) for number in states.values_list("object_id", flat=True)}
    return Queue(
        [one for one in found if one.mine],
        [one for one in found if not one.mine],
        [Waiting(_page(s.object_id), s.created_at) for s in states.filter(status="needs_changes").order_by("pk")],
        _drafts(busy),
        _scheduled(),
    )


def _review(review: Review, user: User) -> Waiting:
    mine = review.task.specific.may_decide(review, user)
    return Waiting(_page(review.revision.object_id), review.started_at, review.submitted_by, mine)


def _page(number: str) -> Any:
    return Page.objects.select_related("locale").get(pk=int(number))


def _drafts(busy: set[int]) -> list[Waiting]:
    """Changes that visitors do not see and that nobody was asked to read."""
    found = Page.objects.filter(depth__gt=FIRST_DEPTH, has_unpublished_changes=True) | Page.objects.filter(
        depth__gte=FIRST_DEPTH, live=False
    )
    found = (
        found.exclude(pk__in=busy).exclude(pk__in=_scheduled_pages()).select_related("locale", "latest_revision__user")
    )
    return [
        Waiting(page, page.latest_revision_created_at, page.latest_revision.user if page.latest_revision else None)
        for page in found.order_by("-latest_revision_created_at", "pk")[:50]
    ]


def _scheduled_pages() -> list[int]:
    found = Revision.objects.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True)
    return [int(number) for number in found]


def _scheduled() -> list[Waiting]:
    """What comes by itself, and when."""
    found = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    return [Waiting(_page(revision.object_id), revision.approved_go_live_at) for revision in found]
