"""The environment decides, is safe where it is silent, refuses nonsense, and is all in the README."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from senne.config import environment as env

ROOT = Path(__file__).resolve().parents[2]
# Set by our own tools for our own children, by nobody else.
OWN = {"SENNE_SERVED", "SENNE_CHROMIUM"}


def in_code() -> set[str]:
    """Every variable that the code reads, as it is written there; parts of a family end with `_`."""
    found: set[str] = set()
    for path in (ROOT / "src" / "senne").rglob("*.py"):
        found |= set(re.findall(r"\"(SENNE_[A-Z_]+)\"", path.read_text(encoding="utf-8")))
    family = "SENNE_OIDC_<ID>_"
    text = (ROOT / "src/senne/config/environment.py").read_text(encoding="utf-8")
    found |= {family + part for part in re.findall(r"\{prefix\}([A-Z_]+)", text)}
    return found


def in_readme() -> set[str]:
    """Every variable of the table of settings, abbreviations ('`SENNE_SMTP_HOST`, `_PORT`') written out."""
    found: set[str] = set()
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines():
        if not line.startswith("| `"):
            continue
        names = re.findall(r"`([A-Z_<>]+)`", line.split("|")[1])
        stem = ""
        for name in names:
            if name.startswith("_"):
                name = stem + name
            else:
                stem = name.rsplit("_", 1)[0]
            found.add(name)
    return {name for name in found if name.startswith("SENNE_")}


def test_every_variable_is_in_the_readme_and_every_one_there_is_read() -> None:
    assert in_code() - OWN == in_readme()


@pytest.mark.parametrize(("written", "meant"), [("1", True), ("yes", True), ("ON", True), ("0", False), ("", False)])
def test_flags(monkeypatch: pytest.MonkeyPatch, written: str, meant: bool) -> None:
    monkeypatch.setenv("SENNE_X", written)
    assert env.flag("SENNE_X") is meant


def test_a_number_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.number("SENNE_X", 7) == 7
    monkeypatch.setenv("SENNE_X", "two")
    with pytest.raises(SystemExit, match="SENNE_X must be a whole number, not 'two'"):
        env.number("SENNE_X", 7)


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    first = env.secret_key(tmp_path)
    assert len(first) > 60
    assert env.secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_two_first_starts_at_once_agree_on_the_key(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from senne.config.environment import secret_key\n"
        "print(secret_key(Path(sys.argv[1])))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) for _turn in range(4)
    ]
    assert len({process.communicate()[0] for process in started}) == 1


def test_an_outside_login_without_its_address_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENNE_OIDC", "city")
    with pytest.raises(SystemExit, match="SENNE_OIDC_CITY_URL"):
        env.openid_providers()
    monkeypatch.setenv("SENNE_OIDC_CITY_URL", "https://login.example.org")
    monkeypatch.setenv("SENNE_OIDC_CITY_CLIENT_ID", "senne")
    provider = env.openid_providers()[0]
    assert provider["settings"] == {
        "server_url": "https://login.example.org", "oauth_pkce_enabled": True, "verified_email": False,
    }  # fmt: skip


def test_the_login_form_may_lead_on_to_the_login_servers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.openid_origins() == []
    monkeypatch.setenv("SENNE_OIDC", "city")
    monkeypatch.setenv("SENNE_OIDC_CITY_URL", "https://id.city.example/realms/staff")
    monkeypatch.setenv("SENNE_OIDC_CITY_LOGIN_URL", "https://login.city.example:8443/authorize")
    assert env.openid_origins() == ["https://id.city.example", "https://login.city.example:8443"]
