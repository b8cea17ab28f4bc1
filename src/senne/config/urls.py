"""Every address: accounts and pages under a language, machines' addresses without one."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from senne.core.mailing.views import unsubscribe
from senne.workspace.views.mails import calendar

urlpatterns = [
    path("", include("senne.site.urls_root")),
    path("", include("senne.site.editorial.urls_root")),
    path("calendar/<str:secret>.ics", calendar, name="calendar"),
    path("api/", include("senne.opendata.urls")),
    *i18n_patterns(
        path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
        path("account/", include("senne.workspace.urls_account")),
        path("account/", include("allauth.urls")),
        path("work/", include("senne.workspace.urls")),
        path("data/", include("senne.opendata.urls_pages")),
        path("reports/", include("senne.reports.urls")),
        path("editorial/", include("senne.site.editorial.urls_admin")),
        path("", include("senne.site.editorial.urls")),
        path("", include("senne.site.urls")),
    ),
]

handler403 = "senne.site.views.errors.refused"
handler404 = "senne.site.views.errors.not_found"
handler500 = "senne.site.views.errors.failed"
