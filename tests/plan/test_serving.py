"""An action has its place in its own plan, whatever else it serves."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from senne.core.actors import SYSTEM
from senne.plan.api import Objective, do
from tests.city import City, words


def test_an_action_serves_at_least_one_objective_of_its_own_plan(city: City) -> None:
    foreign = Objective.objects.get(plan=city.body_plan)
    values = {"plan": city.plan, "code": "X-1", "title": words("Planter"), "lead": city.units["roads"]}
    with pytest.raises(ValidationError):
        do.create_action({**values, "objectives": [foreign]}, actor=SYSTEM)
    action = do.create_action({**values, "objectives": [foreign, city.objective]}, actor=SYSTEM)
    with pytest.raises(ValidationError):
        do.change_action(action, {"objectives": [foreign]}, actor=SYSTEM)
    do.change_action(action, {"objectives": [city.objective]}, actor=SYSTEM)
    assert list(action.objectives.all()) == [city.objective]
