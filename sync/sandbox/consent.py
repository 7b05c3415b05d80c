"""The page on which a person allows or denies access."""

from collections.abc import Iterable, Mapping
from html import escape

from sync.sandbox.http import Reply

PASSED_ON = (
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "access_type",
    "prompt",
)


def consent_page(asked: Mapping[str, str], accounts: Iterable[str]) -> Reply:
    """A form with the accounts, one box for each scope, and the two answers."""
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(asked[name])}">'
        for name in PASSED_ON
        if name in asked
    )
    choices = "".join(
        f"<option{' selected' if account == asked.get('login_hint') else ''}>{escape(account)}</option>"
        for account in accounts
    )
    boxes = "".join(
        f'<p><label><input type="checkbox" name="granted" value="{escape(scope)}" checked> '
        f"{escape(scope)}</label></p>"
        for scope in asked["scope"].split()
    )
    return _page(
        "Sandbox sign-in",
        f'<form method="post" action="">{hidden}'
        f'<p><label>Account <select name="account">{choices}</select></label></p>{boxes}'
        '<p><button name="decision" value="allow">Allow</button> '
        '<button name="decision" value="deny">Deny</button></p></form>',
    )


def refusal_page(reason: str) -> Reply:
    """Shown instead where the request itself is wrong; the browser is not sent back then."""
    return _page("Access blocked", f"<p>Error 400: {escape(reason)}</p>", status=400)


def _page(title: str, content: str, status: int = 200) -> Reply:
    html = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>This stands in for Google on this machine.</p>{content}</html>"
    )
    return Reply(status, html.encode(), "text/html; charset=UTF-8")
