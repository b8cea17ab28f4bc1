"""An upload of 200 MB against the real server: refused with what to do, and nothing of it held in memory."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import django; django.setup()
from datetime import date
from django.test import Client
from senne.core import organisations, people
from senne.core.actors import SYSTEM
from senne.core.models import User
from senne.core.policy import Role
city = organisations.add_organisation({"code": "city", "kind": "city", "parent": None, "name": {"fr": "V"}}, actor=SYSTEM)
body = organisations.add_organisation({"code": "body", "kind": "body", "parent": city, "name": {"fr": "B"}}, actor=SYSTEM)
person = people.add_person({"name": "M", "organisation": body}, actor=SYSTEM)
people.give_role(person, Role.BODY_MANAGER, body, actor=SYSTEM, since=date(2024, 1, 1))
people.change_person(person, {"user": User.objects.create_user("m@example.org", "x")}, actor=SYSTEM)
client = Client()
client.force_login(User.objects.get())
print(client.cookies["sessionid"].value)
"""
MEGABYTES = 200


def peak(pid: int) -> int:
    """The most memory that a process and its children have held, in MB."""
    found = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if pid in {int(lines["Pid"]), int(lines["PPid"])} and "VmHWM" in lines:
            found = max(found, int(lines["VmHWM"].split()[0]) // 1024)
    return found


@pytest.mark.slow
def test_200_megabytes_are_refused_and_not_held(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {
        "SENNE_LOCAL": "1",
        "SENNE_STORE": str(tmp_path),
        "SENNE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "senne.config.settings",
    }
    senne = [sys.executable, "-m", "senne.config.cli"]
    for step in (
        ["migrate", "--verbosity", "0"],
        ["createcachetable"],
        ["collectstatic", "--noinput", "--verbosity", "0"],
    ):
        subprocess.run([*senne, *step], env=environment, check=True, stdout=subprocess.DEVNULL)
    cookies = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, check=True, capture_output=True, text=True
    )
    session = cookies.stdout.split()[-1]
    server = subprocess.Popen(
        [*senne, "serve", "--port", str(port), "--workers", "1"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        connection = connected(port, server)
        headers = {"Cookie": f"sessionid={session}", "Origin": f"http://127.0.0.1:{port}"}
        connection.request("GET", "/fr/work/imports/", headers=headers)
        page = connection.getresponse()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
        assert page.status == 200
        assert token
        headers["Cookie"] += f"; csrftoken={page.headers['Set-Cookie'].split('csrftoken=')[1].split(';')[0]}"
        before = max(peak(child) for child in (server.pid, *children(server.pid)))
        status, answer = send(connection, headers, token.group(1))
        after = max(peak(child) for child in (server.pid, *children(server.pid)))
    finally:
        server.terminate()
        server.wait(timeout=20)
    assert status == 413
    assert "25" in answer
    assert after - before < 60, f"{before} MB before, {after} MB after"


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def connected(port: int, server: subprocess.Popen[bytes]) -> http.client.HTTPConnection:
    for _try in range(120):
        assert server.poll() is None, "the server ended before it answered"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.connect()
        except OSError:
            time.sleep(0.25)
        else:
            return connection
    raise AssertionError("the server does not answer")


def send(connection: http.client.HTTPConnection, headers: dict[str, str], token: str) -> tuple[int, str]:
    """A form with a file of 200 MB, written piece by piece."""
    line = "----------------------------senne"
    head = (
        f'--{line}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="plan.xlsx"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    tail = f"\r\n--{line}--\r\n".encode()
    connection.putrequest("POST", "/fr/work/imports/")
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.putheader("Content-Type", f"multipart/form-data; boundary={line}")
    connection.putheader("Content-Length", str(len(head) + MEGABYTES * 1024 * 1024 + len(tail)))
    connection.endheaders(head)
    for _piece in range(MEGABYTES):
        connection.send(b"\x00" * 1024 * 1024)
    connection.send(tail)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()
