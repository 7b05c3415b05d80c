"""Signs in to a mail server: one attempt by one mechanism, so that a wrong secret is not hammered."""

import smtplib
from collections.abc import Callable
from typing import Literal

from sync.errors import MailSignInRefused, MailUnreachable

Auth = Literal["password", "xoauth2"]

NO_SECRET = {
    "password": (
        "There is no password for the mail server.",
        "Give it: `practice-sync init --smtp-password`.",
    ),
    "xoauth2": (
        "There is no access token for the mail server.",
        "Name the command that prints one: `mail.smtp_token_command`.",
    ),
}
CHECK_COMMAND = (
    "Run the command of `mail.smtp_token_command` by hand, and sign in with it anew if it says so. "
    "Then run `practice-sync doctor --send-test`."
)


def usable_secret(user: str, auth: Auth, secret: str | None) -> str:
    """The secret, if there is one that SMTP can carry; raises `MailSignInRefused` before anybody is asked."""
    if not secret:
        raise MailSignInRefused(*NO_SECRET[auth])
    if not f"{user}{secret}".isascii():
        raise MailSignInRefused("The mail user or password has letters that SMTP cannot carry.")
    return secret


def sign_in(smtp: smtplib.SMTP, user: str, auth: Auth, secret: str) -> None:
    """Sign in by what the server offers; raises `MailSignInRefused`, or `MailUnreachable` for now."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    known = ("XOAUTH2",) if auth == "xoauth2" else ("PLAIN", "LOGIN")
    mechanism = next((each for each in known if each in offered), None)
    if mechanism is None:
        raise MailSignInRefused(
            "The mail server offers no way to sign in that we know.",
            "Check `mail.smtp_auth`, `mail.smtp_security` and the port; `practice-sync doctor` tests them.",
        )
    try:
        smtp.auth(mechanism, _answers(smtp, mechanism, user, secret))  # type: ignore[arg-type] # it is called with and without a challenge
    except smtplib.SMTPAuthenticationError as error:
        if 400 <= error.smtp_code < 500:
            raise MailUnreachable(f"The mail server cannot sign us in now ({error.smtp_code}).") from None
        what = "access token" if auth == "xoauth2" else "user or password"
        raise MailSignInRefused(
            f"The mail server refused the {what} ({error.smtp_code}).",
            CHECK_COMMAND if auth == "xoauth2" else None,
        ) from None


def _answers(smtp: smtplib.SMTP, mechanism: str, user: str, secret: str) -> Callable[[bytes | None], str]:
    """What is said to the server's challenges; `smtplib` has the older two."""
    smtp.user, smtp.password = user, secret
    if mechanism == "PLAIN":
        return smtp.auth_plain
    if mechanism == "LOGIN":
        return smtp.auth_login

    def xoauth2(challenge: bytes | None = None) -> str:
        """The token at first; nothing to the challenge that says why it was refused, so that 535 follows.

        https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
        """
        return "" if challenge is not None else f"user={user}\x01auth=Bearer {secret}\x01\x01"

    return xoauth2
