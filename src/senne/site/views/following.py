"""Following a record: by feed reader, or by mail with two confirmations in and one click out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from senne.core.limits import too_many
from senne.core.policy import VISITOR
from senne.core.text import reader_language
from senne.plan.api import changes
from senne.site import subjects
from senne.site.following import asking
from senne.site.following.rules import Cadence
from senne.site.forms import FollowForm, time_stamp
from senne.site.links import address_of
from senne.site.views.feeds import ChangesFeed

QUESTIONS_AN_HOUR = 8


@never_cache
def follow(request: HttpRequest, kind: str, code: str, plan: str = "") -> HttpResponse:
    """Ask to follow. The answer is the same whether or not the address follows already: it betrays nobody."""
    record = subjects.find(kind, code, plan)
    form = FollowForm(request.POST or None, initial={"shown_at": time_stamp()})
    status, sent = 200, False
    if request.method == "POST" and form.is_valid():
        if too_many("follow", request, QUESTIONS_AN_HOUR, 3600):
            form.add_error(None, _("Too many requests from your connection. Try again in an hour."))
            status = 429
        else:
            data = form.cleaned_data
            asking.ask(data["email"], reader_language(), record, Cadence(data["cadence"]), timezone.now())
            sent = True
    if request.method == "POST":
        again = request.POST.copy()
        again["shown_at"] = time_stamp()
        form.data = again
    context = {**_about(record), "form": form, "sent": sent}
    return render(request, "site/following/follow.html", context, status=status)


def _about(record: Any) -> dict[str, Any]:
    return {
        "record": record,
        "record_title": subjects.title_of(record),
        "named": subjects.words_of(record),
        "plan": getattr(record, "plan", None),
    }


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks (mail scanners open links), POST confirms."""
    wish = asking.wish_of(token)
    record = wish.record() if wish else None
    if wish is None or record is None:
        return render(request, "site/following/over.html", status=404)
    if request.method == "POST":
        asking.confirm(wish, timezone.now())
        return redirect(f"{request.path}?done=1")
    return render(
        request, "site/following/confirm.html", {**_about(record), "wish": wish, "done": "done" in request.GET}
    )


@never_cache
@csrf_exempt
def out(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST ends it: from the page's buttons, or straight from the mail program (RFC 8058)."""
    following = asking.following_of(token)
    if following is None:
        return render(request, "site/following/out.html", {"ended": True})
    if request.method == "POST":
        asking.stop(following, everything="all" in request.GET or "all" in request.POST)
        return render(request, "site/following/out.html", {"ended": True})
    return render(request, "site/following/out.html", {"following": following})


class RecordFeed(ChangesFeed):
    """What changed in one record, for visitors, newest first."""

    def get_object(self, request: HttpRequest, kind: str, code: str, plan: str = "") -> Any:
        return subjects.find(kind, code, plan)

    def title(self, obj: Any) -> str:  # type: ignore[override]
        return _("%(title)s: what changed") % {"title": subjects.title_of(obj).shown()[0]}

    def link(self, obj: Any) -> str:  # type: ignore[override]
        return address_of(obj)

    def items(self, obj: Any) -> Iterable[changes.Change]:  # type: ignore[override]
        return changes.latest_changes(VISITOR, 30, obj)
