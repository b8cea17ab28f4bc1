"""What happens by itself, by the background worker: pages come and go at their hour, the group follows the roles."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from wagtail.models import Page, Revision

from senne.core import chores
from senne.site.editorial.members import keep_members


def keep_calendar(now: datetime) -> int:
    """Publish what was approved for an hour that has come, take off what was to leave. Returns how many pages."""
    leaving = list(Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at"))
    for page in leaving:
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    coming = list(Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at"))
    for revision in coming:
        page = revision.as_object()
        # Its hour has come: Wagtail asks the clock once more, and a clock that is behind must not put it back.
        page.go_live_at = None
        revision.content = page.serializable_data()
        revision.save(update_fields=["content"])
        revision.publish(log_action="wagtail.publish.scheduled")
    return len(leaving) + len(coming)


def is_due(now: datetime) -> bool:
    """Whether a page's hour has come."""
    if Revision.objects.filter(approved_go_live_at__lte=now).exists():
        return True
    return Page.objects.filter(live=True, expire_at__lte=now).exists()


def register() -> None:
    """Called once when the room starts."""
    chores.also("pages published or taken off", keep_calendar, due=is_due)
    chores.also("editors", lambda now: keep_members(timezone.localdate(now)))
