"""What tells that a report is ready: a notice, which the post carries in the person's language."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core.mailing import notices
from senne.core.mailing.rules import Kind
from senne.core.models import Person
from senne.core.text import LANGUAGES, Text
from senne.reports.models import ReportJob


def tell(job: ReportJob, until: datetime, now: datetime) -> None:
    """Note once that the report is ready and kept until `until`, for the person who asked for it. In the transaction that
    makes it ready: either both hold or neither."""
    person = Person.objects.filter(user_id=job.requested_by_id or 0).first()
    if person is None or job.public:
        return
    title, detail = Text(), Text()
    last_day = timezone.localdate(until - timedelta(days=1))
    for language in LANGUAGES:
        with override(language):
            values = {"report": job.what.label, "plan": job.plan.name.shown(language)[0], "format": job.format_name}
            title[language] = _("%(report)s, %(plan)s (%(format)s)") % values
            detail[language] = _("Kept until %(date)s; after that, ask for a new one.") % {
                "date": date_format(last_day)
            }
    news = notices.News(f"report:{job.uuid}", person.pk, Kind.READY, title, f"/reports/jobs/{job.uuid}/", detail)
    notices.note([news], now)
