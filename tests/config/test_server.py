"""The server as a city runs it: without SENNE_LOCAL, behind a proxy that ends TLS, asked over a real socket."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
HOST = "senne.example.org"
SECURE = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
CSP = (
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    "form-action 'self'",
)  # fmt: skip


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: str


@dataclass
class Server:
    """A running server: where it listens, where its store is."""

    port: int
    store: Path
    process: subprocess.Popen[str]

    def ask(self, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers=SECURE if headers is None else headers)
        answer = connection.getresponse()
        body = answer.read().decode(errors="replace")
        connection.close()
        return Answer(answer.status, answer.headers, body)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    store, port = tmp_path_factory.mktemp("store"), free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SENNE_") and k != "DATABASE_URL"}
    environment |= {"SENNE_STORE": str(store), "SENNE_URL": f"https://{HOST}", "SENNE_PROXIES": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "senne.config.cli", "serve", "--prepare", "--port", str(port), "--workers", "1"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    line = ""
    while "Senne is at" not in line:
        line = process.stdout.readline()
        assert line, "the server ended before it answered"
    yield Server(port, store, process)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=20)


def test_every_answer_carries_what_keeps_a_reader_safe(server: Server) -> None:
    for path in ("/fr/", "/fr/account/login/", "/fr/nothing/", "/api/v1/plans", "/sitemap.xml"):
        headers = server.ask(path).headers
        assert headers["Strict-Transport-Security"] == "max-age=31536000", path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        policy = headers["Content-Security-Policy"]
        assert [part for part in CSP if part not in policy] == []
        assert "unsafe" not in policy


def test_cookies_travel_over_tls_alone_and_no_script_reads_the_session(server: Server) -> None:
    answer = server.ask("/fr/account/login/")
    for cookie in answer.headers.get_all("Set-Cookie") or []:
        assert "Secure" in cookie
        assert "SameSite=Lax" in cookie
        assert "HttpOnly" in cookie
    assert "csrftoken" in str(answer.headers.get_all("Set-Cookie"))


def test_a_visitor_gets_no_cookie(server: Server) -> None:
    assert server.ask("/fr/").headers.get_all("Set-Cookie") is None


def test_plain_http_is_sent_to_https(server: Server) -> None:
    answer = server.ask("/fr/", headers={"Host": HOST})
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/fr/")


def test_a_stranger_host_is_refused_without_detail(server: Server) -> None:
    answer = server.ask("/fr/", headers={**SECURE, "Host": "evil.example"})
    assert answer.status == 400
    assert "ALLOWED_HOSTS" not in answer.body
    assert "Traceback" not in answer.body


def test_static_files_are_kept_for_ever(server: Server) -> None:
    page = server.ask("/fr/").body
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = server.ask(style)
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert server.ask(style, headers={**SECURE, "Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_nobody_registers_by_themselves(server: Server) -> None:
    for language, words in (
        ("fr", "Pas d’inscription libre"),
        ("nl", "Geen vrije registratie"),
        ("en", "No free registration"),
    ):
        answer = server.ask(f"/{language}/account/signup/")
        assert words in answer.body
        assert 'name="password1"' not in answer.body
        assert server.ask(f"/{language}/account/signup/", "POST").status == 403, "not without the token of a form"


def test_no_demo_city_and_no_demo_account(server: Server) -> None:
    assert "senne-demo" not in server.ask("/fr/").body
    with sqlite3.connect(server.store / "senne.sqlite3") as database:
        assert database.execute("SELECT COUNT(*) FROM core_user").fetchone() == (0,)


def test_a_body_that_is_too_large_is_refused(server: Server) -> None:
    """Only the head of 200 MB is sent: a visitor's upload is refused before it comes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as raw:
        lines = ["POST /fr/work/imports/ HTTP/1.1", *(f"{k}: {v}" for k, v in SECURE.items()),
                 "Content-Type: multipart/form-data; boundary=x", f"Content-Length: {200 * 1024 * 1024}", "", ""]  # fmt: skip
        raw.sendall("\r\n".join(lines).encode())
        head = raw.recv(200).decode(errors="replace")
    assert head.startswith("HTTP/1.1 413")


@pytest.mark.slow
def test_two_servers_on_one_store_and_a_port_in_use_say_so_in_one_line(server: Server, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "senne.config.cli", "serve", "--port", str(server.port)]
    base = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    same = subprocess.run(command, env={**base, "SENNE_STORE": str(server.store)}, capture_output=True, text=True)
    assert same.returncode == 1
    assert f"Senne runs on this store already (process {server.process.pid}, https://{HOST})" in same.stderr
    other = subprocess.run(command, env={**base, "SENNE_STORE": str(tmp_path)}, capture_output=True, text=True)
    assert other.returncode == 1
    assert other.stderr.strip().splitlines() == [
        f"CommandError: Port {server.port} is in use by another program. Stop that one, or take another port: "
        f"make run PORT={server.port + 1}"
    ]


def test_our_fault_shows_no_trace(server: Server) -> None:
    """The last test of this server: a table is gone."""
    with sqlite3.connect(server.store / "senne.sqlite3") as database:
        database.execute("ALTER TABLE plan_plan RENAME TO plan_plan_gone")
    for path in ("/fr/plans/", "/api/v1/plans"):
        answer = server.ask(path + "?x=1")
        assert answer.status == 500
        for word in ("Traceback", "plan_plan", "sqlite", "OperationalError", "/senne/"):
            assert word not in answer.body, (path, word)
    assert server.ask("/api/v1/plans?x=1").body == '{"detail": "Something went wrong on our side."}'


def test_it_stops_within_seconds(server: Server) -> None:
    started = time.monotonic()
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(timeout=20) == 0
    assert time.monotonic() - started < 8
