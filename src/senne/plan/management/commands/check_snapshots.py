"""`senne check-snapshots`: is every published version and round still what was sealed?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core.text import LANGUAGES, SOURCE_LANGUAGE
from senne.plan.freezing import faults_of
from senne.plan.models import Snapshot


class Command(BaseCommand):
    """One line for each snapshot; ends with 1 where a content hash does not fit its content any more."""

    help = "Compute the content hashes of all published versions and rounds again, and compare them."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--language", choices=LANGUAGES, default=SOURCE_LANGUAGE, help="language of the messages")

    def handle(self, *_args: Any, **options: Any) -> None:
        with override(options["language"]):
            broken = sum(not self._is_sound(snapshot) for snapshot in _snapshots())
            if broken:
                raise CommandError(_("%(n)s snapshots are not what was published.") % {"n": broken}, returncode=1)

    def _is_sound(self, snapshot: Snapshot) -> bool:
        faults = faults_of(snapshot)
        said = _("changed since: %(what)s") % {"what": ", ".join(faults)} if faults else _("sound")
        self.stdout.write(f"{snapshot.plan.code} {snapshot.number} {snapshot.content_hash[:12]}: {said}")
        return not faults


def _snapshots() -> list[Snapshot]:
    return list(Snapshot.objects.select_related("plan").order_by("plan__code", "number"))
