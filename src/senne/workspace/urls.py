"""Pages of the staff."""

from django.urls import include, path

from senne.workspace.views import (
    account,
    amendments,
    board,
    contribution,
    feedback,
    figures,
    history,
    home,
    imports,
    indicators,
    mails,
    measuring,
    new_action,
    objectives,
    organisations,
    outbox,
    parts,
    people,
    person,
    privacy,
    report,
    rounds,
    structure,
    talk,
    trail,
    translations,
)
from senne.workspace.views.action import contacts, fate, fields, files, money, steps, ties, where
from senne.workspace.views.listing import page, paste, saved

app_name = "workspace"

_home = [
    path("", home.home, name="home"),
    path("owed/", home.owed, name="owed"),
    path("list/", home.work_list, name="list"),
    path("unmonitored/", home.unmonitored, name="unmonitored"),
    path("news/", home.news, name="news"),
    path("account/", account.account, name="my_account"),
    path("account/mails/", mails.mails, name="mails"),
    path("account/absences/", mails.add_absence, name="add_absence"),
    path("account/absences/<int:pk>/remove/", mails.remove_absence, name="remove_absence"),
    path("account/calendar/", mails.new_calendar, name="new_calendar"),
    path("account/data/", privacy.my_data, name="my_data"),
    path("account/erasure/", privacy.ask_for_erasure, name="ask_for_erasure"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.mail, name="mail"),
    path("record/<slug:kind>/<int:pk>/history/", history.history, name="record_history"),
    path("history/<str:plan>/<str:code>/", history.action_history, name="history"),
]

_action = [
    path("", fields.what, name="action"),
    path("report/", report.report, name="report"),
    path("who/", fields.who_takes_part, name="action_who"),
    path("when/", fields.when, name="action_when"),
    path("steps/", steps.steps, name="action_steps"),
    path("money/", money.money, name="action_money"),
    path("where/", where.where, name="action_where"),
    path("ties/", ties.ties, name="action_ties"),
    path("indicators/", measuring.of_action, name="action_indicators"),
    path("ties/stop/", ties.stop_serving, name="stop_serving"),
    path("files/", files.links_and_documents, name="action_files"),
    path("internal/", fields.internal, name="action_internal"),
    path("health/", fields.judge, name="judge"),
    path("people/", contacts.add_contact, name="add_contact"),
    path("close/", fate.close, name="close_action"),
    path("reopen/", fate.reopen, name="reopen_action"),
    path("copy/", fate.copy, name="copy_action"),
    path("talk/", talk.about_action, name="action_talk"),
    path("delete/", fate.delete, name="delete_action"),
]

_listing = [
    path("actions/", page.actions, name="actions"),
    path("actions/paste/", paste.paste, name="paste_actions"),
    path("saved-views/", saved.saved_views, name="saved_views"),
]

_around_actions = [
    path("new-action/", new_action.new, name="new_action"),
    path("actions/<str:plan>/<str:code>/", include(_action)),
    path("steps/<int:pk>/", steps.step, name="step"),
    path("steps/<int:pk>/act/", steps.act_on_step, name="act_on_step"),
    path("budget/<int:pk>/", money.budget_line, name="budget_line"),
    path("budget/<int:pk>/remove/", money.remove_line, name="remove_line"),
    path("contacts/<int:pk>/remove/", contacts.remove_contact, name="remove_contact"),
    path("relations/<int:pk>/remove/", ties.unrelate, name="unrelate"),
    path("links/<int:pk>/", files.link, name="link"),
    path("links/<int:pk>/remove/", files.remove_link, name="remove_link"),
    path("documents/<int:pk>/", files.document, name="document"),
    path("documents/<int:pk>/remove/", files.remove_document, name="remove_document"),
    path("documents/<int:pk>/download/", files.download, name="download"),
]

_structure = [
    path("plans/", structure.plans, name="plans"),
    path("new-plan/", parts.new_plan, name="new_plan"),
    path("plans/<str:plan>/", structure.plan, name="plan"),
    path("plans/<str:plan>/edit/", parts.edit_plan, name="edit_plan"),
    path("plans/<str:plan>/delete/", parts.delete_plan, name="delete_plan"),
    path("plans/<str:plan>/new/<slug:kind>/", parts.new_part, name="new_part"),
    path("themes/<str:plan>/<str:code>/", parts.part, {"kind": "theme"}, name="theme"),
    path("axes/<str:plan>/<str:code>/", parts.part, {"kind": "axis"}, name="axis"),
    path("objectives/<str:plan>/<str:code>/", objectives.objective, name="objective"),
    path("objectives/<str:plan>/<str:code>/ties/", objectives.ties, name="objective_ties"),
    path("objective-ties/<int:pk>/remove/", objectives.untie, name="untie"),
    path("objectives/<str:plan>/<str:code>/indicators/", measuring.of_objective, name="objective_indicators"),
    path("parts/<slug:kind>/<str:plan>/<str:code>/move/", parts.move, name="move_part"),
    path("parts/<slug:kind>/<str:plan>/<str:code>/delete/", parts.delete, name="delete_part"),
]

