"""Signing in: who allowed which client what, and the tokens that prove it."""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from urllib.parse import unquote, urlencode, urlsplit

from sync.sandbox.consent import consent_page, refusal_page
from sync.sandbox.http import Reply, Request
from sync.sandbox.service_accounts import (
    AUDIENCE,
    GRANT_TYPE,
    BadAssertion,
    ServiceAccount,
    read_assertion,
)
from sync.sandbox.world import World

LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
SECONDS_OF_ACCESS = 3599


@dataclass(frozen=True, slots=True)
class Grant:
    """What one account allowed the client to do."""

    account: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code that waits to be exchanged, once."""

    grant: Grant
    redirect_uri: str
    challenge: str | None
    is_offline: bool


@dataclass(slots=True)
class SignIn:
    """The authorization server of one world: one desktop client, any number of grants."""

    world: World
    client_id: str = "sandbox.apps.example.test"
    client_secret: str = "kept-by-every-desktop-client"  # noqa: S105  # a desktop client's secret is none
    service_accounts: dict[str, ServiceAccount] = field(default_factory=dict)
    _codes: dict[str, Code] = field(default_factory=dict)
    _refresh: dict[str, Grant] = field(default_factory=dict)
    _access: dict[str, tuple[Grant, str | None]] = field(default_factory=dict)
    _consented: set[str] = field(default_factory=set)
    _random: Random = field(default_factory=lambda: Random(7))  # noqa: S311  # the same tokens in every run

    def grant(self, account: str, scopes: Iterable[str]) -> dict[str, str]:
        """Allow these scopes as if the person had gone through the browser; returns both tokens."""
        self.world.add_account(account)
        granted = Grant(account, tuple(scopes))
        refresh_token = self._new("1//", granted)
        return {"refresh_token": refresh_token, "access_token": self._access_token(granted, refresh_token)}

    def allowed(self, access_token: str) -> Grant | None:
        """What an access token allows; None when it is unknown, expired or revoked."""
        found = self._access.get(access_token)
        return None if found is None else found[0]

    def expire_access_tokens(self) -> None:
        """Make every access token stale; refresh tokens stay good."""
        self._access.clear()

    def revoke_account(self, account: str) -> None:
        """Take back everything this account ever allowed."""
        for token in [token for token, granted in self._refresh.items() if granted.account == account]:
            self._forget(token)

    def answer_auth(self, request: Request) -> Reply:
        """The consent page, or where the browser goes once the person has decided."""
        if request.method == "POST":
            return self._decided(request)
        asked = {name: values[-1] for name, values in request.params.items()}
        wrong = self._wrong(asked)
        if wrong is not None:
            return refusal_page(wrong)
        return consent_page(asked, sorted(self.world.accounts))

    def answer_token(self, request: Request) -> Reply:
        """Exchanges a code, a refresh token or a service account's assertion for an access token."""
        form = request.form()
        if form.get("grant_type") == GRANT_TYPE:
            return self._by_assertion(form, request)
        if _client_of(request, form) != (self.client_id, self.client_secret):
            return _refused("invalid_client", "The OAuth client was not found.", 401)
        match form.get("grant_type"):
            case "authorization_code":
                return self._exchange(form)
            case "refresh_token":
                granted = self._refresh.get(form.get("refresh_token", ""))
                if granted is None:
                    return invalid_grant()
                return self._tokens(granted, form["refresh_token"])
            case _:
                return _refused("unsupported_grant_type", "Invalid grant_type")

    def answer_revoke(self, request: Request) -> Reply:
        """Takes back what a refresh or access token stands for."""
        token = request.form().get("token") or (request.params.get("token") or [""])[-1]
        if token in self._access:
            token = self._access[token][1] or token
        if token not in self._refresh:
            return _refused("invalid_token", "Token expired or revoked")
        self._forget(token)
        return Reply(200, b"{}")

    def _wrong(self, asked: Mapping[str, str]) -> str | None:
        """Why this request for consent is refused, in Google's words; None when it is in order."""
        target = urlsplit(asked.get("redirect_uri", ""))
        if asked.get("client_id") != self.client_id:
            return "invalid_client"
        if target.scheme != "http" or target.hostname not in LOOPBACK:
            return "redirect_uri_mismatch"
        if asked.get("response_type") != "code" or not asked.get("scope"):
            return "invalid_request"
        return None

    def _decided(self, request: Request) -> Reply:
        form = request.form()
        wrong = self._wrong(form)
        if wrong is not None:
            return refusal_page(wrong)
        scopes = tuple(request.form_lists().get("granted", ()))
        account = form.get("account", "")
        if form.get("decision") != "allow" or not scopes or account not in self.world.accounts:
            answer = {"error": "access_denied"}
        else:
            answer = {"code": self._code(form, Grant(account, scopes)), "scope": " ".join(scopes)}
        if "state" in form:
            answer["state"] = form["state"]
        return Reply(302, b"", headers=(("Location", f"{form['redirect_uri']}?{urlencode(answer)}"),))

    def _code(self, form: Mapping[str, str], granted: Grant) -> str:
        """A refresh token comes with the first consent, or when consent was asked for anew (R84)."""
        asked_anew = form.get("prompt") == "consent" or granted.account not in self._consented
        self._consented.add(granted.account)
        code = f"4/{self._random.getrandbits(128):032x}"
        is_offline = form.get("access_type") == "offline" and asked_anew
        self._codes[code] = Code(
            granted, form["redirect_uri"], form.get("code_challenge") or None, is_offline
        )
        return code

    def _exchange(self, form: Mapping[str, str]) -> Reply:
        code = self._codes.pop(form.get("code", ""), None)
        if code is None or code.redirect_uri != form.get("redirect_uri"):
            return _refused("invalid_grant", "Malformed auth code.")
        if code.challenge is not None and code.challenge != _challenge(form.get("code_verifier", "")):
            return _refused("invalid_grant", "Invalid code verifier.")
        refresh_token = self._new("1//", code.grant) if code.is_offline else None
        return self._tokens(code.grant, refresh_token, is_first=True)

    def _by_assertion(self, form: Mapping[str, str], request: Request) -> Reply:
        here = f"http://{request.headers.get('host', '')}{request.path}"
        try:
            asked = read_assertion(
                form.get("assertion", ""), self.service_accounts, {AUDIENCE, here}, self.world.clock()
            )
        except BadAssertion as bad:
            return _refused(bad.error, bad.description)
        if asked.subject not in self.world.accounts:
            return _refused("invalid_grant", "Invalid email or User ID")
        return self._tokens(Grant(asked.subject, asked.scopes), None)

    def _tokens(self, granted: Grant, refresh_token: str | None, is_first: bool = False) -> Reply:
        answer = {
            "access_token": self._access_token(granted, refresh_token),
            "expires_in": SECONDS_OF_ACCESS,
            "scope": " ".join(granted.scopes),
            "token_type": "Bearer",
        }
        if is_first and refresh_token is not None:
            answer["refresh_token"] = refresh_token
        if "openid" in granted.scopes:
            answer["id_token"] = self._id_token(granted.account)
        return Reply(200, json.dumps(answer).encode())

    def _access_token(self, granted: Grant, refresh_token: str | None) -> str:
        token = f"ya29.{self._random.getrandbits(160):040x}"
        self._access[token] = (granted, refresh_token)
        return token

    def _new(self, prefix: str, granted: Grant) -> str:
        token = f"{prefix}{self._random.getrandbits(160):040x}"
        self._refresh[token] = granted
        return token

    def _forget(self, refresh_token: str) -> None:
        granted = self._refresh.pop(refresh_token)
        self._consented.discard(granted.account)
        self._access = {token: found for token, found in self._access.items() if found[1] != refresh_token}

    def _id_token(self, account: str) -> str:
        """Says who signed in; its signature is none, for it comes over the connection that asked."""
        now = int(self.world.clock().timestamp())
        claims = {
            "iss": "https://accounts.google.com",
            "aud": self.client_id,
            "sub": self.world.add_account(account),
            "email": account,
            "email_verified": True,
            "iat": now,
            "exp": now + SECONDS_OF_ACCESS,
        }
        header = {"alg": "RS256", "typ": "JWT", "kid": "sandbox"}
        return ".".join(
            [*(_base64(json.dumps(part).encode()) for part in (header, claims)), _base64(b"none")]
        )


def invalid_grant() -> Reply:
    """The answer to a refresh token that is no longer good."""
    return _refused("invalid_grant", "Token has been expired or revoked.")


def _refused(error: str, description: str, status: int = 400) -> Reply:
    return Reply(status, json.dumps({"error": error, "error_description": description}).encode())


def _client_of(request: Request, form: Mapping[str, str]) -> tuple[str, str]:
    """The client's name and secret, which come in the form or by HTTP Basic (RFC 6749, 2.3.1)."""
    kind, _, sent = request.headers.get("authorization", "").partition(" ")
    if kind != "Basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        name, _, secret = base64.b64decode(sent).decode().partition(":")
    except ValueError:
        return "", ""
    return unquote(name), unquote(secret)


def _challenge(verifier: str) -> str:
    return _base64(hashlib.sha256(verifier.encode()).digest())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
