"""Who may do what: one function per verb, pure, asked by actions.py and queries.py and by nobody else's own rule.

An actor holds grants (a role in an organisation and all below it). A record shows the policy a `Subject`: who leads it,
who is partner, whether it is public, who its contacts are. Each para-municipal body is a house of its own: only the
coordination above it crosses its door.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Roles that a person holds in an organisation (and below it)."""

    COORDINATION = "coordination"
    HEAD = "head"
    OWNER = "owner"
    CONTRIBUTOR = "contributor"
    SPECIALIST = "specialist"
    BODY_MANAGER = "body_manager"
    READER = "reader"


class ContactRole(StrEnum):
    """What a person is to one action or objective."""

    OWNER = "owner"
    CONTRIBUTOR = "contributor"
    APPROVER = "approver"


@dataclass(frozen=True)
class Grant:
    """A role in an organisation: `path` is its place in the tree, `house` the path of its body or city."""

    role: Role
    path: str
    house: str
    register: str = ""


@dataclass(frozen=True)
class Actor:
    """Who asks. A visitor has no user, no person and no grants."""

    user_id: int | None = None
    person_id: int | None = None
    name: str = ""
    language: str = "fr"
    grants: tuple[Grant, ...] = ()

    @property
    def is_staff(self) -> bool:
        return bool(self.grants)

    def houses(self) -> set[str]:
        """Houses in which the actor holds any role."""
        return {grant.house for grant in self.grants}

    def paths(self, *roles: Role) -> set[str]:
        """Paths of the organisations in which the actor holds one of `roles`."""
        return {grant.path for grant in self.grants if grant.role in roles}


VISITOR = Actor()


@dataclass(frozen=True)
class Subject:
    """What the policy needs to know of a record. `path` and `house` are those of its lead organisation."""

    kind: str
    path: str = ""
    house: str = ""
    public: bool = False
    partner_houses: frozenset[str] = frozenset()
    contacts: frozenset[tuple[int, ContactRole]] = frozenset()


def _holds(actor: Actor, subject: Subject, *roles: Role) -> bool:
    """One of `roles` over the record's organisation; only the coordination reaches into a body from above."""
    return any(
        grant.role in roles
        and subject.path.startswith(grant.path)
        and bool(subject.path)
        and (grant.house == subject.house or grant.role is Role.COORDINATION)
        for grant in actor.grants
    )


def _is_contact(actor: Actor, subject: Subject, *roles: ContactRole) -> bool:
    return any((actor.person_id, role) in subject.contacts for role in roles)


def _manages(actor: Actor, subject: Subject) -> bool:
    return _holds(actor, subject, Role.COORDINATION, Role.BODY_MANAGER)


# What is between the sender, or the author, and those who look after it: not for every colleague of the house.
FOR_MANAGERS = frozenset({"feedback", "import", "amendment"})
# What belongs to a person: seen by nobody else, unless it is shared with an organisation and those who work there.
PERSONAL = frozenset({"saved_view"})


def can_view(actor: Actor, subject: Subject) -> bool:
    """Public records: everyone. Others: staff of the houses that lead or take part, the coordination, the contacts.

    Messages of citizens, documents being read in and amendments on their way: those who manage them.
    """
    if subject.public:
        return True
    if subject.kind in FOR_MANAGERS:
        return _manages(actor, subject)
    if subject.kind in PERSONAL:
        shared = bool(subject.path) and any(grant.path.startswith(subject.path) for grant in actor.grants)
        return shared or _is_contact(actor, subject, ContactRole.OWNER)
    if actor.houses() & ({subject.house} | subject.partner_houses) - {""}:
        return True
    return _holds(actor, subject, Role.COORDINATION) or _is_contact(actor, subject, *ContactRole)


def can_see_internal(actor: Actor, subject: Subject) -> bool:
    """Internal notes, contacts' addresses and other working fields: staff of the house, readers apart."""
    if subject.kind in FOR_MANAGERS:
        return _manages(actor, subject)
    inside = any(g.house == subject.house and g.role is not Role.READER for g in actor.grants)
    return inside or _holds(actor, subject, Role.COORDINATION) or _is_contact(actor, subject, *ContactRole)


