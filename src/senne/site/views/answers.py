"""Questions of citizens with the city's answers, where both agreed that everybody reads them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from senne.core import answers as public
from senne.core.models import PublicAnswer
from senne.core.page_cache import cacheable
from senne.core.records import kind_of
from senne.core.viewing import page_of, who
from senne.plan.api import Action, Objective, queries
from senne.site.views.common import today


@cacheable
def answers(request: HttpRequest) -> HttpResponse:
    """All of them, newest first."""
    page = page_of(public.answers(), request, 15)
    context = {"page": page, "found": with_records(list(page), request), "today": today()}
    return render(request, "site/answers/list.html", context)


def with_records(found: list[PublicAnswer], request: HttpRequest) -> list[tuple[PublicAnswer, Any]]:
    """Each with the record that it is about, where the reader may see one: two queries."""
    seen: dict[tuple[str, int], Any] = {}
    for model, ask in ((Action, queries.actions), (Objective, queries.objectives)):
        kind = kind_of(model)
        numbers = [answer.record_id for answer in found if answer.kind == kind and answer.record_id]
        if numbers:
            seen |= {(kind, record.pk): record for record in ask(who(request)).filter(pk__in=numbers)}
    return [(answer, seen.get((answer.kind, answer.record_id or 0))) for answer in found]


def about(record: Action | Objective) -> list[PublicAnswer]:
    """Those about one record, the latest five."""
    return list(public.answers(kind_of(record), record.pk)[:5])


@never_cache
def answer_off(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever asked takes it off the site: GET asks, POST does."""
    answer = public.answer_of(token)
    done = request.method == "POST" and public.take_off_mine(token)
    context = {"answer": None if done else answer, "done": done}
    return render(request, "site/answers/off.html", context, status=200 if answer or done else 404)
