"""What changed, told from the trail: one entry for one deed, nothing internal, page after page without a gap."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import override

from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry
from senne.core.policy import VISITOR
from senne.core.text import Text
from senne.plan.api import changes, do
from senne.site.changes import sentence
from tests.city import TODAY, City


def test_a_report_with_its_steps_is_one_change(city: City) -> None:
    action = city.actions["roads_public"]
    step = action.steps.get()
    values = {"status": "under_way", "news": Text(fr="Trois rues sont prêtes.")}
    do.report(action, values, actor=city.actor("owner"), today=TODAY, steps_done=[step.pk])
    change = changes.latest_changes(VISITOR, 5)[0]
    with override("fr"):
        told = sentence(change)
    assert change.verb == "report"
    assert "À démarrer → En cours" in told
    assert "Première étape" in told
    assert told.endswith("Trois rues sont prêtes.")


def test_internal_records_and_fields_are_not_told(city: City) -> None:
    do.report(city.actions["roads_internal"], {"status": "done"}, actor=SYSTEM, today=TODAY)
    before = len(changes.latest_changes(VISITOR, 50))
    do.change_action(city.actions["roads_public"], {"internal_notes": "secret"}, actor=SYSTEM)
    assert len(changes.latest_changes(VISITOR, 50)) == before
    assert "roads-internal" not in {change.record.code for change in changes.latest_changes(VISITOR, 50)}


def test_pages_follow_each_other_without_gap_or_double(city: City) -> None:
    action = city.actions["roads_public"]
    entry = AuditEntry.objects.filter(root_kind="plan.action", root_id=action.pk).latest("pk")
    start = timezone.now()
    for number in range(7):
        changed = {"status": [f"{number}", f"{number + 1}"]}
        AuditEntry.objects.create(
            at=start + timedelta(minutes=number), actor_name="Owner", verb="update", kind="plan.action",
            record_id=action.pk, label=entry.label, root_kind="plan.action", root_id=action.pk, changes=changed,
        )  # fmt: skip
    seen: list[int] = []
    before: int | None = None
    for _turn in range(20):
        page = changes.changes_page(VISITOR, 3, action, before)
        seen += [change.id for change in page.items]
        before = page.before
        if before is None:
            break
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == 8
