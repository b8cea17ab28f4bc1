"""Every door of the house: each address by its name, what it shows, and whom it lets in. An address without a row here
fails tests/core/test_doors.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from senne.core.policy import FOR_MANAGERS
from tests.core.test_policy_table import INTERNAL, PLACES
from tests.core.world import World

Address = Callable[[World, str, str], list[Any]]
MANAGING = {"coordination", "body_coordination", "body_manager", "other_body_manager"}


def coded(kind: str) -> Address:
    """[plan code, code] of the record."""
    return lambda world, place, visibility: [
        world.made[kind, place, visibility].plan.code, world.made[kind, place, visibility].code,
    ]  # fmt: skip


def numbered(kind: str) -> Address:
    return lambda world, place, visibility: [world.made[kind, place, visibility].pk]


@dataclass(frozen=True)
class Door:
    """An address. `who`: 'open' to everybody; 'seen' by those who see the record; 'staff' for any account; 'managers' of
    some organisation; 'work' for accounts whose policy allows `verb` on the record; 'post' the same, by POST alone."""

    who: str
    kind: str = ""
    verb: str = "view"
    address: Address | None = None
    data: dict[str, str] = field(default_factory=dict)
    visibilities: tuple[str, ...] = ("public", "internal")

    def paths(self, name: str, world: World) -> list[tuple[str, str, str]]:
        """(path, place, visibility) of each record that the address may name; one path where it names none."""
        if self.address is None:
            return [(reverse(name), "", "public")]
        return [
            (reverse(name, args=self.address(world, place, visibility)), place, visibility)
            for place in PLACES
            for visibility in self.visibilities
            if self.kind == "organisation" or (self.kind, place, visibility) in world.made
        ]

    def may(self, role: str, place: str, visibility: str) -> set[str]:
        """The verbs of the role on the record."""
        found = set(INTERNAL[role][PLACES.index(place)]) if place else set()
        if self.kind in FOR_MANAGERS and "shape" not in found:
            found -= {"view", "see_internal", "see_history"}
        return found | {"view"} if visibility == "public" else found

    def status(self, role: str, place: str, visibility: str) -> int:
        """What a GET is answered."""
        if self.who == "open":
            return 200
        may = self.may(role, place, visibility)
        if self.who == "seen":
            return 200 if "view" in may else 404
        if role == "visitor":
            return 302
        if self.who == "staff":
            return 200
        if self.who == "managers":
            return 200 if role in MANAGING else 403
        if self.who == "post":
            return 405
        if self.who == "managed":
            return 403 if role not in MANAGING else 200 if self.verb in may else 404
        if "view" not in may:
            return 404
        return 200 if self.verb in may else 403

    def lets_change(self, role: str, place: str, visibility: str) -> bool:
        """Whether a POST may change something."""
        if self.who in {"open", "seen"} or role == "visitor":
            return self.kind == "message"
        if self.who == "staff":
            return False
        if self.who == "managers":
            return role in MANAGING
        return self.verb in self.may(role, place, visibility)


def _organisation_code(world: World, place: str, visibility: str) -> list[Any]:
    return [world.units[place].code]


def _organisation_number(world: World, place: str, visibility: str) -> list[Any]:
    return [world.units[place].pk]


def _title_in_dutch(world: World, place: str, visibility: str) -> list[Any]:
    return ["action", world.made["action", place, visibility].pk, "title", "nl"]


def _file(kind: str) -> Address:
    return lambda world, place, visibility: [world.made["plan", place, visibility].code, kind]


INTERNAL_ALONE = ("internal",)
DOORS: dict[str, Door] = {
    # ---- the public site
    "site:home": Door("open"),
    "site:plans": Door("open"),
    "site:plan": Door("seen", "plan", address=lambda w, p, v: [w.made["plan", p, v].code]),
    "site:ties": Door("seen", "plan", address=lambda w, p, v: [w.made["plan", p, v].code]),
    "site:theme": Door("seen", "theme", address=coded("theme")),
    "site:axis": Door("seen", "axis", address=coded("axis")),
    "site:objective": Door("seen", "objective", address=coded("objective")),
    "site:action": Door("seen", "action", address=coded("action")),
    "site:document": Door("seen", "document", address=numbered("document")),
    "site:actions": Door("open"),
    "site:monitoring": Door("open"),
    "site:organisations": Door("open"),
    "site:organisation": Door("open", "organisation", address=_organisation_code, visibilities=("public",)),
    "site:changes": Door("open"),
    "site:feed": Door("open"),
    "site:contact": Door("open", "message"),
    "site:thanks": Door("open"),
    "site:page": Door("open", "organisation", address=lambda w, p, v: ["privacy"], visibilities=("public",)),
    "sitemap": Door("open"),
    "robots": Door("open"),
    # ---- open data
    "opendata:downloads": Door("open"),
    "opendata:download": Door("seen", "plan", address=_file("csv")),
    # ---- the workspace
    "workspace:home": Door("staff"),
    "workspace:new_action": Door("staff"),
    "workspace:action": Door("work", "action", "edit", coded("action")),
    "workspace:report": Door("work", "action", "report", coded("action"), {"unchanged": "1"}),
    "workspace:judge": Door("post", "action", "override_health", coded("action"),
                            {"health": "watch", "until": "2099-01-01", "reason_fr": "x", "version": "1"}),
    "workspace:add_step": Door("post", "action", "edit", coded("action"), {"title_fr": "x"}),
    "workspace:remove_step": Door("post", "step", "edit", numbered("step")),
    "workspace:history": Door("work", "action", "see_history", coded("action")),
    "workspace:objective": Door("work", "objective", "shape", coded("objective")),
    "workspace:translations": Door("managers"),
    "workspace:translate": Door("work", "action", "translate", _title_in_dutch, {"text": "x"}),
    "workspace:feedback": Door("staff"),
    "workspace:feedback_one": Door("work", "feedback", "answer_feedback", numbered("feedback")),
    "workspace:people": Door("managers"),
    "workspace:new_person": Door("managers"),
    "workspace:person": Door("managed", "person", "manage_people", numbered("person"), {"leave": "1"}),
    "workspace:organisations": Door("managers"),
    "workspace:new_organisation": Door("managers"),
    "workspace:organisation": Door("managed", "organisation", "manage_organisations", _organisation_number,
                                   visibilities=("public",)),
    "workspace:imports": Door("managers"),
    "workspace:import": Door("work", "import", "import", numbered("import"), {"discard": "1"}),
}  # fmt: skip
# Doors that show nothing of the plan: redirections, mails of a demo city, accounts, and the API (walked on its own).
OTHERS = {"door", "workspace:outbox", "invitation"}
API = {
    "plans": "plan", "themes": "theme", "axes": "axis", "objectives": "objective", "actions": "action",
}  # fmt: skip
