"""What the environment says, with safe answers where it is silent. No Django import."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

PROJECT_ROOT = Path(__file__).resolve().parents[3]


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on (any case); `default` where the variable is absent or empty."""
    value = os.environ.get(name, "").strip().lower()
    return value in {"1", "true", "yes", "on"} if value else default


def store_folder() -> Path:
    """The folder that holds the database, the files, the outbox and the secret key; made if absent."""
    folder = Path(os.environ.get("SENNE_STORE") or PROJECT_ROOT / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The key from SENNE_SECRET_KEY, or the one written to `folder` on the first start, readable by its owner alone.

    Written aside and then linked: a start that is cut off leaves no half key, and of two first starts one wins.
    """
    if given := os.environ.get("SENNE_SECRET_KEY"):
        return given
    path = folder / "secret_key"
    if not path.exists():
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix="secret_key.")
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
        os.unlink(temporary)
    return path.read_text(encoding="utf-8").strip()


def number(name: str, default: int) -> int:
    """A whole number ≥ 0; a start with anything else is refused, so that a typing error does not pass for the default."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise SystemExit(f"{name} must be a whole number, not '{value}'.")
    return int(value)


def public_url(local: bool) -> str:
    """The address under which people reach the site, without a trailing slash."""
    default = "http://127.0.0.1:8000" if local else "https://localhost"
    return (os.environ.get("SENNE_URL") or default).rstrip("/")


def allowed_hosts(url: str, local: bool) -> list[str]:
    """Hosts from SENNE_HOSTS (comma-separated), else the host of the public address (and loopback when local)."""
    if given := os.environ.get("SENNE_HOSTS"):
        return [host.strip() for host in given.split(",") if host.strip()]
    hosts = [urlsplit(url).hostname or "localhost"]
    return [*hosts, "127.0.0.1", "localhost", "[::1]"] if local else hosts


def bounds() -> tuple[float, float, float, float]:
    """West, south, east and north (degrees) of the region in which places are believed; Belgium where nothing is said."""
    west, south, east, north = (
        float(part) for part in (os.environ.get("SENNE_BOUNDS") or "2.3,49.4,6.5,51.6").split(",")
    )
    return west, south, east, north


def _openid_names() -> list[tuple[str, str]]:
    """(id, beginning of its variables) of each OpenID Connect server."""
    names = filter(None, (part.strip() for part in os.environ.get("SENNE_OIDC", "").split(",")))
    return [(name, f"SENNE_OIDC_{name.upper().replace('-', '_')}_") for name in names]


def openid_origins() -> list[str]:
    """Where our login form may lead on to: browsers hold its redirection against the policy's `form-action`.

    The server of _URL, and that of _LOGIN_URL where the page on which people log in is elsewhere.
    """
    addresses: list[str | None] = []
    for _name, prefix in _openid_names():
        addresses += [os.environ.get(f"{prefix}URL"), os.environ.get(f"{prefix}LOGIN_URL")]
    parts = [urlsplit(address) for address in addresses if address]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})


def openid_providers() -> list[dict[str, object]]:
    """OpenID Connect servers named in SENNE_OIDC (comma-separated ids), each with its own SENNE_OIDC_<ID>_… variables.

    For each id: _URL (issuer or discovery address), _CLIENT_ID, _CLIENT_SECRET, _NAME, _TRUST_EMAIL (for servers that
    never say whether an address is verified, and whose addresses the city itself gives out). A server without address
    or client is refused at start, so that a typing error does not silently remove the login.
    """
    providers: list[dict[str, object]] = []
    for name, prefix in _openid_names():
        url, client = os.environ.get(f"{prefix}URL"), os.environ.get(f"{prefix}CLIENT_ID")
        if not url or not client:
            raise SystemExit(f"SENNE_OIDC names '{name}' but {prefix}URL or {prefix}CLIENT_ID is missing.")
        providers.append(
            {
                "provider_id": name,
                "name": os.environ.get(f"{prefix}NAME", name),
                "client_id": client,
                "secret": os.environ.get(f"{prefix}CLIENT_SECRET", ""),
                "settings": {
                    "server_url": url,
                    "oauth_pkce_enabled": True,
                    "verified_email": flag(f"{prefix}TRUST_EMAIL"),
                },
            }
        )
    return providers
