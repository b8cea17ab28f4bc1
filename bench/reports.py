"""Reports on 400 actions: how long each takes to make, from the records to the file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from bench.report import Report, cpu_ms, seconds
from senne.core.actors import SYSTEM
from senne.plan.api import Plan
from senne.reports import making
from senne.reports.orders import Order

DAY = date(2026, 6, 1)
PROMISED = {"yearly.pdf": 60.0, "college.pptx": 20.0}
MEASURED = ("yearly.pdf", "yearly.docx", "college.pptx", "quarter-hour.pptx", "workbook.xlsx", "state.pdf")
PAGE_LIMIT = 30_000


def measure(report: Report) -> None:
    """Uses the plan that bench.lists has built."""
    plan = Plan.objects.get(code="BIG")
    report.title("Reports on 400 actions")
    for name in MEASURED:
        kind, _dot, form = name.rpartition(".")
        spent, content = seconds(lambda kind=kind, form=form: making.make(Order(plan, kind, form, "fr"), SYSTEM, DAY))
        promise = PROMISED.get(name)
        said = f"≤ {promise:.0f} s" if promise else ""
        report.line(name, f"{spent:.1f} s, {len(content) // 1000} kB", said, not promise or spent <= promise)
    _page(report)


def _page(report: Report) -> None:
    client, answers = Client(), list[Any]()

    def ask() -> None:
        answers.append(client.get(f"/fr/reports/BIG/state/?unseen={len(answers)}", headers={"accept-encoding": "br"}))

    spent = cpu_ms(ask, 5)
    weight = len(answers[-1].content)
    report.line("the one page, drawn", f"{spent:.0f} ms, {weight // 1000} kB", "≤ 30 kB", weight <= PAGE_LIMIT)
