"""Read a plan document: upload, look, choose, apply."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from senne.core.models import Organisation
from senne.core.organisations import root
from senne.core.policy import Role, can_import
from senne.plan.api import ImportRun, importing, queries
from senne.workspace.forms import UploadForm
from senne.workspace.views.common import staff_page, who


@staff_page
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a document; the runs so far."""
    actor = who(request)
    paths = actor.paths(Role.COORDINATION, Role.BODY_MANAGER)
    if not paths:
        raise PermissionDenied
    plans = [plan.pk for plan in queries.plans(actor) if can_import(actor, plan.subject())]
    form = UploadForm(request.POST or None, request.FILES or None, plans=queries.plans(actor).filter(pk__in=plans))
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if upload.size > settings.UPLOAD_LIMIT:
            form.add_error("file", _("The file weighs more than 25 MB. Save the table alone."))
        else:
            organisation = Organisation.objects.filter(path__in=paths).first() or root()
            assert organisation is not None
            run = importing.start_import(
                upload.read(),
                upload.name,
                actor=actor,
                plan=form.cleaned_data["plan"],
                organisation=organisation,
            )
            return redirect("workspace:import", run.pk)
    return render(request, "workspace/imports.html", {"form": form, "runs": importing.runs_for(actor)[:30]})


@staff_page
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the document holds, what is strange, what would change; choose and apply."""
    actor = who(request)
    run = importing.runs_for(actor).filter(pk=pk).first()
    if run is None or not can_import(actor, run.subject()):
        raise Http404
    if run.state == ImportRun.State.FAILED:
        return render(request, "workspace/import.html", {"run": run, "problem": importing.failure_text(run)})
    found = importing.preview(run)
    if request.method == "POST" and run.state == ImportRun.State.PREVIEW:
        return _act(request, run, found)
    return render(request, "workspace/import.html", {"run": run, "preview": _drawn(run, found)})


def _act(request: HttpRequest, run: ImportRun, found: importing.Preview) -> HttpResponse:
    actor = who(request)
    chosen = {a.id: str(request.POST[a.id]) for a in found.anomalies if request.POST.get(a.id) in a.choices}
    chosen |= {k: str(v) for k, v in request.POST.items() if k.startswith("take:")}
    if "discard" in request.POST:
        importing.discard(run, actor=actor)
        return redirect("workspace:imports")
    importing.choose(run, chosen, actor=actor)
    if "apply" not in request.POST:
        messages.success(request, _("Your choices are kept."))
        return redirect("workspace:import", run.pk)
    try:
        importing.apply_import(ImportRun.objects.get(pk=run.pk), actor=actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("workspace:import", run.pk)
    messages.success(request, _("The document is applied."))
    return redirect("workspace:import", run.pk)


def _drawn(run: ImportRun, found: importing.Preview) -> dict[str, Any]:
    counts = found.counts()
    labels = {"theme": _("Themes"), "axis": _("Axes"), "objective": _("Objectives"), "action": _("Actions")}
    return {
        "draft": found.draft.root,
        "counts": [(labels[kind], n) for kind, n in counts.items()],
        "notes": importing.notes_of(found),
        "legend": [entry.text for entry in found.draft.legend],
        "questions": [
            {
                "id": anomaly.id,
                "title": importing.anomaly_title(anomaly),
                "place": importing.rows_text(anomaly),
                "text": " · ".join(anomaly.texts[:3]),
                "choices": [(choice, importing.choice_label(choice)) for choice in anomaly.choices],
                "chosen": run.choices.get(anomaly.id, anomaly.default),
            }
            for anomaly in found.anomalies
        ],
        "changes": importing.difference_lines(found.difference) if run.state == ImportRun.State.PREVIEW else [],
        "conflicts": [
            (f"take:{node.kind}:{known.id}:{change.name}", f"{known.code} {known.name}", change)
            for node, known, changes in found.difference.changed
            for change in changes
            if change.state == "conflict"
        ],
    }
