"""What this machine takes for the least that could be done: everything else is read as a ratio to it."""

from __future__ import annotations

import hashlib
import json

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from bench.report import Report, cpu_ms


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>bare</title>")


urlpatterns = [path("bare", bare)]


def bare_view_ms() -> float:
    """One request to a bare view through the same middleware as every page (100 at a time, for the clock's sake)."""
    with override_settings(ROOT_URLCONF="bench.floor"):
        client = Client()
        return cpu_ms(lambda: [client.get("/bare") for _ in range(100)], 5) / 100


def measure(report: Report) -> None:
    report.title("Floor of this machine")
    payload = json.dumps([{"n": n, "text": "climat " * 8} for n in range(2000)])
    report.floor["json"] = cpu_ms(lambda: json.loads(payload))
    report.floor["hash"] = cpu_ms(lambda: hashlib.sha256(b"x" * 4_000_000).hexdigest())
    report.floor["query"] = cpu_ms(lambda: [connection.cursor().execute("SELECT 1") for _ in range(100)]) / 100
    report.floor["bare"] = bare_view_ms()
    report.line("JSON of 2,000 objects read", f"{report.floor['json']:.2f} ms")
    report.line("SHA-256 of 4 MB", f"{report.floor['hash']:.2f} ms")
    report.line("one bare database query", f"{report.floor['query']:.3f} ms")
    report.line("one bare Django view, same middleware", f"{report.floor['bare']:.2f} ms")
