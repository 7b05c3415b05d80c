"""What the faults that strike do to an answer, and to the reply that carries it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from sync.sandbox.answers import Answer
from sync.sandbox.faults import Fault
from sync.sandbox.http import Hangup, Reply
from sync.sandbox.oauth import invalid_grant
from sync.sandbox.refusals import ApiError, refusal

HTML = Reply(200, b"<!doctype html><html><body>Please sign in to this network.</body></html>", "text/html")


def struck(faults: Sequence[Fault], answered: Callable[[], Reply]) -> Reply | Hangup:
    """What arrives instead of the reply that `answered` would give, or that reply, late or cut."""
    delay = sum(fault.seconds for fault in faults)
    for fault in faults:
        match fault.kind:
            case "disconnect":
                return Hangup(delay)
            case "html":
                return replace(HTML, delay=delay)
            case "status":
                answer = refused(refusal(fault.status, fault.reason, fault.message))
                more = (("Retry-After", fault.retry_after),) if fault.retry_after else ()
                return replace(answer, delay=delay, headers=more)
            case "invalid_grant":
                return replace(invalid_grant(), delay=delay)
    reply = answered()
    if any(fault.kind == "lost_answer" for fault in faults):
        return Hangup(delay)
    if any(fault.kind == "cut_json" for fault in faults):
        reply = replace(reply, body=reply.body[: len(reply.body) // 2])
    return replace(reply, delay=delay)


def refused(error: ApiError) -> Reply:
    """The reply that carries one of the API's errors."""
    return Reply(error.status, error.body())


def spoil(answer: Answer, fault: Fault) -> None:
    """Do to a listing's answer what this fault does."""
    match fault.kind:
        case "no_kind":
            answer.body.pop("kind", None)
        case "empty_complete":
            answer.items = []
            _end_here(answer)
        case "lost_page":
            answer.body.pop("nextPageToken", None)
            answer.body.pop("nextSyncToken", None)
        case "doubled_page":
            _come_again(answer)
        case "blank_page":
            answer.items = []
            _come_again(answer)
        case "reordered":
            items = list(answer.items or ())
            Random(len(items)).shuffle(items)  # noqa: S311  # any other order will do
            answer.items = items


def _end_here(answer: Answer) -> None:
    answer.body.pop("nextPageToken", None)
    if answer.sync_token is not None:
        answer.body["nextSyncToken"] = answer.sync_token


def _come_again(answer: Answer) -> None:
    if answer.here is not None:
        answer.body.pop("nextSyncToken", None)
        answer.body["nextPageToken"] = answer.here.token()
