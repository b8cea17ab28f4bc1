"""The mail that says: your report is ready."""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.reports.models import ReportJob

log = logging.getLogger(__name__)


def tell(job: ReportJob, now: datetime) -> bool:
    """Write to who asked for it, once. Returns whether a mail went out; where the server refuses it, it is tried later.

    The mark comes first: after a crash between mark and mail the page still shows the report, and nobody is told twice.
    """
    user = job.requested_by
    if user is None or not user.is_active or not user.email:
        return False
    mine = ReportJob.objects.filter(pk=job.pk, state=ReportJob.State.READY, told_at=None)
    if not mine.update(told_at=now):
        return False
    subject, body = written(job)
    try:
        send_mail(subject, body, None, [user.email])
    except (smtplib.SMTPException, OSError):
        log.exception("mail about report %s not sent", job)
        ReportJob.objects.filter(pk=job.pk).update(told_at=None)
        return False
    return True


def written(job: ReportJob) -> tuple[str, str]:
    """Subject and text in the reader's language; the address in the same."""
    from senne.reports.jobs import KEPT

    with override(job.reader_language or "fr"):
        values = {
            "report": job.what.label,
            "plan": job.plan.name,
            "format": job.format_name,
            "address": settings.PUBLIC_URL + reverse("reports:job", args=[job.uuid]),
            "until": date_format(timezone.localdate((job.finished_at or timezone.now()) + KEPT - timedelta(days=1))),
        }
        body = _(
            "Hello,\n\nThe report that you asked for is ready: %(report)s, %(plan)s (%(format)s).\n\n%(address)s\n\n"
            "It is kept until %(until)s; after that, ask for a new one."
        )
        return _("Your report is ready: %(report)s") % values, body % values
