"""Who may have a file that was made for somebody. Pure.

What is public is everybody's. Any other file shows what one person saw: it is theirs as long as they still hold the rights
with which it was made, and anybody else's who holds at least those, unless it shows something that the person sees only
as a contact of that record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from senne.core.policy import Actor, Grant, Role


@dataclass(frozen=True)
class Made:
    """For whom a file was made: the person's account and grants at that moment. `personal`: seen as a contact alone."""

    public: bool
    user_id: int | None = None
    grants: tuple[Grant, ...] = ()
    personal: bool = False


def can_have(reader: Actor, made: Made) -> bool:
    """The one rule for reading a report's page and its file."""
    if made.public:
        return True
    if reader.user_id is None or not made.grants or not covers(reader.grants, made.grants):
        return False
    return reader.user_id == made.user_id or not made.personal


def can_cancel(reader: Actor, made: Made) -> bool:
    """Who asked for it stops it."""
    return reader.user_id is not None and reader.user_id == made.user_id


def covers(held: Iterable[Grant], wanted: Iterable[Grant]) -> bool:
    """Whether who holds the first grants sees all that who holds the second ones sees (see plan.queries.reach)."""
    held = tuple(held)
    houses = {grant.house for grant in held}
    above = [grant.path for grant in held if grant.role is Role.COORDINATION]

    def sees_house(house: str) -> bool:
        return house in houses or any(house.startswith(path) for path in above)

    def sees_below(path: str) -> bool:
        return any(path.startswith(higher) for higher in above)

    return all(
        sees_house(grant.house) and (grant.role is not Role.COORDINATION or sees_below(grant.path)) for grant in wanted
    )
