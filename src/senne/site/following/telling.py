"""What changed in what people follow, in one mail an address: written by the records themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from senne.core.mailing import post
from senne.core.policy import VISITOR
from senne.plan.api import changes
from senne.site import subjects
from senne.site.changes import sentence
from senne.site.following.asking import TOLD, name_of, out_path
from senne.site.following.rules import Cadence, is_due
from senne.site.links import address_of
from senne.site.models import Following

MOST_LINES = 12
Found = tuple[Following, subjects.Subject, list[changes.Change]]


class Memory:
    """What changed in a record since a moment, asked once however many follow it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._records: dict[tuple[str, int], subjects.Subject | None] = {}
        self._changes: dict[tuple[str, int, datetime], list[changes.Change]] = {}

    def record(self, following: Following) -> subjects.Subject | None:
        key = (following.kind, following.record_id)
        if key not in self._records:
            self._records[key] = subjects.by_number(*key)
        return self._records[key]

    def changes(self, following: Following, record: subjects.Subject) -> list[changes.Change]:
        key = (following.kind, following.record_id, following.told_until)
        if key not in self._changes:
            self._changes[key] = changes.changes_between(VISITOR, following.told_until, self.now, record)
        return self._changes[key]


def tell(now: datetime) -> int:
    """Write to every address whose time has come and that has something to hear. Returns how many mails were written."""
    local = timezone.localtime(now)
    due = [
        following
        for following in Following.objects.order_by("email", "pk")
        if is_due(Cadence(following.cadence), timezone.localtime(following.told_until), local)
    ]
    memory = Memory(now)
    return sum(_tell_one(list(own), memory, now) for _email, own in groupby(due, key=lambda one: one.email))


def forget(now: datetime) -> int:
    """End followings of records that are gone or not public any more, and of addresses that an erasure took out."""
    memory = Memory(now)
    gone = [f.pk for f in Following.objects.all() if "@" not in f.email or memory.record(f) is None]
    return Following.objects.filter(pk__in=gone).delete()[0]


@transaction.atomic
def _tell_one(own: list[Following], memory: Memory, now: datetime) -> bool:
    """The mail and the note up to where it tells, together or not at all."""
    found: list[Found] = []
    for following in own:
        record = memory.record(following)
        news = memory.changes(following, record) if record is not None else []
        if record is not None and news:
            found.append((following, record, news))
    Following.objects.filter(pk__in=[following.pk for following in own]).update(told_until=now)
    if not found:
        return False
    first = own[0]
    with override(first.language):
        out = settings.PUBLIC_URL + out_path(found[0][0])
        post.queue(
            f"{TOLD}{name_of(first.email)}:{now.isoformat(timespec='seconds')}",
            first.email,
            _subject(found),
            _text(found),
            language=first.language,
            now=now,
            headers={
                "List-Unsubscribe": f"<{out}?all=1>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
    return True


def _subject(found: list[Found]) -> str:
    if len(found) == 1:
        return _("What changed: %(title)s") % {"title": subjects.title_of(found[0][1]).shown()[0]}
    text = ngettext("%(n)s thing that you follow changed", "%(n)s things that you follow changed", len(found))
    return text % {"n": len(found)}


def _text(found: list[Found]) -> str:
    lines = [_("Hello,"), "", _("this changed in what you follow on the climate plan's site."), ""]
    for _following, record, news in found:
        lines += [subjects.title_of(record).shown()[0].upper(), settings.PUBLIC_URL + address_of(record), ""]
        lines += _told(record, news)
    lines.append("--")
    for following, record, _news in found:
        title = subjects.title_of(record).shown()[0]
        lines += [
            _("No more mails about “%(title)s”:") % {"title": title},
            settings.PUBLIC_URL + out_path(following),
        ]
    lines.append(_("Your address is kept for these mails alone; it is removed with the last thing that you follow."))
    return "\n".join(lines) + "\n"


def _told(record: subjects.Subject, news: Iterable[changes.Change]) -> list[str]:
    news = list(news)
    lines = []
    for change in news[:MOST_LINES]:
        day = date_format(timezone.localtime(change.at), "DATE_FORMAT")
        name = "" if change.record == record else f"{change.record}: "
        lines.append(f"* {day} · {name}{sentence(change)}")
    more = len(news) - MOST_LINES
    if more > 0:
        lines.append("* " + ngettext("and %(n)s more change", "and %(n)s more changes", more) % {"n": more})
    return [*lines, ""]