_indicators = [
    path("indicators/", indicators.indicators, name="indicators"),
    path("new-indicator/", indicators.new, name="new_indicator"),
    path("indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("indicators/<slug:code>/edit/", indicators.change, name="edit_indicator"),
    path("indicators/<slug:code>/delete/", indicators.delete, name="delete_indicator"),
    path("indicators/<slug:code>/figure/", figures.figure, name="indicator_figure"),
    path("indicators/<slug:code>/paste/", figures.paste, name="paste_figures"),
    path("indicators/<slug:code>/target/", figures.targets, name="indicator_target"),
    path("figures/<int:pk>/take-back/", figures.take_back, name="take_figure_back"),
    path("targets/<int:pk>/drop/", figures.drop_target, name="drop_target"),
    path("indicator-ties/<int:pk>/remove/", measuring.untie, name="untie_indicator"),
]

_others = [
    path("translations/", translations.missing, name="translations"),
    path("translations/<slug:kind>/<int:pk>/<slug:field>/<slug:to>/", translations.write, name="translate"),
    path("feedback/", feedback.inbox, name="feedback"),
    path("feedback/<int:pk>/", feedback.one_message, name="feedback_one"),
    path("feedback/<int:pk>/publish/", feedback.publish, name="publish_answer"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="new_person"),
    path("people/trail/", trail.trail, name="trail"),
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/roles/give/", person.give_role, name="give_role"),
    path("people/<int:pk>/roles/end/", person.end_role, name="end_role"),
    path("people/<int:pk>/invite/", person.invite, name="invite"),
    path("people/<int:pk>/link/", person.link_account, name="link_account"),
    path("people/<int:pk>/leave/", person.leave, name="leave"),
    path("people/<int:pk>/hand-over/", person.hand_over, name="hand_over"),
    path("people/<int:pk>/erase/", privacy.erase, name="erase_person"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.new, name="new_organisation"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/dissolve/", organisations.dissolve, name="dissolve"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.preview, name="import"),
    path("imports/<int:pk>/file/", imports.document, name="import_file"),
]

_rounds = [
    path("rounds/", rounds.all_rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="new_round"),
    path("rounds/<int:pk>/", board.board, name="round"),
    path("rounds/<int:pk>/edit/", rounds.change, name="edit_round"),
    path("rounds/<int:pk>/step/", rounds.step, name="step_round"),
    path("rounds/<int:pk>/remind/", board.remind, name="remind_round"),
    path("rounds/<int:pk>/publish/", rounds.publish, name="publish_round"),
    path("rounds/<int:round_pk>/<int:pk>/", contribution.contribution, name="contribution"),
    path("versions/<int:pk>/correct/", rounds.correct, name="correct_version"),
]

_amendments = [
    path("amendments/", amendments.amendments, name="amendments"),
    path("amendments/new/", amendments.new, name="new_amendment"),
    path("amendments/<int:pk>/", amendments.amendment, name="amendment"),
    path("amendments/<int:pk>/edit/", amendments.change, name="edit_amendment"),
    path("amendments/<int:pk>/add/", amendments.add, name="add_change"),
    path("amendments/<int:pk>/step/", amendments.step, name="step_amendment"),
    path("amendment-changes/<int:pk>/take-out/", amendments.take_out, name="take_out_change"),
]

_talk = [
    path("talk/<slug:name>/<int:pk>/", talk.talk, name="talk"),
    path("talk/<slug:name>/<int:pk>/say/", talk.say, name="talk_say"),
    path("talk/<slug:name>/<int:pk>/ask/", talk.ask, name="talk_ask"),
    path("comments/<int:pk>/", talk.comment, name="comment"),
    path("comments/<int:pk>/act/", talk.act_on_comment, name="act_on_comment"),
    path("requests/", talk.requests, name="requests"),
    path("requests/<int:pk>/", talk.one_request, name="request"),
]

urlpatterns = [*_home, *_listing, *_around_actions, *_structure, *_indicators, *_rounds, *_amendments, *_others, *_talk]
