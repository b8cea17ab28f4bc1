"""Read a plan document: upload, look, choose, apply."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from senne.core import files
from senne.core.models import Organisation
from senne.core.policy import can_import
from senne.core.viewing import page_of, who
from senne.plan.api import ImportRun, import_words, importing, queries
from senne.workspace import import_page
from senne.workspace.forms.imports import UploadForm
from senne.workspace.views.common import MANAGERS, must_be, staff_page

LINES_A_PAGE = 200


@staff_page
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a document; the documents read so far."""
    actor = who(request)
    must_be(actor)
    plans = [plan.pk for plan in queries.plans(actor) if can_import(actor, plan.subject())]
    form = UploadForm(request.POST or None, request.FILES or None, plans=queries.plans(actor).filter(pk__in=plans))
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        run = importing.start_import(
            upload.read(),
            upload.name,
            actor=actor,
            plan=form.cleaned_data["plan"],
            organisation=_own_organisation(request),
            visibility=form.cleaned_data["visibility"],
        )
        return redirect("workspace:import", run.pk)
    return render(
        request, "workspace/imports.html", {"form": form, "page": page_of(importing.runs_for(actor), request, 25)}
    )


def _own_organisation(request: HttpRequest) -> Organisation:
    """The organisation whose plan a new one becomes: the highest that the actor manages."""
    actor = who(request)
    found = Organisation.objects.filter(path__in=actor.paths(*MANAGERS)).order_by("path").first()
    found = found or Organisation.objects.order_by("path").first()
    if found is None:
        raise Http404
    return found


def _run(request: HttpRequest, pk: int) -> ImportRun:
    """A run that the actor may go on with; anything else is not there."""
    run: ImportRun | None = importing.runs_for(who(request)).filter(pk=pk).first()
    if run is None or not can_import(who(request), run.subject()):
        raise Http404
    return run


@staff_page
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the document holds, what is strange, what would change; choose and apply."""
    run = _run(request, pk)
    if run.state == ImportRun.State.FAILED:
        return render(request, "workspace/import.html", {"run": run, "problem": import_words.failure_text(run)})
    if run.state != ImportRun.State.PREVIEW:
        report = {k: v for k, v in run.report.items() if k != "refused"}
        context = {"run": run, "written": import_words.written_rows(report), "refused": run.report.get("refused", [])}
        return render(request, "workspace/import.html", context)
    found = importing.preview(run, actor=who(request))
    if request.method == "POST":
        return _act(request, run, found)
    return render(request, "workspace/import.html", {"run": run, **_shown(request, run, found)})


def _act(request: HttpRequest, run: ImportRun, found: importing.Preview) -> HttpResponse:
    actor = who(request)
    if "discard" in request.POST:
        importing.discard(run, actor=actor)
        messages.success(request, _("The document is put aside. Nothing entered the plan."))
        return redirect("workspace:imports")
    importing.choose(run, import_page.posted_choices(request.POST, found), actor=actor)
    if "apply" not in request.POST:
        messages.success(request, _("Your choices are kept."))
        return redirect(request.get_full_path())
    try:
        importing.apply_import(run, actor=actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The document is applied."))
    return redirect(reverse("workspace:import", args=[run.pk]))


def _shown(request: HttpRequest, run: ImportRun, found: importing.Preview) -> dict[str, Any]:
    show = request.GET.get("show", "")
    asked = import_page.questions(run, found)
    asking = [question for question in asked if question.asks]
    many = LINES_A_PAGE // 4 if show == "questions" else import_page.QUESTIONS_SHOWN
    lines = import_page.lines_read(found)
    counts = found.counts()
    return {
        "show": show if show in import_page.SECTIONS else "",
        "counts": [(_(label), counts[kind]) for kind, label in import_words.KINDS.items() if counts[kind]],
        "notes": import_words.notes_of(found.reading.notes, found.unknown),
        "legend": [entry.text for entry in found.draft.legend],
        "questions": Paginator(asking, many).get_page(request.GET.get("page") if show == "questions" else 1),
        "remarks": [question for question in asked if not question.asks],
        "sections": import_page.sections(run, found, show, request.GET.get("page")),
        "conflicts": len(found.difference.conflicts()) + sum(c.state == "conflict" for c in found.difference.plan),
        "nothing": found.difference.is_empty,
        "lines": Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page") if show == "read" else 1),
    }


@staff_page
def document(request: HttpRequest, pk: int) -> Any:
    """The file as it came, for those who may go on with it; always as a download."""
    run = _run(request, pk)
    content = BytesIO(files.read_file(run.file))
    return FileResponse(content, as_attachment=True, filename=run.file_name, content_type="application/octet-stream")
