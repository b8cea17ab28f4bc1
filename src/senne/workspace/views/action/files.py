"""Links and documents of an action."""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senne.core import files
from senne.core.policy import Actor
from senne.core.viewing import who
from senne.plan.api import Action, ActionDocument, ActionLink, do
from senne.workspace.forms.around import DocumentDetailsForm, DocumentForm, LinkForm
from senne.workspace.saving import attempt
from senne.workspace.views.action.children import change_child, remove_child
from senne.workspace.views.action.common import frame, group_address, the_action, the_child
from senne.workspace.views.common import staff_page


@staff_page
def links_and_documents(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Both lists, each with a form for one more; the button says which."""
    action, actor = the_action(request, plan, code), who(request)
    adding = request.POST.get("add", "")
    link_form = LinkForm(request.POST if adding == "link" else None, prefix="link")
    document_form = DocumentForm(
        request.POST if adding == "document" else None,
        request.FILES if adding == "document" else None,
        prefix="document",
    )
    if attempt(link_form, lambda: do.add_child(ActionLink, action, link_form.values(), actor=actor)):
        messages.success(request, _("The link is added."))
        return redirect(group_address(action, "files"))
    if adding == "document" and document_form.is_valid() and _add_document(action, document_form, actor):
        messages.success(request, _("The document is kept."))
        return redirect(group_address(action, "files"))
    context = frame(request, action, "files", link_form=link_form, document_form=document_form)
    return render(request, "workspace/action/files.html", context)


def _add_document(action: Action, form: DocumentForm, actor: Actor) -> bool:
    data = form.cleaned_data
    upload = data["file"]
    # One byte more than the limit is enough to be refused; the rest of a huge file never comes into memory.
    content = upload.read(settings.UPLOAD_LIMIT + 1)
    return attempt(
        form,
        lambda: do.add_document(action, content, upload.name, label=data["label"], public=data["public"], actor=actor),
    )


@staff_page
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a link."""
    record = the_child(request, ActionLink, pk)
    form = LinkForm(request.POST or None, initial={"url": record.url, "label": record.label})
    return change_child(request, record, form, "files", str(record))


@staff_page
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said about a document, and who may read it."""
    record = the_child(request, ActionDocument, pk)
    form = DocumentDetailsForm(request.POST or None, initial={"label": record.label, "public": record.public})
    return change_child(request, record, form, "files", str(record))


@staff_page
@require_POST
def remove_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link away; the history keeps it."""
    return remove_child(request, the_child(request, ActionLink, pk), "files", _("Removed. The history keeps it."))


@staff_page
@require_POST
def remove_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document off the action; the store keeps the file."""
    return remove_child(request, the_child(request, ActionDocument, pk), "files", _("Removed. The history keeps it."))


@staff_page
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it came, always as a download."""
    record = the_child(request, ActionDocument, pk, "see_internal")
    content = BytesIO(files.read_file(record.file))
    name, kind = record.file.name, "application/octet-stream"
    return FileResponse(content, as_attachment=True, filename=name, content_type=kind)  # type: ignore[return-value]