def can_see_history(actor: Actor, subject: Subject) -> bool:
    """Who changed what and why: those who see the internal fields, since the history shows them too."""
    return can_see_internal(actor, subject)


def can_report(actor: Actor, subject: Subject) -> bool:
    """Say where the record stands: status, phase, steps, news."""
    roles = (Role.COORDINATION, Role.BODY_MANAGER, Role.HEAD, Role.OWNER, Role.CONTRIBUTOR)
    return _holds(actor, subject, *roles) or _is_contact(actor, subject, *ContactRole)


def can_edit(actor: Actor, subject: Subject) -> bool:
    """Change any field of an action or of an objective's working data."""
    roles = (Role.COORDINATION, Role.BODY_MANAGER, Role.HEAD, Role.OWNER)
    return _holds(actor, subject, *roles) or _is_contact(actor, subject, ContactRole.OWNER)


def can_create(actor: Actor, subject: Subject) -> bool:
    """Add an action under the organisation that will lead it."""
    return _holds(actor, subject, Role.COORDINATION, Role.BODY_MANAGER, Role.HEAD)


def can_shape(actor: Actor, subject: Subject) -> bool:
    """Change the plan's structure: plan, themes, axes, objectives' statements, links between plans, imports."""
    return _manages(actor, subject)


def can_delete(actor: Actor, subject: Subject) -> bool:
    """Take a record away (its history stays)."""
    return _manages(actor, subject)


def can_publish(actor: Actor, subject: Subject) -> bool:
    """Change who may see a record."""
    return _manages(actor, subject)


def can_override_health(actor: Actor, subject: Subject) -> bool:
    """Put a judgement in the place of the computed health, with a reason and an expiry."""
    roles = (Role.COORDINATION, Role.BODY_MANAGER, Role.HEAD)
    return _holds(actor, subject, *roles) or _is_contact(actor, subject, ContactRole.APPROVER)


def can_validate(actor: Actor, subject: Subject) -> bool:
    """Say that what was reported is so, or send it back with a reason."""
    roles = (Role.COORDINATION, Role.BODY_MANAGER, Role.HEAD)
    return _holds(actor, subject, *roles) or _is_contact(actor, subject, ContactRole.APPROVER)


def can_run_rounds(actor: Actor, subject: Subject) -> bool:
    """Open, follow, close and publish a reporting round; freeze a plan."""
    return _manages(actor, subject)


def can_amend(actor: Actor, subject: Subject) -> bool:
    """Prepare, review and adopt amendments of a plan."""
    return _manages(actor, subject)


def can_import(actor: Actor, subject: Subject) -> bool:
    """Read a document into a plan."""
    return _manages(actor, subject)


def can_translate(actor: Actor, subject: Subject) -> bool:
    """See what is not translated yet, and write it."""
    return _manages(actor, subject)


def can_manage_organisations(actor: Actor, subject: Subject) -> bool:
    """Add, rename, move or dissolve an organisation below one's own."""
    return _manages(actor, subject)


def can_manage_people(actor: Actor, subject: Subject) -> bool:
    """Add people, invite them, give and take roles, within the organisation given."""
    return _manages(actor, subject)


def can_answer_feedback(actor: Actor, subject: Subject) -> bool:
    """Read and answer what citizens wrote."""
    return _manages(actor, subject)


def can_set_absence(actor: Actor, subject: Subject) -> bool:
    """Say when somebody is away and who stands in: they themselves, and whoever leads them."""
    return _holds(actor, subject, Role.COORDINATION, Role.BODY_MANAGER, Role.HEAD) or _is_contact(
        actor, subject, ContactRole.OWNER
    )


def can_keep_view(actor: Actor, subject: Subject) -> bool:
    """Rename, share or drop a saved view: who made it; a shared one also who manages the organisation."""
    return _manages(actor, subject) or _is_contact(actor, subject, ContactRole.OWNER)


