"""Public pages, each under its language."""

from typing import Any

from django.urls import URLPattern, path, re_path

from senne.site.views import (
    actions,
    answers,
    contact,
    deadlines,
    feeds,
    following,
    home,
    indicators,
    monthly,
    organisations,
    pages,
    plans,
    privacy,
    sharing,
    ties,
    versions,
)

app_name = "site"


def _of_records(place: str, view: Any, name: str, ending: str = "/") -> list[URLPattern]:
    """The same view for what belongs to a plan ('action/CLIMAT/EN-02') and for what does not ('plan/CLIMAT')."""
    return [
        path(f"{place}/<slug:kind>/<str:code>{ending}", view, name=name),
        path(f"{place}/<slug:kind>/<str:plan>/<str:code>{ending}", view, name=name),
    ]


urlpatterns = [
    path("", home.home, name="home"),
    path("plans/", plans.plan_list, name="plans"),
    path("plans/<str:plan>/", plans.plan, name="plan"),
    path("plans/<str:plan>/ties/", ties.ties, name="ties"),
    path("plans/<str:plan>/deadlines.ics", deadlines.deadlines, name="deadlines"),
    path("plans/<str:plan>/versions/", versions.versions, name="versions"),
    path("plans/<str:plan>/versions/compare/", versions.compare, name="compare"),
    path("plans/<str:plan>/versions/<int:number>/", versions.version, name="version"),
    path("plans/<str:plan>/versions/<int:number>.json", versions.version_json, name="version_json"),
    re_path(
        r"^plans/(?P<plan>[^/]+)/versions/(?P<number>[0-9]{1,9})/(?P<kind>objective|action|indicator)s/(?P<code>[^/]+)/$",
        versions.version_part,
        name="version_part",
    ),
    path("plans/<str:plan>/themes/<str:code>/", plans.theme, name="theme"),
    path("plans/<str:plan>/axes/<str:code>/", plans.axis, name="axis"),
    path("plans/<str:plan>/objectives/<str:code>/", plans.objective, name="objective"),
    path("plans/<str:plan>/actions/<str:code>/", actions.action, name="action"),
    path("documents/<int:pk>/", actions.document, name="document"),
    path("actions/", actions.action_list, name="actions"),
    path("objectives/", plans.monitoring, name="monitoring"),
    path("indicators/", indicators.indicator_list, name="indicators"),
    path("indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/<slug:code>/", organisations.organisation, name="organisation"),
    path("changes/", home.changes, name="changes"),
    path("changes/feed/", feeds.ChangesFeed(), name="feed"),
    re_path(r"^changes/(?P<month>[0-9]{4}-[0-9]{2})/$", monthly.month, name="month"),
    path("follow/confirm/<str:token>/", following.confirm, name="follow_confirm"),
    path("follow/out/<str:token>/", following.out, name="follow_out"),
    *_of_records("follow", following.follow, "follow"),
    *_of_records("feeds", following.RecordFeed(), "record_feed"),
    *_of_records("embed", sharing.embed, "embed"),
    *_of_records("share", sharing.picture, "share_picture", ".png"),
    *_of_records("share", sharing.share, "share"),
    path("answers/", answers.answers, name="answers"),
    path("answers/off/<str:token>/", answers.answer_off, name="answer_off"),
    path("contact/", contact.contact, name="contact"),
    path("contact/thanks/", contact.thanks, name="thanks"),
    path("pages/privacy/", privacy.register, name="privacy"),
    path("pages/<slug:name>/", pages.page, name="page"),
    path("privacy/yours/", privacy.ask, name="your_data"),
    path("privacy/yours/<str:token>/", privacy.yours, name="your_data_open"),
    path("privacy/yours/<str:token>/download/", privacy.download, name="your_data_download"),
]
