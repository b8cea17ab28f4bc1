"""Who stands behind an organisation: heads and coordination by place in the tree."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.db.models import Q

from senne.core.models import Organisation, RoleAssignment
from senne.core.policy import Role


class Behind:
    """Roles held on a day by people in post; loaded once, and only where somebody is looked for: one query."""

    def __init__(self, day: date) -> None:
        self._day = day

    @cached_property
    def _held(self) -> list[tuple[str, str, int]]:
        """(role, path of its organisation, person)."""
        there = RoleAssignment.objects.filter(since__lte=self._day, person__left_on=None)
        there = there.filter(Q(until=None) | Q(until__gte=self._day)).order_by("pk")
        return list(there.values_list("role", "organisation__path", "person_id"))

    @cached_property
    def _heads(self) -> list[tuple[str, int]]:
        return [(path, person) for role, path, person in self._held if role in {Role.HEAD, Role.BODY_MANAGER}]

    @cached_property
    def _coordination(self) -> list[tuple[str, int]]:
        return [(path, person) for role, path, person in self._held if role == Role.COORDINATION]

    def of(self, organisation: Organisation) -> list[int]:
        """Heads of the organisation or above within its house, the nearest first, then the coordination."""
        heads = [
            (path, person)
            for path, person in self._heads
            if organisation.path.startswith(path) and path.startswith(organisation.house)
        ]
        heads.sort(key=lambda pair: (-len(pair[0]), pair[1]))
        coordination = [person for path, person in self._coordination if organisation.path.startswith(path)]
        return [*(person for _path, person in heads), *coordination]
