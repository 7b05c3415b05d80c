"""Signing in: consent, codes, refreshed and revoked tokens, scopes."""

import base64
import json
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httplib2
import pytest
from google.auth.exceptions import RefreshError
from google_auth_oauthlib.flow import Flow  # type: ignore[import-untyped]  # the library has no types

from sync.sandbox.server import Sandbox
from tests.sandbox.conftest import authorized
from tests.sandbox.practice import ANA, READING, Client, calendar_client, listed, refusal

BACK = "http://127.0.0.1:9/callback"
SCOPES = ["openid", READING]


@pytest.fixture(autouse=True)
def insecure_transport_is_fine_on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("OAUTHLIB_RELAX_TOKEN_SCOPE", "1")


def flow_for(sandbox: Sandbox) -> Any:
    return Flow.from_client_config(
        sandbox.client_secrets(), scopes=SCOPES, redirect_uri=BACK, autogenerate_code_verifier=True
    )


def ask(flow: Any, **params: str) -> str:
    address, _ = flow.authorization_url(**{"access_type": "offline", "prompt": "consent", **params})
    return str(address)


def decide(
    address: str, decision: str = "allow", account: str = ANA, granted: list[str] = SCOPES
) -> dict[str, str]:
    """Press a button on the consent page; returns what the browser carries back."""
    asked = {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}
    form = [
        *asked.items(),
        ("account", account),
        ("decision", decision),
        *(("granted", one) for one in granted),
    ]
    http = httplib2.Http(timeout=5)
    http.follow_redirects = False
    reply, _ = http.request(
        address, "POST", urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"}
    )
    http.close()
    return {name: values[-1] for name, values in parse_qs(urlsplit(reply["location"]).query).items()}


def read(address: str) -> tuple[int, str]:
    http = httplib2.Http(timeout=5)
    reply, body = http.request(address)
    http.close()
    return reply.status, body.decode()


def post(address: str, **form: str) -> tuple[int, dict[str, Any]]:
    http = httplib2.Http(timeout=5)
    reply, body = http.request(address, "POST", urlencode(form))
    http.close()
    return reply.status, json.loads(body)


def test_the_consent_page_shows_what_is_asked_for(sandbox: Sandbox) -> None:
    status, page = read(ask(flow_for(sandbox)))

    assert 200 == status
    assert all(text in page for text in (READING, ANA, "Allow", "Deny"))


def test_an_allowed_client_gets_tokens(sandbox: Sandbox) -> None:
    flow = flow_for(sandbox)
    flow.fetch_token(code=decide(ask(flow))["code"])

    claims = flow.credentials.id_token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))

    assert flow.credentials.refresh_token
    assert (sandbox.world.add_account(ANA), ANA, True) == tuple(
        claims[name] for name in ("sub", "email", "email_verified")
    )


def test_the_state_comes_back(sandbox: Sandbox) -> None:
    assert "as it was" == decide(ask(flow_for(sandbox), state="as it was"))["state"]


def test_a_denied_client_gets_nothing(sandbox: Sandbox) -> None:
    answer = decide(ask(flow_for(sandbox)), decision="deny")

    assert ("access_denied", None) == (answer["error"], answer.get("code"))


@pytest.mark.parametrize("answer", [{"granted": []}, {"account": "stranger@example.test"}])
def test_nothing_ticked_or_nobody_signed_in_is_no_consent(sandbox: Sandbox, answer: dict[str, Any]) -> None:
    assert "access_denied" == decide(ask(flow_for(sandbox)), **answer)["error"]


def test_a_scope_that_was_unticked_is_not_granted(sandbox: Sandbox) -> None:
    flow = flow_for(sandbox)
    answer = decide(ask(flow), granted=["openid"])
    flow.fetch_token(code=answer["code"])

    assert "openid" == answer["scope"]
    assert ["openid"] == flow.credentials.granted_scopes


def test_a_code_is_good_once_and_with_its_verifier_only(sandbox: Sandbox) -> None:
    flow = flow_for(sandbox)
    form = {
        "grant_type": "authorization_code",
        "client_id": sandbox.sign_in.client_id,
        "client_secret": sandbox.sign_in.client_secret,
        "redirect_uri": BACK,
    }
    first, second = decide(ask(flow))["code"], decide(ask(flow))["code"]
    verifier = flow.code_verifier

    assert (400, "invalid_grant") == error_of(post(sandbox.token_uri, **form, code=first, code_verifier="x"))
    assert 200 == post(sandbox.token_uri, **form, code=second, code_verifier=verifier)[0]
    assert (400, "invalid_grant") == error_of(
        post(sandbox.token_uri, **form, code=second, code_verifier=verifier)
    )


def test_a_code_is_good_for_its_own_address_only(sandbox: Sandbox) -> None:
    flow = flow_for(sandbox)
    code = decide(ask(flow))["code"]
    form = {
        "grant_type": "authorization_code",
        "client_id": sandbox.sign_in.client_id,
        "client_secret": sandbox.sign_in.client_secret,
        "redirect_uri": "http://127.0.0.1:10/",
    }

    assert (400, "invalid_grant") == error_of(
        post(sandbox.token_uri, **form, code=code, code_verifier=flow.code_verifier)
    )


def error_of(answer: tuple[int, dict[str, Any]]) -> tuple[int, str]:
    return answer[0], answer[1]["error"]


