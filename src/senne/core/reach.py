"""The policy's reach restated for the database. tests/core/test_policy_table.py holds both to the same table."""

from __future__ import annotations

from django.db.models import Q

from senne.core.policy import Actor, Role


def colleagues(actor: Actor, prefix: str = "") -> Q:
    """People or organisations of the houses in which the actor has a role, and all below a coordination."""
    found = Q(**{f"{prefix}house__in": actor.houses() - {""}})
    for path in actor.paths(Role.COORDINATION):
        found |= Q(**{f"{prefix}path__startswith": path})
    return found


def managed(actor: Actor, prefix: str = "") -> Q:
    """Records whose organisation the actor manages: `prefix` leads to it ('organisation__', or nothing for itself)."""
    found = Q(pk__in=[])
    for grant in actor.grants:
        below = Q(**{f"{prefix}path__startswith": grant.path})
        if grant.role is Role.COORDINATION:
            found |= below
        elif grant.role is Role.BODY_MANAGER:
            found |= below & Q(**{f"{prefix}house": grant.house})
    return found
