"""Server, worker and supervisor are killed (SIGKILL) fifty times at random moments, while people report for a round, are
reminded of it, and the round is frozen: nothing is lost, nothing is sent twice, and no snapshot is half there."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.killing import ROOT, Store, store, until

__all__ = ["store"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]
KILLS, SEVERAL, SEED = 50, 16, 2026
PREPARE = """
import json
import django; django.setup()
from datetime import date, timedelta
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
from django.db import transaction
from bench import city, work
from senne.core import people, records
from senne.core.actors import SYSTEM
from senne.core.mailing import notices
from senne.core.mailing.rules import Cadence, Kind
from senne.core.models import Person
from senne.core.text import Text
from senne.plan.api import Contribution, freezing
today = timezone.localdate()
with transaction.atomic():
    plan = city.build(48)
    persons = work.staff(plan)
    for person in Person.objects.all():
        people.change_person(person, {"email": f"p{person.pk}@example.org"}, actor=SYSTEM)
        for kind in Kind:
            notices.choose(person, kind.value, Cadence.AT_ONCE)
    round_ = work.open_round(plan, today)
    records.update(round_, {"report_by": today + timedelta(days=7)}, actor=SYSTEM)
    freezing.freeze(plan, freezing.Label("moment", Text(fr="Avant"), True), today, actor=SYSTEM)
session = work.browser(persons["coordination"], "coordination").cookies["sessionid"].value
print(json.dumps({"session": session, "round": round_.pk,
                  "contributions": list(Contribution.objects.order_by("pk").values_list("pk", flat=True))}))
"""
SETTLE = """
import django; django.setup()
from django.utils import timezone
from senne.core.chores import do_chores, do_post
do_chores(timezone.now())
while do_post(timezone.now())["mails sent"]: pass
"""
JUDGE = """
import json
import django; django.setup()
from django.db.models import Count
from senne.core.mailing.models import Mail, Notice
from senne.core.models import AuditEntry
from senne.plan.api import Contribution, Round, Snapshot, freezing
snapshots = Snapshot.objects.annotate(n=Count("parts")).order_by("number")
trail = AuditEntry.objects.filter(kind="plan.contribution")
print(json.dumps({
    "round": Round.objects.get().state,
    "numbers": [s.number for s in snapshots], "editions": [s.edition for s in snapshots],
    "parts": sorted({s.n for s in snapshots}), "faults": [f for s in snapshots for f in freezing.faults_of(s)],
    "reasons": [s.reason for s in snapshots],
    "frozen": AuditEntry.objects.filter(kind="plan.snapshot", verb="create").count(),
    "states": {c.pk: c.state for c in Contribution.objects.all()},
    "reports": list(trail.filter(verb="report").values_list("record_id", flat=True).distinct()),
    "validations": list(trail.filter(verb="validate").values_list("record_id", flat=True).distinct()),
    "reported": list(Contribution.objects.exclude(reported_at=None).values_list("pk", flat=True)),
    "validated": list(Contribution.objects.exclude(validated_at=None).values_list("pk", flat=True)),
    "mails": list(Mail.objects.values_list("key", "state")),
    "untold": Notice.objects.filter(mail=None, dropped=False).exclude(person__email="").count(),
}))
"""


# ---- Around it ----------------------------------------------------------------------------------------------------


class Sink(socketserver.ThreadingTCPServer):
    """A mail server that takes everything and counts what it took, by the key that each mail carries."""

    daemon_threads = allow_reuse_address = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: Counter[str] = Counter()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs."""

    def handle(self) -> None:
        try:
            self._say("220 sink")
            while line := self.rfile.readline():
                word = line[:4].upper().strip()
                if word == b"DATA":
                    self._say("354 go on")
                    self._take()
                self._say("221 bye" if word == b"QUIT" else "250 ok")
        except OSError:
            return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _take(self) -> None:
        """Count a mail once it is whole: what a killed worker began to say is no mail."""
        text = b""
        while line := self.rfile.readline():
            if line == b".\r\n":
                key = re.search(rb"^X-Senne-Key: *(.*?)\r\n(?! )", text, re.M | re.S)
                assert key
                assert isinstance(self.server, Sink)
                self.server.taken[re.sub(r"\s+", "", key[1].decode())] += 1
                return
            text += line


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        """The answer itself is what was asked for."""


@dataclass
class House:
    """The processes that are killed, each with its number, and the program that starts them anew."""

    nursery: subprocess.Popen[str]
    alive: dict[str, int] = field(default_factory=dict)

    def start(self, kind: str) -> None:
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.write(f"{kind}\n")
        self.nursery.stdin.flush()
        self.alive[kind] = int(self.nursery.stdout.readline())

    def kill(self, kind: str) -> None:
        pid = self.alive.pop(kind)
        os.kill(pid, signal.SIGKILL)
        assert until(lambda: not os.path.exists(f"/proc/{pid}")), "a killed process is gone"


