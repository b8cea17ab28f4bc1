"""Words of the workspace: roles and what they may do, kinds of records, what was done to them, fields without a name."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senne.core.policy import Role

ROLE_LABELS = {
    Role.COORDINATION: _("Climate coordination"),
    Role.HEAD: _("Head of department"),
    Role.OWNER: _("Action owner"),
    Role.CONTRIBUTOR: _("Contributor"),
    Role.SPECIALIST: _("Specialist of a register"),
    Role.BODY_MANAGER: _("Manager of a para-municipal body"),
    Role.READER: _("Reader"),
}
ROLE_EXPLANATIONS = {
    Role.COORDINATION: _(
        "Keeps the whole plan: structure, people, translations, messages, documents read in. Needs a second factor."
    ),
    Role.HEAD: _("Adds and edits the actions of a department, judges their health, sees what is late."),
    Role.OWNER: _("Edits the actions of a department and reports on them."),
    Role.CONTRIBUTOR: _("Reports on the actions of a department: status, steps done, news."),
    Role.SPECIALIST: _("Keeps one register (carbon, training, purchases…) and sees the city's internal records."),
    Role.BODY_MANAGER: _(
        "Does for one para-municipal body what the coordination does for the city; sees no other body."
    ),
    Role.READER: _("Sees the city's internal records, without notes and history; changes nothing."),
}
KIND_LABELS = {
    "plan.plan": _("Plan"),
    "plan.theme": _("Theme"),
    "plan.axis": _("Axis"),
    "plan.objective": _("Objective"),
    "plan.action": _("Action"),
    "plan.step": _("Step"),
    "plan.budgetline": _("Budget line"),
    "plan.actionlink": _("Link"),
    "plan.actiondocument": _("Document"),
    "plan.actioncontact": _("Person"),
    "plan.actionrelation": _("Relation"),
    "plan.objectivelink": _("Tie to another objective"),
    "plan.tag": _("Tag"),
    "plan.characteristic": _("Characteristic"),
    "plan.importrun": _("Document read in"),
    "core.organisation": _("Organisation"),
    "core.person": _("Person"),
    "core.roleassignment": _("Role"),
    "core.user": _("Account"),
    "core.feedback": _("Message"),
}
# Who is said before: "Anna · changed".
VERB_LABELS = {
    "create": pgettext_lazy("history", "created"),
    "add": pgettext_lazy("history", "added"),
    "update": pgettext_lazy("history", "changed"),
    "delete": pgettext_lazy("history", "removed"),
    "report": pgettext_lazy("history", "reported"),
    "judge": pgettext_lazy("history", "judged the health"),
    "translate": pgettext_lazy("history", "translated"),
    "import": pgettext_lazy("history", "took over from a document"),
    "invite": pgettext_lazy("history", "invited"),
    "accept": pgettext_lazy("history", "accepted the invitation"),
    "move": pgettext_lazy("history", "moved in the tree"),
    "close": pgettext_lazy("history", "closed the account"),
}
# Fields whose model gives them no name of their own in three languages.
FIELD_LABELS = {
    "order": _("place in the order"),
    "status_since": _("status since"),
    "start_precision": _("precision of the start"),
    "end_precision": _("precision of the end"),
    "due_precision": _("precision of the due date"),
    "action": _("action"),
    "objective": _("objective"),
    "other": _("other record"),
    "kind": _("kind"),
    "file": _("file"),
    "slug": _("short name"),
    "code": _("code"),
    "organisation": _("organisation"),
    "plan": _("plan"),
    "person": _("person"),
    "role": _("role"),
    "register": _("register"),
    "since": _("since"),
    "until": _("until"),
    "user": _("account"),
    "language": _("language"),
    "is_active": _("active"),
    "invited_at": _("invited"),
    "date_joined": _("since"),
    "record_label": _("about"),
    "record_path": _("page"),
    "record_id": _("record"),
    "by": _("read in by"),
    "file_name": _("file name"),
    "choices": _("choices made"),
    "report": _("result"),
    "applied_at": _("applied"),
    "handled_by": _("handled by"),
    "source": _("source"),
    "path": _("place in the tree"),
    "house": _("house"),
}
MISSING_LABELS = {
    "no_owner": _("Nobody owns it."),
    "nothing_measures": _("No action serves it."),
    "no_news": _("No news within the year."),
}
