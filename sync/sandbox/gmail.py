"""A Gmail that takes mail and delivers none: `users.messages.send`, and nothing to read."""

import base64
import json
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from sync.sandbox.http import Reply, Request
from sync.sandbox.refusals import ApiError, not_found, refusal

SEND_PATH = "/gmail/v1/users/me/messages/send"


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail that was taken: from whose account, under which id, and its text as it came."""

    account: str
    gmail_id: str
    raw: bytes

    @property
    def message(self) -> Message:
        """The mail, read."""
        return message_from_bytes(self.raw)


@dataclass(slots=True)
class Gmail:
    """Keeps every mail that it took. Two posts of one mail are two mails, as at Google."""

    sent: list[SentMail] = field(default_factory=list)

    def answer_send(self, request: Request, account: str) -> Reply:
        """Take the mail in the request. Raises `ApiError` where there is none, or nobody to get it."""
        if request.method != "POST":
            raise not_found()
        mail = SentMail(account, f"{0x18C0000000000000 + len(self.sent):x}", _raw(request.body))
        if not mail.message["To"]:
            raise refusal(400, "invalidArgument", "Recipient address required")
        self.sent.append(mail)
        answer = {"id": mail.gmail_id, "threadId": mail.gmail_id, "labelIds": ["SENT"]}
        return Reply(200, json.dumps(answer).encode())


def _raw(body: bytes) -> bytes:
    try:
        return base64.urlsafe_b64decode(json.loads(body)["raw"])
    except (ValueError, LookupError, TypeError):
        raise _no_mail() from None


def _no_mail() -> ApiError:
    return refusal(400, "invalidArgument", "'raw' RFC822 payload message string required")
