"""Writing at the same time: eight processes on SQLite for ten seconds, and two people on one action."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

from django.test import Client

from bench.report import Report
from senne.core import people, records
from senne.core.actors import SYSTEM, actor_of_person
from senne.core.models import AuditEntry, Organisation
from senne.core.policy import Role
from senne.core.text import Text
from senne.plan.api import Action, do

WRITERS, LASTING = 8, 10.0
WRITER = """
import os, sys, time
import django
django.setup()
from senne.core.actors import SYSTEM
from senne.core.text import Text
from senne.plan.api import Action, do
number = int(sys.argv[1])
written, slowest = 0, 0.0
ids = list(Action.objects.filter(plan__code="BIG").values_list("pk", flat=True))
print("ready", flush=True)
until = float(sys.stdin.readline())
while time.time() < until:
    action = Action.objects.get(pk=ids[(number * 31 + written) % len(ids)])
    start = time.perf_counter()
    do.change_action(action, {"news": Text(fr=f"{number} / {written}")}, actor=SYSTEM)
    slowest = max(slowest, time.perf_counter() - start)
    written += 1
print(written, slowest)
"""


def measure(report: Report) -> None:
    report.title(f"{WRITERS} processes write on SQLite for {LASTING:.0f} s, while a visitor reads")
    before = AuditEntry.objects.count()
    writers = [_writer(n) for n in range(WRITERS)]
    for process in writers:
        assert process.stdout
        process.stdout.readline()
    until = time.time() + LASTING
    for process in writers:
        assert process.stdin
        process.stdin.write(f"{until}\n")
        process.stdin.flush()
    reads, failures, slowest_read = 0, 0, 0.0
    client = Client()
    while time.time() < until:
        start = time.perf_counter()
        failures += client.get(f"/fr/actions/?unseen={reads}-w").status_code != 200
        slowest_read = max(slowest_read, time.perf_counter() - start)
        reads += 1
    written, slowest = 0, 0.0
    for process in writers:
        out, err = process.communicate(timeout=60)
        if process.returncode:
            failures += 1
            print(err.strip().splitlines()[-1:])
        else:
            number, wait = out.split()
            written, slowest = written + int(number), max(slowest, float(wait))
    kept = AuditEntry.objects.count() - before
    report.line("writers or readers that met an error", str(failures), "0", failures == 0)
    report.line("changes written, with their history", f"{written} / {kept}", "equal", written == kept > 0)
    report.line("slowest change", f"{slowest:.2f} s")
    report.line("pages read meanwhile, slowest", f"{reads}, {slowest_read:.2f} s")
    _two_people(report)


def _writer(number: int) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", WRITER, str(number)]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def _two_people(report: Report) -> None:
    """Both open the same action; both save; the second is told and nothing is lost."""
    city = Organisation.objects.get(code="city")
    person = people.add_person({"name": "Second", "organisation": city}, actor=SYSTEM)
    people.give_role(person, Role.COORDINATION, city, actor=SYSTEM, since=date(2024, 1, 1))
    action = Action.objects.filter(plan__code="BIG").first()
    assert action
    opened = action.version
    do.change_action(action, {"title": Text(fr="Le premier a écrit")}, actor=SYSTEM, expected_version=opened)
    told = False
    try:
        again = Action.objects.get(pk=action.pk)
        values = {"title": Text(fr="Le second a écrit")}
        do.change_action(again, values, actor=actor_of_person(person, date(2026, 1, 1)), expected_version=opened)
    except records.Conflict as conflict:
        told = conflict.current.title.get("fr") == "Le premier a écrit" and conflict.mine == values  # type: ignore[attr-defined]
    report.line("second of two who save one action sees both versions", "yes" if told else "no", "yes", told)
