"""What people do in the plan room: one function per thing done. Each asks the policy, writes once, leaves its trace."""

from senne.plan.actions.action import (
    CLOSING,
    REPORT_FIELDS,
    change_action,
    create_action,
    delete_action,
    override_health,
    place_action,
    report,
)
from senne.plan.actions.around import (
    add_child,
    add_contact,
    change_child,
    move_step,
    new_tag,
    remove_child,
    remove_contact,
    set_contacts,
    tick_step,
)
from senne.plan.actions.codes import next_action_code, next_part_code
from senne.plan.actions.documents import add_document
from senne.plan.actions.fate import copy_action, merge_action, reopen_action, supersede_action
from senne.plan.actions.passing_on import hand_over, succeed
from senne.plan.actions.structure import (
    OBJECTIVE_WORK,
    change_part,
    create_part,
    create_plan,
    delete_part,
    move_part,
    siblings_of,
)
from senne.plan.actions.ties import relate, tie_objectives, unrelate, untie_objectives
from senne.plan.actions.translating import translate, translation_subject
from senne.plan.rules.place import text_from as place_text

__all__ = [
    "CLOSING",
    "OBJECTIVE_WORK",
    "REPORT_FIELDS",
    "add_child",
    "add_contact",
    "add_document",
    "change_action",
    "change_child",
    "change_part",
    "copy_action",
    "create_action",
    "create_part",
    "create_plan",
    "delete_action",
    "delete_part",
    "hand_over",
    "merge_action",
    "move_part",
    "move_step",
    "new_tag",
    "next_action_code",
    "next_part_code",
    "override_health",
    "place_action",
    "place_text",
    "relate",
    "remove_child",
    "remove_contact",
    "reopen_action",
    "report",
    "set_contacts",
    "siblings_of",
    "succeed",
    "supersede_action",
    "tick_step",
    "tie_objectives",
    "translate",
    "translation_subject",
    "unrelate",
    "untie_objectives",
]
