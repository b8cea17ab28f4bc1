"""The editor's own pages: what is to be translated, a translation beside its source, a review, off the site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.models import Page

from senne.core.text import LANGUAGES
from senne.site.editorial import reviewing, translating, waiting
from senne.site.editorial.blocks import FEATURES
from senne.site.editorial.segments import Segment, differences, word_changes
from senne.site.editorial.words import label_of

LONG = 90


def _page(number: int) -> Any:
    found = Page.objects.filter(pk=number, depth__gte=2).first()
    if found is None:
        raise Http404
    return found.specific


# ---- Translations --------------------------------------------------------------------------------------------------


def translations(request: HttpRequest) -> HttpResponse:
    """Every page and how it stands in each language; only what is to be done where asked."""
    rows = translating.rows()
    only = request.GET.get("language", "")
    shown = [r for r in rows if not only or any(s.language == only and s.state in _TO_DO for s in r.states)]
    context = {
        "rows": shown,
        "shares": translating.shares(rows),
        "only": only if only in LANGUAGES else "",
    }
    return render(request, "editorial/admin/translations.html", context)


_TO_DO = frozenset({"missing", "outdated", "draft"})


class SideForm(forms.Form):
    """One field per text of the source; rich text where the source has some."""

    latest = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, segments: list[Segment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, segment in enumerate(segments):
            self.fields[f"text-{number}"] = forms.CharField(
                required=False, label=label_of(segment), widget=_widget(segment)
            )


def _widget(segment: Segment) -> forms.Widget:
    if segment.kind == "html":
        widget: forms.Widget = get_rich_text_editor_widget(features=FEATURES)
        return widget
    if len(segment.text) > LONG:
        return forms.Textarea({"rows": max(2, len(segment.text) // 80 + 1)})
    return forms.TextInput()


def beside(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """The source and one translation, text by text, with what changed in the source since it was last saved."""
    if language not in LANGUAGES:
        raise Http404
    page = _page(number)
    versions = {v.locale.language_code: v for v in page.get_translations(inclusive=True).specific()}
    source = translating.source_of(versions)
    if source.locale.language_code == language:
        return redirect("wagtailadmin_pages:edit", source.pk)
    both = translating.beside(source, language)
    segments = [side.source for side in both.sides if not side.gone]
    shown = [side for side in both.sides if not side.gone]
    revision = both.target.latest_revision_id if both.target is not None else 0
    initial = {"latest": revision or 0, **{f"text-{n}": side.text for n, side in enumerate(shown)}}
    form = SideForm(request.POST or None, initial=initial, segments=segments)
    if request.method == "POST" and form.is_valid():
        texts = {s.place: form.cleaned_data[f"text-{n}"] for n, s in enumerate(segments)}
        try:
            latest = form.cleaned_data["latest"] or 0
            saved = translating.save_translation(source, language, texts, user=request.user, latest=latest)  # type: ignore[arg-type]
            if "submit" in request.POST:
                reviewing.submit(saved, request.user)  # type: ignore[arg-type]
            messages.success(request, _("Saved as a draft."))
            return redirect("editorial_beside", saved.pk, language)
        except ValidationError as error:
            for line in _told(error):
                form.add_error(None, line)
    return render(request, "editorial/admin/beside.html", _beside_context(both, form, language))


def _beside_context(both: translating.Beside, form: SideForm, language: str) -> dict[str, Any]:
    lines, number = [], 0
    for side in both.sides:
        words = word_changes(side.before or "", side.source.text) if side.before else []
        field = None if side.gone else form[f"text-{number}"]
        number += not side.gone
        lines.append({"side": side, "words": words, "field": field, "label": label_of(side.source)})
    target = both.target
    return {
        "both": both,
        "form": form,
        "lines": lines,
        "language": language,
        "media": form.media,
        "may_submit": target is None or not target.workflow_in_progress,
    }


def _told(error: ValidationError) -> list[str]:
    """The messages of an error, however deep they lie in a body."""
    if blocks := getattr(error, "block_errors", None):
        return [line for inner in blocks.values() for line in _told(inner)]
    if outside := getattr(error, "non_block_errors", None):
        return [line for inner in outside.as_data() for line in _told(inner)]
    return list(error.messages)


# ---- Review --------------------------------------------------------------------------------------------------------


def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for me, for somebody else, for nobody yet, and for its hour."""
    return render(request, "editorial/admin/queue.html", {"queue": waiting.queue(request.user)})  # type: ignore[arg-type]


def review(request: HttpRequest, number: int) -> HttpResponse:
    """What changes for visitors, text by text; approve, or send back with a reason."""
    page = _page(number)
    going_on = reviewing.review_of(page)
    form = reviewing.ReasonForm(request.POST if "reject" in request.POST else None)
    may_decide = bool(going_on) and going_on.task.specific.may_decide(going_on, request.user)  # type: ignore[union-attr]
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied
        action = "approve" if "approve" in request.POST else "reject"
        if action == "approve" or form.is_valid():
            comment = form.cleaned_data["comment"] if action == "reject" else ""
            reviewing.decide(page, request.user, action, comment)  # type: ignore[arg-type]
            said = _("Approved.") if action == "approve" else _("Sent back.")
            messages.success(request, said)
            return redirect("wagtailadmin_home")
    draft = page.get_latest_revision_as_object()
    context = {
        "page": page,
        "review": going_on,
        "may_decide": may_decide,
        "form": form,
        "changes": differences(_live_texts(page), translating.segments_of_page(draft)),
        "draft": draft,
    }
    return render(request, "editorial/admin/review.html", context)


def _live_texts(page: Any) -> dict[str, str]:
    """The texts that visitors see now."""
    return {s.place: s.text for s in translating.segments_of_page(page)} if page.live else {}


def offline(request: HttpRequest, number: int) -> HttpResponse:
    """Off the site at once: asks on GET, does on POST."""
    page = _page(number)
    if request.method != "POST":
        return render(request, "editorial/admin/offline.html", {"page": page})
    reviewing.take_offline(page, actor=request.actor, user=request.user)  # type: ignore[attr-defined, arg-type]
    messages.success(request, _("“%(title)s” is off the site.") % {"title": page.title})
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """The submitter takes a page back from review, to go on with it."""
    page = _page(number)
    state = page.current_workflow_state
    if state is None or not state.user_can_cancel(request.user):
        raise PermissionDenied
    state.cancel(user=request.user)
    messages.success(request, _("Taken back from review."))
    return redirect("wagtailadmin_pages:edit", page.pk)
