"""Asks a program of the practice's own choice for the access token that a mail server takes.

Such programs (oama, mailctl, pizauth …) keep the permission and renew the token; mail readers use them alike.
"""

import shlex
import subprocess

from sync.errors import MailSignInRefused, MailUnreachable

SECONDS = 30.0
BY_HAND = "Run the command of `mail.smtp_token_command` by hand: it says what is wrong."


def token_of(command: str, seconds: float = SECONDS) -> str:
    """The one line that `command` prints. It is run without a shell; what it says besides is not repeated.

    Raises `MailSignInRefused` where it cannot be run or prints no token, `MailUnreachable` where it fails.
    """
    try:
        done = subprocess.run(  # noqa: S603 - what the practice's own settings name
            shlex.split(command),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise MailUnreachable("The command for the access token does not end.", BY_HAND) from None
    except (OSError, ValueError, IndexError) as error:
        said = f"The command for the access token cannot be run ({type(error).__name__})."
        raise MailSignInRefused(said, BY_HAND) from None
    if done.returncode != 0:
        said = f"The command for the access token failed (exit code {done.returncode})."
        raise MailUnreachable(said, BY_HAND)
    token = done.stdout.decode(errors="replace").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise MailSignInRefused("The command for the access token printed no token.", BY_HAND)
    return token
