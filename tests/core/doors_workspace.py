"""The doors of the workspace. A name with a `#` is one address that shows several kinds of record."""

from __future__ import annotations

from typing import Any

from tests.core.doors import Address, Door, coded, numbered
from tests.core.world import World


def plan_code(world: World, place: str, visibility: str) -> list[Any]:
    return [world.made["plan", place, visibility].code]


def new_theme(world: World, place: str, visibility: str) -> list[Any]:
    return [*plan_code(world, place, visibility), "theme"]


def kind_first(kind: str) -> Address:
    """[kind, plan code, code]."""
    return lambda world, place, visibility: [kind, *coded(kind)(world, place, visibility)]


def history_of(kind: str) -> Address:
    """[kind, number]."""
    return lambda world, place, visibility: [kind, world.made[kind, place, visibility].pk]


def talked_about(kind: str) -> Address:
    """[kind, number] of a record that people talk about."""
    return lambda world, place, visibility: [kind, world.made[kind, place, visibility].pk]


def title_in_dutch(world: World, place: str, visibility: str) -> list[Any]:
    return ["action", world.made["action", place, visibility].pk, "title", "nl"]


def contribution_numbers(world: World, place: str, visibility: str) -> list[Any]:
    found = world.made["contribution", place, visibility]
    return [found.round_id, found.pk]


def change_number(world: World, place: str, visibility: str) -> list[Any]:
    return [world.made["amendment", place, visibility].changes.get().pk]


def unit_number(world: World, place: str, visibility: str) -> list[Any]:
    return [world.units[place].pk]


def on_action(verb: str, sent_on: tuple[str, ...] = (), **data: str) -> Door:
    return Door("work", "action", verb, coded("action"), data, sent_on=sent_on)


def indicator_code(world: World, place: str, visibility: str) -> list[Any]:
    return [world.made["indicator", place, visibility].code]


def on_indicator(verb: str, **data: str) -> Door:
    return Door("work", "indicator", verb, indicator_code, data)


def under_action(kind: str, verb: str = "edit", who: str = "work", **data: str) -> Door:
    return Door(who, kind, verb, numbered(kind), data)


def on_person(who: str, **data: str) -> Door:
    return Door(who, "person", "manage_people", numbered("person"), data)


def on_unit(**data: str) -> Door:
    return Door("managed", "organisation", "manage_organisations", unit_number, data, ("public",))


