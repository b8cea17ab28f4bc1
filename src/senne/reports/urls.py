"""Reports, under each language. Robots keep away from files/ (site/views/feeds.py)."""

from django.urls import path

from senne.reports.views import asking, files, pages

app_name = "reports"
urlpatterns = [
    path("", pages.index, name="index"),
    path("new/", asking.new, name="new"),
    path("jobs/<uuid:uuid>/", asking.job, name="job"),
    path("jobs/<uuid:uuid>/cancel/", asking.cancel, name="cancel"),
    path("files/jobs/<uuid:uuid>/", files.made, name="made"),
    path("files/<str:plan>/actions/<str:code>.pdf", files.sheet, {"kind": "action"}, name="action_sheet"),
    path("files/<str:plan>/objectives/<str:code>.pdf", files.sheet, {"kind": "objective"}, name="objective_sheet"),
    path("files/<str:plan>/<slug:kind>.<slug:form>", files.light, name="file"),
    path("<str:plan>/state/", pages.state, name="state"),
]
