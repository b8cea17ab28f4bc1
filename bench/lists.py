"""Reading: the list of 400 actions, the pages around it, their queries, processor time and weight."""

from __future__ import annotations

import gzip
import re
from itertools import count

from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.city import build
from bench.report import Report, cpu_ms
from senne.plan.api import Action, Objective

PAGE = "/fr/actions/"
fresh = count()


def pages() -> dict[str, str]:
    """One address of every kind of public page."""
    action, objective = Action.objects.first(), Objective.objects.first()
    assert action
    assert objective
    root = "/fr/plans/BIG/"
    return {
        "home": "/fr/",
        "plan": root,
        "theme": f"{root}themes/T0/",
        "axis": f"{root}axes/T0A/",
        "objective": f"{root}objectives/{objective.code}/",
        "action": f"{root}actions/{action.code}/",
        "actions": PAGE,
        "actions, as cards": f"{PAGE}?view=cards",
        "actions, searched": f"{PAGE}?q=ecole",
        "objectives": "/fr/objectives/",
        "indicators": "/fr/indicators/",
        "indicator": "/fr/indicators/measure-1/",
        "organisations": "/fr/organisations/",
        "organisation": "/fr/organisations/unit-1/",
        "changes": "/fr/changes/",
        "open data": "/fr/data/",
        "contact": "/fr/contact/",
    }


def _uncached(client: Client, address: str) -> int:
    glue = "&" if "?" in address else "?"
    return client.get(f"{address}{glue}unseen={next(fresh)}").status_code


def _assets() -> int:
    """Compressed bytes of what every page loads besides itself: the style sheet and the icon."""
    return sum(
        len(gzip.compress(open(finders.find(f"site/{name}"), "rb").read())) for name in ("senne.css", "icon.svg")
    )


def measure(report: Report) -> None:
    report.title("400 actions (2 organisations, 2 contacts, 3 steps, 3 tags each), 40 indicators, anonymous")
    build(400)
    client = Client(headers={"accept-encoding": "gzip"})
    _uncached(client, PAGE)
    with CaptureQueriesContext(connection) as queries:
        _uncached(client, PAGE)
    asked = len(queries)
    report.line("queries of the list", str(asked), "≤ 12", asked <= 12)
    uncached = cpu_ms(lambda: _uncached(client, PAGE))
    report.line("CPU of the list, not cached", f"{uncached:.1f} ms", "≤ 100 ms", uncached <= 100)
    report.line("  as a ratio to the bare view", f"{uncached / report.floor['bare']:.1f} ×")
    cached = cpu_ms(lambda: [client.get(PAGE) for _ in range(100)], 5) / 100
    ratio = cached / report.floor["bare"]
    report.line("CPU of the list, cached", f"{cached:.2f} ms")
    report.line("  as a ratio to the bare view", f"{ratio:.2f} ×", "≤ 2 ×", ratio <= 2)
    tag = client.get(PAGE)["ETag"]
    again = client.get(PAGE, headers={"if-none-match": tag})
    report.line("answer to one who holds the page", str(again.status_code), "304", again.status_code == 304)
    _weights(report)


def _weights(report: Report) -> None:
    report.title("Every kind of public page: queries, CPU, compressed weight with style sheet, elements, script")
    assets = _assets()
    report.line("style sheet and icon, compressed", f"{assets / 1024:.1f} kB")
    plain, packed = Client(), Client(headers={"accept-encoding": "gzip"})
    for name, address in pages().items():
        response = plain.get(address)
        assert response.status_code == 200, (name, response.status_code)
        body = response.content.decode()
        weight = (len(packed.get(address).content) + assets) / 1024
        elements = len(re.findall(r"<[a-z]", body))
        with CaptureQueriesContext(connection) as queries:
            _uncached(plain, address)
        asked = len(queries)
        spent = cpu_ms(lambda address=address: _uncached(plain, address), 5)
        script = len("".join(re.findall(r"<script.*?</script>", body, re.S)))
        good = weight <= 30 and elements <= 380 and script == 0 and asked <= 18
        value = f"{asked} q {spent:.0f} ms"
        report.line(name, value, f"{weight:.1f} kB, {elements} el, {script} B", good)
