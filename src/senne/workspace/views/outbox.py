"""The mails of a demo city, which leave no machine."""

from __future__ import annotations

import email
from email import policy as mail_policy
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from senne.core.policy import Role
from senne.workspace.views.common import staff_page, who


@staff_page
def outbox(request: HttpRequest) -> HttpResponse:
    """Only where no mail server is set, only for the coordination."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not settings.LOCAL or folder is None or not who(request).paths(Role.COORDINATION):
        raise PermissionDenied
    files = sorted(Path(folder).glob("*.log"), reverse=True)[:50] if Path(folder).exists() else []
    mails = [
        email.message_from_bytes(path.read_bytes().split(b"\n-----")[0], policy=mail_policy.default) for path in files
    ]
    shown = [
        {"to": mail["To"], "subject": mail["Subject"], "date": mail["Date"], "body": mail.get_content()}
        for mail in mails
        if mail["To"]
    ]
    return render(request, "workspace/outbox.html", {"mails": shown})
