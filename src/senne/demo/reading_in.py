"""The plan that comes into the demo city as a document, through the importer, as a coordinator would bring it in."""

from __future__ import annotations

from senne.demo.city import City
from senne.demo.content import table
from senne.plan.api import Objective, do, importing


def read_in(city: City, code: str) -> None:
    """The objectives of a plan as its own document gives them, then the figures that no column holds."""
    row = table("documents")["plan"][code]
    plan, actor = city.plans[code], city.coordination()
    run = importing.start_import(
        row["text"].encode(), row["name"], actor=actor, plan=plan, organisation=plan.organisation
    )
    importing.apply_import(run, actor=actor)
    for objective in Objective.objects.filter(plan=plan):
        city.objectives[f"{code}:{objective.code}"] = objective
        if target := row["targets"].get(objective.code):
            quantity, unit, base, base_year, goal, goal_year = target
            values = {"target_quantity": city.calendar.text(quantity), "target_unit": unit, "target_value": goal}
            values |= {"target_year": goal_year, "baseline_value": base or None, "baseline_year": base_year or None}
            do.change_part(objective, values, actor=actor)
