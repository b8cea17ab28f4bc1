"""senne import-plan FILE: read a plan document, say what was found, write it into a plan.

Exit codes: 0 read (and written); 1 the file cannot be read, or cannot be written into that plan; 2 wrong arguments.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core.actors import SYSTEM
from senne.core.models import Organisation
from senne.core.organisations import add_organisation, root
from senne.core.text import Text
from senne.plan import import_words, importing
from senne.plan.importers.base import ImportProblem, check_size
from senne.plan.importers.messages import problem_text
from senne.plan.models import ImportRun, Plan
from senne.plan.reading.anomalies import Anomaly
from senne.plan.reading.difference import Difference, FieldChange

MOST_TOLD = 40


class Command(BaseCommand):
    help = "Read a plan document (XLSX, ODS, CSV, text, DOCX, ODT, PDF, HTML, JSON) into a plan."

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
                self._fail(options, {"code": problem.code, "params": problem.params, "text": problem_text(problem)})
            except ValidationError as error:
                self._fail(options, {"code": "refused", "params": {}, "text": " ".join(error.messages)})
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))

    def _fail(self, options: dict[str, Any], problem: dict[str, Any]) -> None:
        """Say what is wrong: as JSON on the output where that was asked, as a sentence with the errors in any case."""
        if options["json"]:
            self.stdout.write(
                json.dumps({"file": options["file"].name, "problem": problem}, ensure_ascii=False, indent=2)
            )
        raise CommandError(f"{options['file']}: {problem['text']}", returncode=1) from None

    def _import(self, options: dict[str, Any]) -> dict[str, Any]:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path}, returncode=2)
        check_size(path.stat().st_size)
        content = path.read_bytes()
        plan = self._plan(options["plan"], content, path.name)
        found = importing.preview_of(content, path.name, plan, {}, actor=SYSTEM)
        result = told(found, path.name, plan)
        if not options["json"]:
            self._say(found, result)
        if not options["dry_run"]:
            run = importing.start_import(content, path.name, actor=SYSTEM, plan=plan, organisation=_city())
            visibility = "internal" if options["internal"] else "public"
            result["written"] = importing.apply_import(run, actor=SYSTEM, visibility=visibility)
            self._conclude(result, ImportRun.objects.select_related("plan").get(pk=run.pk).plan, options)
        return result

    def _plan(self, code: str | None, content: bytes, name: str) -> Plan | None:
        if not code:
            _reading, draft = importing.read_plan_document(content, name)
            return Plan.objects.filter(code=importing.code_of(draft, name)).first()
        plan = Plan.objects.filter(code=code).first()
        if plan is None:
            known = ", ".join(Plan.objects.values_list("code", flat=True)) or "–"
            message = _(
                "There is no plan %(code)s. Known plans: %(known)s. "
                "Without --plan, a new one is made, named after the document."
            ) % {"code": code, "known": known}
            raise CommandError(message, returncode=2)
        return plan

    def _say(self, found: importing.Preview, result: dict[str, Any]) -> None:
        """The same as the JSON object, in sentences."""
        self.stdout.write(result["title"])
        summary = _("%(axis)s axes, %(objective)s objectives, %(action)s actions; legend: %(legend)s entries")
        self.stdout.write(summary % {**result["counts"], "legend": len(result["legend"])})
        for axis in found.draft.of("axis"):
            self.stdout.write(f"  {axis.label[:90]}: {len(list(axis.walk('action')))}")
        for note in result["notes"]:
            self.stdout.write(note)
        for item, anomaly in zip(result["anomalies"], found.anomalies, strict=True):
            self.stdout.write(f"! {item['title']} ({import_words.places_text(anomaly)}): {item['texts'][0][:110]}")
            if len(anomaly.choices) > 1:
                self.stdout.write("    " + " | ".join(import_words.choice_label(c) for c in anomaly.choices))
        if found.difference.is_empty:
            self.stdout.write(_("The plan holds all this already; nothing changes."))
        elif found.difference.matched:
            self._say_changes(found.difference)

    def _say_changes(self, difference: Difference) -> None:
        lines = import_words.difference_lines(difference)
        for line in lines[:MOST_TOLD]:
            self.stdout.write(line)
        if len(lines) > MOST_TOLD:
            self.stdout.write(_("… and %(count)s more (--json gives all)") % {"count": len(lines) - MOST_TOLD})

    def _conclude(self, result: dict[str, Any], plan: Plan | None, options: dict[str, Any]) -> None:
        if plan is None:
            return
        result |= {"plan": plan.code, "address": f"{settings.PUBLIC_URL}/{options['language']}/plans/{plan.code}/"}
        if options["json"]:
            return
        counts = {key: count for key, count in result["written"].items() if key != "refused"}
        written = ", ".join(f"{key} {count}" for key, count in counts.items()) or "–"
        self.stdout.write(_("Written: %(written)s") % {"written": written})
        for line in result["written"].get("refused", []):
            self.stdout.write(_("Not written: %(what)s") % {"what": line})
        self.stdout.write(_("See it at %(address)s") % {"address": result["address"]})


def told(found: importing.Preview, name: str, plan: Plan | None) -> dict[str, Any]:
    """The JSON object of `--json` (docs/exchange.md): stable names, texts in the language asked."""
    difference = found.difference
    return {
        "file": name,
        "plan": plan.code if plan else None,
        "title": found.draft.title,
        "language": found.draft.language,
        "counts": found.counts(),
        "legend": [entry.text for entry in found.draft.legend],
        "notes": import_words.notes_of(found.reading.notes, found.unknown),
        "anomalies": [_anomaly(item) for item in found.anomalies],
        "difference": {
            "new": [{"kind": n.kind, "code": n.code, "label": n.label, "row": n.place.row} for n in difference.new],
            "changed": [
                {"kind": node.kind, "code": known.code, "field": change.name, **_change(change), "why": change.why}
                for node, known, changes in difference.changed
                for change in changes
            ],
            "moved": [
                {"kind": node.kind, "code": known.code, **_change(change), "why": change.why}
                for node, known, change in difference.moved
            ],
            "gone": [{"kind": known.kind, "code": known.code, "label": known.name} for known in difference.gone],
            "plan": [{"field": change.name, **_change(change)} for change in difference.plan],
        },
    }


def _anomaly(item: Anomaly) -> dict[str, Any]:
    return {
        "id": item.id,
        "code": item.code,
        "title": import_words.anomaly_title(item),
        "places": [{"sheet": place.sheet, "row": place.row} for place in item.places],
        "texts": list(item.texts) or [""],
        "choices": list(item.choices),
    }


def _change(change: FieldChange) -> dict[str, Any]:
    return {"now": change.now, "new": change.new, "state": change.state}


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
