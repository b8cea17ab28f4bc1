"""What is not translated yet, per language and kind, and a place to write it, one after the other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from senne.core import policy
from senne.core.text import LANGUAGE_NAMES, LANGUAGES, Text
from senne.core.viewing import page_of, who
from senne.plan.api import do
from senne.workspace.translating import KINDS, Untranslated, lacking, shares_for, texts_of
from senne.workspace.views.common import must_be, staff_page
from senne.workspace.words import KIND_LABELS

LONGEST = 20_000


def _kind_label(kind: str) -> str:
    return str(KIND_LABELS[KINDS[kind].model._meta.label_lower])


def _asked(request: HttpRequest) -> dict[str, str]:
    """The filter that the address carries: {kind, to}, empty for all."""
    kind, to = request.GET.get("kind", ""), request.GET.get("to", "")
    return {"kind": kind if kind in KINDS else "", "to": to if to in LANGUAGES else ""}


@staff_page
def missing(request: HttpRequest) -> HttpResponse:
    """The list, with the share written in each language."""
    actor, asked = who(request), _asked(request)
    must_be(actor)
    shares = [
        (code, LANGUAGE_NAMES[code], written, wanted, 100 * written / wanted if wanted else 100)
        for code, (written, wanted) in shares_for(actor).items()
    ]
    page = page_of(lacking(actor, asked["kind"], asked["to"]), request, 50)
    context = {
        "page": page,
        "rows": [(item, _kind_label(item.kind), LANGUAGE_NAMES[item.language], _address(item, asked)) for item in page],
        "shares": shares,
        "asked": asked,
        "kinds": [(name, _kind_label(name)) for name in KINDS],
        "languages": list(LANGUAGE_NAMES.items()),
    }
    return render(request, "workspace/translations.html", context)


def _address(item: Untranslated, asked: dict[str, str]) -> str:
    """Where to write it; the filter goes along, so that the next one is of the same sort."""
    path = reverse("workspace:translate", args=[item.kind, item.pk, item.field, item.language])
    return f"{path}?{urlencode(asked)}"


@staff_page
def write(request: HttpRequest, kind: str, pk: int, field: str, to: str) -> HttpResponse:
    """One text in one language, with the others beside it; then the next."""
    shape = KINDS.get(kind)
    record = shape.model._default_manager.filter(pk=pk).first() if shape else None
    if shape is None or record is None or to not in LANGUAGES or field not in {f.name for f in texts_of(shape.model)}:
        raise Http404
    subject = do.translation_subject(record)
    if not policy.can_view(who(request), subject):
        raise Http404
    policy.require("translate", who(request), subject)
    text: Text = getattr(record, field)
    written, error = request.POST.get("text", ""), ""
    if request.method == "POST":
        error = _fault(written)
        if not error:
            return _save(request, record, field, to, written)
    context = {
        "kind_label": _kind_label(kind),
        "code": shape.code(record),
        "label": record._meta.get_field(field).verbose_name,
        "written": written or text.get(to, ""),
        "error": error,
        **_beside(text, to),
        "back": f"{reverse('workspace:translations')}?{urlencode(_asked(request))}",
    }
    return render(request, "workspace/translate.html", context)


def _beside(text: Text, to: str) -> dict[str, Any]:
    """The text in the languages that there are, and how much room a translation takes."""
    others = [(code, LANGUAGE_NAMES[code], text[code]) for code in LANGUAGES if code != to and text.get(code)]
    longest = max((len(written) for _code, _name, written in others), default=0)
    return {"to": to, "to_name": LANGUAGE_NAMES[to], "others": others, "lines": min(16, 2 + longest // 60)}


def _fault(written: str) -> str:
    if not written.strip():
        return _("Write the text, or go back to the list.")
    if len(written) > LONGEST:
        return _("At most %(limit)s characters fit here.") % {"limit": LONGEST}
    return ""


def _save(request: HttpRequest, record: Any, field: str, to: str, written: str) -> HttpResponse:
    actor, asked = who(request), _asked(request)
    do.translate(record, field, to, written, actor=actor)
    asked["to"] = asked["to"] or to
    left = lacking(actor, asked["kind"], asked["to"])
    if not left or "stop" in request.POST:
        messages.success(request, _("The translation is saved."))
        return redirect(f"{reverse('workspace:translations')}?{urlencode(asked)}")
    messages.success(request, _("The translation is saved. Here is the next one."))
    return redirect(_address(left[0], asked))
