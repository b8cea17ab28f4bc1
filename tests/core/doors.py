"""The doors of the house: what an address shows, and whom it lets in; those of the public site. An address without a row
here or in doors_workspace.py fails tests/core/test_doors.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone

from senne.core.policy import FOR_MANAGERS
from tests.core.test_policy_table import INTERNAL, PLACES
from tests.core.world import World

# One's own department, another one, a body, an outside partner; the pure table walks the others too.
Walk = tuple[tuple[str, str], ...]
ALL_WALKED: Walk = (
    ("roads", "internal"), ("parks", "internal"), ("welfare", "internal"), ("university", "internal"),
    ("roads", "public"), ("welfare", "public"),
)  # fmt: skip
CHANGED: Walk = (("roads", "internal"), ("welfare", "internal"), ("welfare", "public"))
Address = Callable[[World, str, str], list[Any]]
CREATING = {"coordination", "body_coordination", "body_manager", "other_body_manager", "head", "other_head"}
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
    """An address, and whom it lets in: `who` is

    - open: everybody; seen: who sees the record; staff: any account
    - managers: who manages some organisation; creators: who may add actions
    - coordination: who coordinates
    - managed: managers, of what they manage
    - work: accounts whose policy allows `verb` on the record; post: the same, by POST alone

    Records of the visibilities in `sent_on` are worked on elsewhere: who may is sent there.
    """

    who: str
    kind: str = ""
    verb: str = "view"
    address: Address | None = None
    data: dict[str, str] = field(default_factory=dict)
    visibilities: tuple[str, ...] = ("public", "internal")
    sent_on: tuple[str, ...] = ()

    def paths(self, name: str, world: World, walked: Walk = ALL_WALKED) -> list[tuple[str, str, str]]:
        """(path, place, visibility) of each record that the address may name; one path where it names none."""
        if self.address is None:
            return [(reverse(name), "", "public")]
        name = name.split("#")[0]
        return [
            (reverse(name, args=self.address(world, place, visibility)), place, visibility)
            for place, visibility in walked
            if visibility in self.visibilities
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
        if self.who in {"managers", "creators"}:
            return 200 if role in (MANAGING if self.who == "managers" else CREATING) else 403
        if self.who == "coordination":
            return 200 if "coordination" in role else 403
        if self.who == "post":
            return 405
        if self.who == "managed":
            return 403 if role not in MANAGING else 200 if self.verb in may else 404
        if "view" not in may:
            return 404
        if self.verb not in may:
            return 403
        return 302 if visibility in self.sent_on else 200

    def lets_change(self, role: str, place: str, visibility: str) -> bool:
        """Whether a POST may change something."""
        if self.who in {"open", "seen"} or role == "visitor":
            return self.kind == "message"
        if self.who in {"staff", "coordination"}:
            return False
        if self.who in {"managers", "creators"}:
            return role in CREATING
        return self.verb in self.may(role, place, visibility)


def _organisation_code(world: World, place: str, visibility: str) -> list[Any]:
    return [world.units[place].code]


def _version(world: World, place: str, visibility: str) -> list[Any]:
    found = world.made["snapshot", place, visibility]
    return [found.plan.code, found.number]


def _file(kind: str) -> Address:
    return lambda world, place, visibility: [world.made["plan", place, visibility].code, kind]


def _citizens_name(world: World, place: str, visibility: str) -> list[Any]:
    return ["action", *coded("action")(world, place, visibility)]


def _this_month() -> str:
    return f"{timezone.localdate():%Y-%m}"


PUBLIC_DOORS: dict[str, Door] = {
    # ---- the public site
    "site:home": Door("open"),
    "site:plans": Door("open"),
    "site:plan": Door("seen", "plan", address=lambda w, p, v: [w.made["plan", p, v].code]),
    "site:ties": Door("seen", "plan", address=lambda w, p, v: [w.made["plan", p, v].code]),
    "site:versions": Door("seen", "plan", address=lambda w, p, v: [w.made["plan", p, v].code]),
    "site:compare": Door("seen", "plan", address=lambda w, p, v: [w.made["plan", p, v].code]),
    "site:version": Door("seen", "snapshot", address=_version),
    "site:version_json": Door("seen", "snapshot", address=_version),
    "site:version_part": Door("seen", "snapshot", address=lambda w, p, v: [*_version(w, p, v), "objective", "O1"]),
    "site:theme": Door("seen", "theme", address=coded("theme")),
    "site:axis": Door("seen", "axis", address=coded("axis")),
    "site:objective": Door("seen", "objective", address=coded("objective")),
    "site:action": Door("seen", "action", address=coded("action")),
    "site:document": Door("seen", "document", address=numbered("document")),
    "site:actions": Door("open"),
    "site:monitoring": Door("open"),
    "site:indicators": Door("open"),
    "site:indicator": Door("seen", "indicator", address=lambda w, p, v: [w.made["indicator", p, v].code]),
    "site:organisations": Door("open"),
    "site:organisation": Door("open", "organisation", address=_organisation_code, visibilities=("public",)),
    "site:changes": Door("open"),
    "site:feed": Door("open"),
    "site:contact": Door("open", "message"),
    "site:thanks": Door("open"),
    "site:privacy": Door("open"),
    "site:your_data": Door("open"),
    "site:page": Door("open", "organisation", address=lambda w, p, v: ["legal"], visibilities=("public",)),
    "site:deadlines": Door("seen", "plan", address=lambda w, p, v: [w.made["plan", p, v].code], visibilities=("public",)),
    "site:month": Door("open", "organisation", address=lambda w, p, v: [_this_month()], visibilities=("public",)),
    "site:answers": Door("open"),
    **{
        f"site:{name}": Door("seen", "action", address=_citizens_name, visibilities=("public",))
        for name in ("follow", "record_feed", "embed", "share", "share_picture")
    },
    "news": Door("open"),
    "news_feed": Door("open"),
    "sitemap": Door("open"),
    "robots": Door("open"),
    # ---- open data
    "opendata:downloads": Door("open"),
    "opendata:download": Door("seen", "plan", address=_file("csv")),
    # ---- reports
    "reports:index": Door("open"),
    "reports:state": Door("seen", "plan", address=lambda w, p, v: [w.made["plan", p, v].code]),
    "reports:new": Door("staff"),
    # ---- the editor
    "wagtailadmin_home": Door("coordination"),
    "editorial_translations": Door("coordination"),
    "editorial_reviews": Door("coordination"),
}  # fmt: skip
# Doors that show nothing of the plan: redirections, mails of a demo city, accounts, and the API (walked on its own).
# Files of reports take seconds to make (tests/reports/test_pages.py, test_rights.py); single editorial pages and the
# editor have their own tests (tests/site/editorial).
OTHERS = {
    "reports:job", "reports:cancel", "reports:made", "reports:action_sheet", "reports:objective_sheet", "reports:file",
    "editorial_picture", "editorial_beside", "editorial_review", "editorial_take_back", "editorial_offline",
    "site:your_data_open", "site:your_data_download", "door", "workspace:outbox", "workspace:mail", "invitation", "schema",
    "unsubscribe", "calendar", "site:follow_confirm", "site:follow_out", "site:answer_off",
    # Walked in tests/site: a message must be answered, and its writer agree, before there is a page to publish it.
    "workspace:publish_answer",
}  # fmt: skip
API = {
    "plans": "plan", "themes": "theme", "axes": "axis", "objectives": "objective", "actions": "action",
    "indicators": "indicator",
}  # fmt: skip