def can_see_trail(actor: Actor, subject: Subject) -> bool:
    """Read who logged in, failed to, changed a password or a second factor, was given or lost a role."""
    return _holds(actor, subject, Role.COORDINATION)


def can_see_comments(actor: Actor, subject: Subject) -> bool:
    """Read what colleagues say to each other about the record, and what they ask of each other: as internal fields."""
    return can_see_internal(actor, subject)


def can_comment(actor: Actor, subject: Subject) -> bool:
    """Say something about the record to colleagues: whoever reads what they say."""
    return can_see_comments(actor, subject)


def can_moderate(actor: Actor, subject: Subject) -> bool:
    """Take a colleague's comment away, with a reason."""
    return _manages(actor, subject)


def can_ask(actor: Actor, subject: Subject) -> bool:
    """Ask a colleague to do something about the record (whom: `may_ask`): who edits it, and its approvers."""
    roles = (Role.COORDINATION, Role.BODY_MANAGER, Role.HEAD, Role.OWNER)
    asks = _holds(actor, subject, *roles) or _is_contact(actor, subject, ContactRole.OWNER, ContactRole.APPROVER)
    return asks and can_see_comments(actor, subject)


def may_ask(actor: Actor, subject: Subject, asked: Actor, place: Subject) -> bool:
    """Whom one may ask: never oneself, and nobody who does not read the record's comments.

    Who manages the record's organisation asks anybody. A head asks the people of the department (`place` is where the
    asked person works). Everybody who may ask, owners included, asks those who are named on the record, those who
    validate it and those who manage it.
    """
    if not can_ask(actor, subject) or asked.person_id in {None, actor.person_id}:
        return False
    if not can_see_comments(asked, subject):
        return False
    if _manages(actor, subject) or _is_contact(asked, subject, *ContactRole) or can_validate(asked, subject):
        return True
    return _holds(actor, place, Role.HEAD)


def can_erase_people(actor: Actor, subject: Subject) -> bool:
    """Put a number in the place of somebody who left, everywhere and for good."""
    return _holds(actor, subject, Role.COORDINATION)


def can_edit_pages(actor: Actor, subject: Subject) -> bool:
    """Write, review and publish the city's editorial pages (asked of the city itself)."""
    return _holds(actor, subject, Role.COORDINATION)


VERBS: dict[str, Callable[[Actor, Subject], bool]] = {
    "view": can_view,
    "see_internal": can_see_internal,
    "see_history": can_see_history,
    "report": can_report,
    "edit": can_edit,
    "create": can_create,
    "shape": can_shape,
    "delete": can_delete,
    "publish": can_publish,
    "override_health": can_override_health,
    "validate": can_validate,
    "run_rounds": can_run_rounds,
    "amend": can_amend,
    "import": can_import,
    "translate": can_translate,
    "manage_organisations": can_manage_organisations,
    "manage_people": can_manage_people,
    "answer_feedback": can_answer_feedback,
    "set_absence": can_set_absence,
    "keep_view": can_keep_view,
    "see_trail": can_see_trail,
    "see_comments": can_see_comments,
    "comment": can_comment,
    "moderate": can_moderate,
    "ask": can_ask,
    "erase_people": can_erase_people,
    "edit_pages": can_edit_pages,
}


class Refused(Exception):
    """The actor may not do this to that; carries the verb and the kind of record for the message."""

    def __init__(self, verb: str, subject: Subject) -> None:
        super().__init__(f"{verb} refused on {subject.kind}")
        self.verb = verb
        self.subject = subject


def require(verb: str, actor: Actor, subject: Subject) -> None:
    """Raise Refused unless the policy of `verb` agrees."""
    if not VERBS[verb](actor, subject):
        raise Refused(verb, subject)


def allowed(actor: Actor, subject: Subject, verbs: Iterable[str] = tuple(VERBS)) -> set[str]:
    """The verbs among `verbs` that the actor may use on the record (for buttons, and for the table test)."""
    return {verb for verb in verbs if VERBS[verb](actor, subject)}
