"""Public pages, each under its language."""

from django.urls import path, re_path

from senne.site.views import actions, contact, feeds, home, organisations, pages, plans, privacy, ties, versions

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("plans/", plans.plan_list, name="plans"),
    path("plans/<str:plan>/", plans.plan, name="plan"),
    path("plans/<str:plan>/ties/", ties.ties, name="ties"),
    path("plans/<str:plan>/versions/", versions.versions, name="versions"),
    path("plans/<str:plan>/versions/compare/", versions.compare, name="compare"),
    path("plans/<str:plan>/versions/<int:number>/", versions.version, name="version"),
    path("plans/<str:plan>/versions/<int:number>.json", versions.version_json, name="version_json"),
    re_path(
        r"^plans/(?P<plan>[^/]+)/versions/(?P<number>[0-9]+)/(?P<kind>objective|action)s/(?P<code>[^/]+)/$",
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
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/<slug:code>/", organisations.organisation, name="organisation"),
    path("changes/", home.changes, name="changes"),
    path("changes/feed/", feeds.ChangesFeed(), name="feed"),
    path("contact/", contact.contact, name="contact"),
    path("contact/thanks/", contact.thanks, name="thanks"),
    path("pages/privacy/", privacy.register, name="privacy"),
    path("pages/<slug:name>/", pages.page, name="page"),
    path("privacy/yours/", privacy.ask, name="your_data"),
    path("privacy/yours/<str:token>/", privacy.yours, name="your_data_open"),
    path("privacy/yours/<str:token>/download/", privacy.download, name="your_data_download"),
]
