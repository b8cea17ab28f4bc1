"""A small OpenID Connect server on loopback, for the tests of logging in: discovery, code with PKCE, keys, user info."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "senne", "between us"


class OpenIdServer:
    """Answers for one person at a time: `claims` says who has just logged in there. `asked` keeps what came in."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {}
        self.audience = CLIENT
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._tokens: dict[str, dict[str, Any]] = {}
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(5)

    def answer(self, method: str, path: str, values: dict[str, str], bearer: str) -> tuple[int, Any, str]:
        """(status, body, where to) of one request."""
        self.asked.append((path, values))
        if path == "/.well-known/openid-configuration":
            return 200, self._configuration(), ""
        if path == "/keys":
            return 200, {"keys": [self._public_key()]}, ""
        if path == "/authorize":
            return self._authorize(values)
        if path == "/token" and method == "POST":
            return self._token(values)
        if path == "/userinfo" and bearer in self._tokens:
            return 200, self._tokens[bearer], ""
        return 401, {"error": "no"}, ""

    def _configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _public_key(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {**found, "kid": "one", "use": "sig", "alg": "RS256"}

    def _authorize(self, values: dict[str, str]) -> tuple[int, Any, str]:
        """The person has logged in here; back to Senne with a code that works once."""
        if values.get("client_id") != CLIENT or values.get("code_challenge_method") != "S256":
            return 400, {"error": "invalid_request"}, ""
        code = secrets.token_urlsafe(16)
        self._codes[code] = values
        query = urlencode({"code": code, "state": values["state"]})
        return 302, {}, f"{values['redirect_uri']}?{query}"

    def _token(self, values: dict[str, str]) -> tuple[int, Any, str]:
        asked = self._codes.pop(values.get("code", ""), None)
        digest = hashlib.sha256(values.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or values.get("client_secret") != SECRET or asked["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}, ""
        if asked["redirect_uri"] != values.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}, ""
        access = secrets.token_urlsafe(16)
        self._tokens[access] = dict(self.claims)
        now = int(time.time())
        claims = {**self.claims, "iss": self.address, "aud": self.audience, "iat": now, "exp": now + 300}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})
        return 200, {"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": signed}, ""

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def _reply(self, body: bytes) -> None:
                parts = urlsplit(self.path)
                values = {k: v[0] for k, v in parse_qs(parts.query or body.decode()).items()}
                bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
                status, answer, where = server.answer(self.command, parts.path, values, bearer)
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                if where:
                    self.send_header("Location", where)
                self.end_headers()
                self.wfile.write(content)

            def do_GET(self) -> None:
                self._reply(b"")

            def do_POST(self) -> None:
                self._reply(self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def log_message(self, format: str, *args: Any) -> None:
                return

        return Handler
