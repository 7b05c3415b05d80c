"""Shows what became of a note since it was written: signings, addenda, every saved text."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sync.commands.showing import local
from sync.domain.phrasing import counted, listed
from sync.store.revisions import Revision
from sync.store.signing import Addendum, NoteLife

CHANGED = (
    "This is not what was signed: it was changed outside of Practice Sync, or damaged. Compare the texts of "
    "`note history` and a backup."
)


def beside_words(session_id: str, beside: Sequence[int]) -> str:
    """That texts were saved meanwhile which are no part of the latest, and how to bring them together."""
    is_none, it = ("is no part", "it") if len(beside) == 1 else ("are no part", "them")
    short_id = session_id[:8]
    return (
        f"The note was changed meanwhile: {numbered(beside)} {is_none} of this text. All are kept. "
        f"See {it} with `practice-sync note history {short_id} --revision {beside[-1]}`, and bring the words "
        f"together with `practice-sync note edit {short_id}`."
    )


def numbered(numbers: Sequence[int]) -> str:
    """`revision 2`, `revisions 2 and 3`."""
    return f"revision{'' if len(numbers) == 1 else 's'} {listed([str(number) for number in numbers])}"


def signed_line(life: NoteLife, zone: str, *, late: bool) -> str:
    """Who signed it and when, and that this was late; empty for a draft."""
    if life.signed is None:
        return ""
    amended = f" · {counted(len(life.addenda), 'addendum')}" if len(life.addenda) == 1 else ""
    amended = f" · {len(life.addenda)} addenda" if len(life.addenda) > 1 else amended
    when = local(life.signed.signed_at, zone)
    return f"Signed {when} by {life.signed.signed_by}{' · late entry' if late else ''}{amended}"


def addendum_lines(addendum: Addendum, zone: str) -> Iterator[str]:
    """An addendum with its date, its author and its reason."""
    when = local(addendum.written_at, zone)
    yield f"── Addendum {addendum.number} · {when} · {addendum.written_by}"
    yield f"Reason: {addendum.reason}"
    if not addendum.intact:
        yield f"! {CHANGED}"
    yield ""
    yield addendum.text.rstrip("\n")


def life_json(life: NoteLife, *, late: bool) -> dict[str, Any]:
    """What `note show --json` says of it."""
    signed = life.signed
    return {
        "amended": bool(life.addenda),
        "signed": signed
        and {
            "at": signed.signed_at,
            "by": signed.signed_by,
            "revision": signed.revision,
            "late_entry": late,
            "intact": signed.intact,
        },
        "addenda": life.addenda,
    }


def happenings(saved: list[Revision], life: NoteLife) -> list[dict[str, Any]]:
    """All that happened to a note, each with its `kind` and `at`, in the order in which it did."""
    found: list[dict[str, Any]] = [
        {
            "kind": "saved",
            "at": each.saved_at,
            "number": each.number,
            "saved_at": each.saved_at,
            "based_on": each.based_on,
            "beside": each.beside,
            "body": each.body,
        }
        for each in saved
    ]
    for signing in life.signings:
        signed = {"kind": "signed", "at": signing.signed_at, "number": signing.revision}
        found.append(signed | {"by": signing.signed_by, "intact": signing.intact})
        if signing.reopened_at is not None:
            found.append({"kind": "reopened", "at": signing.reopened_at, "reason": signing.reason})
    for added in life.addenda:
        addendum = {"kind": "addendum", "at": added.written_at, "number": added.number}
        addendum |= {"by": added.written_by, "intact": added.intact}
        found.append(addendum | {"reason": added.reason, "text": added.text})
    return sorted(found, key=_moment)


def _moment(one: dict[str, Any]) -> datetime:
    at: datetime = one["at"]
    return at


def happening_line(one: dict[str, Any], zone: str) -> str:
    """One of them on the terminal; of a saved text how long it is, of a reason all of it."""
    when = local(one["at"], zone)
    changed = "" if one.get("intact", True) else " · not what was signed"
    match one["kind"]:
        case "saved":
            beside = f" · beside {numbered(one['beside'])}" if one["beside"] else ""
            return f"{one['number']:>4}  {when}  {counted(len(one['body'].split()), 'word')}{beside}"
        case "signed":
            return f"      {when}  revision {one['number']} signed by {one['by']}{changed}"
        case "reopened":
            return f"      {when}  opened again: {one['reason']}"
        case _:
            return f"      {when}  addendum {one['number']} by {one['by']}: {one['reason']}{changed}"
