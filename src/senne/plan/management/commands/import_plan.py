"""senne import-plan FILE: read a plan document, say what was found, write it into a plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core.actors import SYSTEM
from senne.core.models import Organisation
from senne.core.organisations import add_organisation, root
from senne.core.text import Text
from senne.plan import importing
from senne.plan.importers.base import LIMIT, ImportProblem
from senne.plan.importers.messages import note_text, problem_text
from senne.plan.models import ImportRun, Plan


class Command(BaseCommand):
    help = "Read a plan document (XLSX, ODS, CSV, text, DOCX, PDF, HTML) into a plan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--plan", help="code of the plan to write into (default: one named after the document)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")
        parser.add_argument("--internal", action="store_true", help="a new plan is not shown to the public")
        parser.add_argument("--language", default="fr", choices=["fr", "nl", "en"], help="language of the messages")

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            try:
                result = self._import(options)
            except ImportProblem as problem:
                raise CommandError(f"{options['file']}: {problem_text(problem)}") from None
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))

    def _import(self, options: dict[str, Any]) -> dict[str, Any]:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        if path.stat().st_size > LIMIT:
            raise ImportProblem("too_large", size_mb=round(path.stat().st_size / 1e6), limit_mb=LIMIT // 1_000_000)
        content = path.read_bytes()
        plan = self._plan(options["plan"], content, path.name)
        found = importing.preview_of(content, path.name, plan, {})
        result = self._tell(found, options)
        if not options["dry_run"]:
            run = importing.start_import(content, path.name, actor=SYSTEM, plan=plan, organisation=_city())
            visibility = "internal" if options["internal"] else "public"
            result["written"] = importing.apply_import(run, actor=SYSTEM, visibility=visibility)
            plan = ImportRun.objects.select_related("plan").get(pk=run.pk).plan
            self._conclude(result, plan, options)
        return result

    def _plan(self, code: str | None, content: bytes, name: str) -> Plan | None:
        if code:
            plan = Plan.objects.filter(code=code).first()
            if plan is None:
                known = ", ".join(Plan.objects.values_list("code", flat=True)) or "–"
                raise CommandError(
                    _("There is no plan %(code)s. Known plans: %(known)s.") % {"code": code, "known": known}
                )
            return plan
        _reading, draft = importing.read_plan_document(content, name)
        return Plan.objects.filter(code=importing.slug_of(draft.title or name)).first()

    def _tell(self, found: importing.Preview, options: dict[str, Any]) -> dict[str, Any]:
        counts = found.counts()
        notes = [note_text(note) for note in found.reading.notes]
        anomalies = [
            {
                "id": item.id,
                "code": item.code,
                "rows": [place.row for place in item.places],
                "title": importing.anomaly_title(item),
                "text": item.texts[0] if item.texts else "",
                "choices": list(item.choices),
            }
            for item in found.anomalies
        ]
        changes = importing.difference_lines(found.difference)
        if not options["json"]:
            self.stdout.write(found.draft.title)
            self.stdout.write(
                _("%(axis)s axes, %(objective)s objectives, %(action)s actions; legend: %(legend)s entries")
                % {**counts, "legend": len(found.draft.legend)}
            )
            for axis in found.draft.of("axis"):
                self.stdout.write(f"  {axis.label[:90]}: {len(list(axis.walk('action')))}")
            self.stdout.writelines(notes)
            for item, anomaly in zip(anomalies, found.anomalies, strict=True):
                self.stdout.write(f"! {item['title']} ({importing.rows_text(anomaly)}): {item['text'][:110]}")
                if len(anomaly.choices) > 1:
                    self.stdout.write("    " + " | ".join(importing.choice_label(c) for c in anomaly.choices))
            if found.difference.is_empty:
                self.stdout.write(_("The plan holds all this already; nothing changes."))
            elif found.difference.matched:
                self.stdout.writelines(line + "\n" for line in changes[:40])
        return {
            "title": found.draft.title,
            "counts": counts,
            "legend": [e.text for e in found.draft.legend],
            "notes": notes,
            "anomalies": anomalies,
            "changes": changes,
        }

    def _conclude(self, result: dict[str, Any], plan: Plan | None, options: dict[str, Any]) -> None:
        if plan is None:
            return
        result |= {"plan": plan.code, "address": f"{settings.PUBLIC_URL}/fr/plans/{plan.code}/"}
        if not options["json"]:
            written = ", ".join(f"{key} {count}" for key, count in result["written"].items()) or "–"
            self.stdout.write(_("Written: %(written)s") % {"written": written})
            self.stdout.write(_("See it at %(address)s") % {"address": result["address"]})


def _city() -> Organisation:
    """The city; made where the store is empty, so that a first document can come in before anything else."""
    found = root()
    if found is None:
        values = {
            "code": "city",
            "kind": Organisation.Kind.CITY,
            "name": Text(fr="Ville", nl="Stad", en="City"),
            "parent": None,
        }
        found = add_organisation(values, actor=SYSTEM)
    return found
