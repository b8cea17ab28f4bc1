"""Pages of the staff."""

from django.urls import path

from senne.workspace.views import actions, feedback, home, imports, people, structure, translations

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
    path("new-action/", actions.new, name="new_action"),
    path("actions/<str:plan>/<str:code>/", actions.edit, name="action"),
    path("actions/<str:plan>/<str:code>/report/", actions.report, name="report"),
    path("actions/<str:plan>/<str:code>/health/", actions.judge, name="judge"),
    path("actions/<str:plan>/<str:code>/steps/", actions.add_step, name="add_step"),
    path("steps/<int:pk>/remove/", actions.remove_step, name="remove_step"),
    path("history/<str:plan>/<str:code>/", actions.history, name="history"),
    path("objectives/<str:plan>/<str:code>/", structure.objective, name="objective"),
    path("translations/", translations.missing, name="translations"),
    path("translations/<str:kind>/<int:pk>/<str:field>/<str:to>/", translations.write, name="translate"),
    path("feedback/", feedback.inbox, name="feedback"),
    path("feedback/<int:pk>/", feedback.one_message, name="feedback_one"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="new_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("organisations/", people.organisations, name="organisations"),
    path("organisations/new/", people.new_organisation, name="new_organisation"),
    path("organisations/<int:pk>/", people.organisation, name="organisation"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.preview, name="import"),
    path("outbox/", home.outbox, name="outbox"),
]