HEALTH = {
    "health-health_override": "watch", "health-health_override_until": "2099-01-01",
    "health-health_override_reason_fr": "x", "health-version": "2",
}  # fmt: skip
WORK_DOORS: dict[str, Door] = {
    # ---- one's own
    "home": Door("staff"),
    "list": Door("staff"),
    "unmonitored": Door("staff"),
    "news": Door("staff"),
    "owed": Door("staff"),
    "my_account": Door("staff"),
    "mails": Door("staff"),
    "actions": Door("staff"),
    "paste_actions": Door("staff"),
    "saved_views": Door("staff"),
    "add_absence": Door("post"),
    "new_calendar": Door("post"),
    "remove_absence": Door("post", "absence", "set_absence", numbered("absence")),
    "my_data": Door("post", "own", "view"),
    "ask_for_erasure": Door("post", "own", "view"),
    # ---- an action
    "new_action": Door("creators"),
    "action": on_action("edit"),
    # What is internal stands in an open round (tests/core/world.py): its report is the contribution.
    "report": on_action("report", ("internal",), unchanged="1"),
    "action_who": on_action("edit"),
    "action_when": on_action("edit"),
    "action_steps": on_action("edit", title_fr="x"),
    "action_money": on_action("edit", kind="planned", unit="EUR", amount="5", year="2027"),
    "action_where": on_action("edit", place="50.85, 4.35", version="2"),
    "action_ties": on_action("edit"),
    "action_files": on_action("edit"),
    "action_internal": on_action("edit"),
    "judge": on_action("override_health", **HEALTH),
    "close_action": on_action("shape"),
    "reopen_action": on_action("shape"),
    "copy_action": on_action("create", code="copied"),
    "delete_action": on_action("delete", reason="x"),
    "history": on_action("see_history"),
    "stop_serving": Door("post", "action", "edit", coded("action")),
    "add_contact": Door("post", "action", "edit", coded("action")),
    "step": under_action("step"),
    "act_on_step": under_action("step", who="post", remove="1"),
    "budget_line": under_action("budgetline"),
    "remove_line": under_action("budgetline", who="post"),
    "remove_contact": under_action("contact", who="post"),
    "unrelate": under_action("relation", who="post"),
    "link": under_action("link"),
    "remove_link": under_action("link", who="post"),
    "document": under_action("document"),
    "remove_document": under_action("document", who="post"),
    "download": under_action("document", "see_internal"),
    # ---- what colleagues say and ask
    "action_talk": on_action("see_comments"),
    "talk": Door("work", "objective", "see_comments", talked_about("objective")),
    "talk_say": Door("post", "action", "comment", talked_about("action"), {"text": "x"}),
    "talk_ask": Door("post", "action", "ask", talked_about("action"), {"what": "answer"}),
    "comment": Door("work", "comment", "moderate", numbered("comment"), {"remove": "1", "because": "x"}),
    "act_on_comment": Door("post", "comment", "comment", numbered("comment"), {"settle": "1"}),
    "requests": Door("staff"),
    "request": Door("work", "request", "see_comments", numbered("request"), {"withdraw": "1"}),
    # ---- the structure
    "plans": Door("managers"),
    "new_plan": Door("managers"),
    "plan": Door("work", "plan", "shape", plan_code),
    "edit_plan": Door("work", "plan", "shape", plan_code),
    "delete_plan": Door("work", "plan", "delete", plan_code, {"reason": "x"}),
    "new_part": Door("work", "plan", "shape", new_theme, {"code": "T9", "name_fr": "x"}),
    "theme": Door("work", "theme", "shape", coded("theme")),
    "axis": Door("work", "axis", "shape", coded("axis")),
    "objective": Door("work", "objective", "edit", coded("objective")),
    "objective_ties": Door("work", "objective", "shape", coded("objective")),
    "untie": Door("post", "objectivelink", "shape", numbered("objectivelink")),
    "move_part": Door("post", "theme", "shape", kind_first("theme"), {"up": "1"}),
    "delete_part": Door("work", "axis", "delete", kind_first("axis"), {"reason": "x"}),
    # ---- indicators
    "indicators": Door("staff"),
    "new_indicator": Door("creators"),
    "indicator": on_indicator("report"),
    "edit_indicator": on_indicator("edit"),
    "delete_indicator": on_indicator("delete", reason="x"),
    "indicator_figure": on_indicator("report", period="2025", value="13"),
    "paste_figures": on_indicator("report", lines="2026;14"),
    "indicator_target": on_indicator("edit", period="2031", value="50"),
    "take_figure_back": Door("work", "measurement", "edit", numbered("measurement"), {"reason": "x"}),
    "drop_target": Door("work", "targetpoint", "edit", numbered("targetpoint"), {"reason": "x"}),
    "action_indicators": on_action("edit"),
    "objective_indicators": Door("work", "objective", "edit", coded("objective")),
    "untie_indicator": Door("post", "indicatorlink", "edit", numbered("indicatorlink")),
    # ---- rounds, versions, amendments
    "rounds": Door("staff"),
    "new_round": Door("managers"),
    "round": Door("work", "round", "view", numbered("round")),
    "edit_round": Door("work", "round", "run_rounds", numbered("round")),
    "step_round": Door("post", "round", "run_rounds", numbered("round"), {"close": "1"}),
    "remind_round": Door("post", "round", "run_rounds", numbered("round")),
    "publish_round": Door("work", "round", "run_rounds", numbered("round"), {"incomplete": "1"}),
    "contribution#validate": Door("work", "contribution", "view", contribution_numbers),
    "correct_version": Door("work", "snapshot", "run_rounds", numbered("snapshot"), {"reason": "x"}),
    "amendments": Door("managers"),
    "new_amendment": Door("managers"),
    "amendment": Door("managed", "amendment", "amend", numbered("amendment")),
    "edit_amendment": Door("managed", "amendment", "amend", numbered("amendment")),
    "add_change": Door("managed", "amendment", "amend", numbered("amendment")),
    "take_out_change": Door("post", "amendment", "amend", change_number),
    "step_amendment": Door("post", "amendment", "amend", numbered("amendment"), {"withdraw": "1", "reason": "x"}),
    # ---- others
    "translations": Door("managers"),
    "translate": Door("work", "action", "translate", title_in_dutch, {"text": "x"}),
    "feedback": Door("managers"),
    "feedback_one": Door("work", "feedback", "answer_feedback", numbered("feedback"), {"take": "1"}),
    "people": Door("managers"),
    "trail": Door("coordination"),
    "new_person": Door("managers"),
    "person": on_person("managed"),
    "leave": on_person("managed", on="2030-01-01", reason="x"),
    "hand_over": on_person("managed"),
    "erase_person": Door("work", "person", "erase_people", numbered("person"), {"reason": "x"}),
    "give_role": on_person("post"),
    "end_role": on_person("post"),
    "invite": on_person("post"),
    "link_account": on_person("post"),
    "organisations": Door("managers"),
    "new_organisation": Door("managers"),
    "organisation": on_unit(),
    "dissolve": on_unit(on="2030-01-01", reason="x"),
    "imports": Door("managers"),
    "import": Door("work", "import", "import", numbered("import"), {"discard": "1"}),
    "import_file": Door("work", "import", "import", numbered("import")),
    **{
        f"record_history#{kind}": Door("work", kind, "see_history", history_of(kind))
        for kind in (
            "plan",
            "theme",
            "axis",
            "objective",
            "action",
            "feedback",
            "import",
            "round",
            "contribution",
            "amendment",
            "indicator",
        )
    },
}