@dataclass
class Office:
    """The coordination at two desks: at one it reports, validates, reminds and publishes; at the other it freezes editions
    of a version, one after the other."""

    port: int
    session: str
    round: int
    todo: list[int]
    done: threading.Event = field(default_factory=threading.Event)
    accepted: dict[str, set[int]] = field(default_factory=lambda: {"report": set(), "validate": set()})
    reasons: list[str] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)

    def post(self, path: str, **data: str) -> str | None:
        """Where the answer leads to; None where none came: as somebody who presses again would have to find out."""
        sent = urllib.parse.urlencode({**data, "csrfmiddlewaretoken": "k" * 32}).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/fr/work/{path}", sent)  # noqa: S310
        request.add_header("Cookie", f"sessionid={self.session}; csrftoken={'k' * 32}")
        try:
            urllib.request.build_opener(NoRedirect).open(request, timeout=30).close()
        except urllib.error.HTTPError as answer:
            if answer.code == 302:
                return answer.headers["Location"]
            self.refused[answer.code] += 1
        except OSError:
            time.sleep(0.05)
        return None

    def insist(self, path: str, **data: str) -> bool:
        """Press until an answer comes, or the test is over."""
        while not self.done.is_set():
            if self.post(path, **data) is not None:
                return True
        return False

    def work(self) -> None:
        for n, key in enumerate(self.todo):
            if self.insist(f"rounds/{self.round}/{key}/", unchanged="1"):
                self.accepted["report"].add(key)
            if n % 2 and self.insist(f"rounds/{self.round}/{key}/", validate="1"):
                self.accepted["validate"].add(key)
            if n % 4 == 0:
                self.insist(f"rounds/{self.round}/remind/")
        self.insist(f"rounds/{self.round}/publish/", incomplete="1")

    def correct(self) -> None:
        for n in range(10_000):
            if self.done.is_set():
                return
            if self.post("versions/1/correct/", reason=f"correction {n}") is not None:
                self.reasons.append(f"correction {n}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def sink(store: Store) -> Iterator[Sink]:
    taking = Sink()
    port = str(taking.server_address[1])
    store.more = {
        "SENNE_SMTP_HOST": "127.0.0.1", "SENNE_SMTP_PORT": port, "SENNE_SMTP_TLS": "0", "SENNE_MAILS_A_WEEK": "100000",
        "SENNE_HOSTS": "127.0.0.1,testserver",
    }  # fmt: skip
    yield taking
    taking.shutdown()
    taking.server_close()


@pytest.fixture
def office(store: Store, sink: Sink) -> Office:
    made = json.loads(store.python(PREPARE).splitlines()[-1])
    return Office(free_port(), made["session"], made["round"], made["contributions"][:SEVERAL])


@pytest.fixture
def house(store: Store, office: Office) -> Iterator[House]:
    nursery = subprocess.Popen(
        [sys.executable, "-m", "tests.config.nursery", str(office.port)], cwd=ROOT, env=store.environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    found = House(nursery)
    for kind in ("server", "worker", "ticker"):
        found.start(kind)
    yield found
    for kind in list(found.alive):
        found.kill(kind)
    nursery.kill()
    nursery.wait()


# ---- The test -----------------------------------------------------------------------------------------------------


def kill_at_random(store: Store, house: House, office: Office) -> None:
    chance = random.Random(SEED)  # noqa: S311
    for _kill in range(KILLS):
        time.sleep(chance.uniform(0.05, 1.4))
        kind = chance.choice(("server", "server", "worker", "worker", "ticker"))
        house.kill(kind)
        if kind == "worker":
            # Minutes later, as far as the post can tell: what was leaving when the worker died is looked into.
            store.ask("UPDATE mailing_mail SET left_at = '2020-01-01 00:00:00+00:00' WHERE state = 'leaving'")
            store.ask("UPDATE django_tasks_database_dbtaskresult SET enqueued_at = '2020-01-01 00:00:00+00:00'")
        house.start(kind)


def test_nothing_is_lost_nothing_is_sent_twice_and_no_snapshot_is_half_there(
    store: Store, sink: Sink, office: Office, house: House
) -> None:
    desks = [threading.Thread(target=work) for work in (office.work, office.correct)]
    for desk in desks:
        desk.start()
    kill_at_random(store, house, office)
    # Killed as often as was meant to; what is under way may end, and the round is published at last.
    published = until(lambda: store.ask("SELECT state FROM plan_round") == [("published",)], 90)
    office.done.set()
    for desk in desks:
        desk.join(timeout=60)
    assert published, (office.refused, {kind: len(found) for kind, found in office.accepted.items()})
    for kind in list(house.alive):
        house.kill(kind)
    store.ask("UPDATE mailing_mail SET left_at = '2020-01-01 00:00:00+00:00' WHERE state = 'leaving'")
    store.python(SETTLE)
    said = json.loads(store.python(JUDGE).splitlines()[-1])

    # Nothing half: every frozen edition is whole, its hash verifies, its trail is there.
    assert said["faults"] == []
    assert len(said["parts"]) == 1
    assert said["numbers"] == list(range(1, len(said["numbers"]) + 1))
    assert said["frozen"] == len(said["numbers"]) > 2
    # Nothing lost: what somebody was told is saved is saved, with its trail, and the trail speaks of nothing else.
    assert set(office.reasons) <= set(said["reasons"])
    assert office.accepted["report"] == set(office.todo)
    assert office.accepted["report"] <= set(said["reported"])
    assert office.accepted["validate"] <= set(said["validated"])
    assert set(said["reports"]) == set(said["reported"])
    assert set(said["validations"]) == set(said["validated"])
    assert {said["states"][str(key)] for key in said["validated"]} == {"published"}
    # Nothing sent twice, and nothing untold: each mail once, but for those of which only the mail server knows.
    mails = dict(said["mails"])
    assert set(mails.values()) <= {"sent", "unclear"}
    assert [key for key, times in sink.taken.items() if times > 1] == []
    assert {key for key, state in mails.items() if state == "sent"} <= set(sink.taken)
    assert set(sink.taken) <= set(mails)
    assert list(mails.values()).count("unclear") <= KILLS
    assert len(sink.taken) >= SEVERAL
    assert said["untold"] == 0