def test_an_unknown_client_gets_no_token(sandbox: Sandbox) -> None:
    known = sandbox.grant(ANA, [READING])["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": known, "client_id": "x", "client_secret": "x"}

    assert (401, "invalid_client") == error_of(post(sandbox.token_uri, **form))


def test_a_second_consent_brings_a_refresh_token_only_when_asked_anew(sandbox: Sandbox) -> None:
    tokens = []
    for prompt in ("consent", "none", "consent"):
        flow = flow_for(sandbox)
        flow.fetch_token(code=decide(ask(flow, prompt=prompt))["code"])
        tokens.append(bool(flow.credentials.refresh_token))

    assert [True, False, True] == tokens


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("client_id", "somebody", "invalid_client"),
        ("redirect_uri", "http://far.example.test/", "redirect_uri_mismatch"),
    ],
)
def test_a_wrong_request_for_consent_is_blocked(sandbox: Sandbox, name: str, value: str, reason: str) -> None:
    address = urlsplit(ask(flow_for(sandbox)))
    query = urlencode({**{key: values[-1] for key, values in parse_qs(address.query).items()}, name: value})

    status, page = read(address._replace(query=query).geturl())

    assert 400 == status
    assert reason in page


def test_a_stale_access_token_is_refreshed(sandbox: Sandbox, over_http: Client) -> None:
    listed(over_http)
    sandbox.sign_in.expire_access_tokens()

    assert [] == listed(over_http)
    assert 2 == sum(request.path == "/token" for request in sandbox.requests)


def test_a_revoked_grant_is_good_for_nothing(sandbox: Sandbox, over_http: Client) -> None:
    listed(over_http)
    sandbox.sign_in.revoke_account(ANA)

    with pytest.raises(RefreshError) as refused:
        listed(over_http)

    assert "invalid_grant" == refused.value.args[1]["error"]
    assert not refused.value.retryable


@pytest.mark.parametrize("kind", ["refresh_token", "access_token"])
def test_a_token_can_be_taken_back_at_the_revoke_address(sandbox: Sandbox, kind: str) -> None:
    granted = sandbox.grant(ANA, [READING])

    assert 200 == post(sandbox.revoke_uri, token=granted[kind])[0]
    assert sandbox.sign_in.allowed(granted["access_token"]) is None
    assert (400, "invalid_token") == error_of(post(sandbox.revoke_uri, token=granted[kind]))


def test_without_a_token_nothing_is_answered(sandbox: Sandbox) -> None:
    http = httplib2.Http(timeout=5)

    assert (401, "authError") == refusal(lambda: listed(calendar_client(http, sandbox.api_root)))
    http.close()


def test_a_token_for_something_else_does_not_open_the_calendar(sandbox: Sandbox) -> None:
    http = authorized(sandbox, scopes=["https://www.googleapis.com/auth/gmail.send"])

    assert (403, "insufficientPermissions") == refusal(
        lambda: listed(calendar_client(http, sandbox.api_root))
    )
    http.close()


def test_nothing_can_be_written(sandbox: Sandbox, over_http: Client) -> None:
    assert (403, "insufficientPermissions") == refusal(
        lambda: over_http.events().insert(calendarId=ANA, body={"summary": "J."}).execute()
    )
    assert (403, "insufficientPermissions") == refusal(
        lambda: over_http.events().delete(calendarId=ANA, eventId="abc").execute()
    )


def test_what_is_recorded_has_no_token(sandbox: Sandbox, over_http: Client) -> None:
    listed(over_http, eventTypes=["default", "focusTime"])

    token, listing = sandbox.requests

    assert ("POST", "/token", {}) == token
    assert ("GET", f"/calendar/v3/calendars/{ANA}/events") == listing[:2]
    assert {"alt": "json", "eventTypes": ["default", "focusTime"]} == listing.params


OWN = "https://www.googleapis.com/auth/calendar.events.owned.readonly"
LISTING = "https://www.googleapis.com/auth/calendar.calendarlist.readonly"


def test_the_permission_for_ones_own_calendars_opens_no_shared_one(sandbox: Sandbox) -> None:
    sandbox.world.add_calendar("shared", owner="somebody@practice.example")
    sandbox.world.share("shared", ANA, "writer")
    own = authorized(sandbox, scopes=[OWN])
    wide = authorized(sandbox, scopes=[READING])

    def status(http: Any, calendar: str) -> int:
        answer, _ = http.request(f"{sandbox.api_root}calendars/{calendar}/events")
        return int(answer.status)

    assert [200, 200, 403, 404] == [status(own, each) for each in (ANA, "primary", "shared", "nowhere")]
    assert [200, 200] == [status(wide, each) for each in (ANA, "shared")]
    own.close()
    wide.close()


def test_the_list_of_calendars_comes_in_pages(sandbox: Sandbox) -> None:
    for number in range(4):
        sandbox.world.add_calendar(f"c{number}", owner=ANA)
    http = authorized(sandbox, scopes=[LISTING])

    def page(token: str) -> dict[str, Any]:
        _, body = http.request(f"{sandbox.api_root}users/me/calendarList?maxResults=3{token}")
        return dict(json.loads(body))

    first = page("")
    second = page(f"&pageToken={first['nextPageToken']}")
    http.close()

    assert 5 == len({each["id"] for each in (*first["items"], *second["items"])})
    assert ("nextSyncToken" in first, "nextSyncToken" in second) == (False, True)
