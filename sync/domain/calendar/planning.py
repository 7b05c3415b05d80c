"""Compares what the calendar shows with what we remember and lists the changes. Does none of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sync.domain.calendar.changes import (
    DETAILS_HIDDEN,
    MISSING_AFTER,
    MOVED_AFTER,
    NAMES_ANOTHER,
    RESTORED_AFTER,
    Answered,
    Ask,
    Cancel,
    Change,
    Create,
    Decline,
    Describe,
    Flag,
    Join,
    Move,
    Part,
    Restore,
    TakeBack,
    Touch,
)
from sync.domain.calendar.heeding import heed_mark, is_mark_hidden, is_taken_back, is_title_hidden
from sync.domain.calendar.mark_words import Mark
from sync.domain.calendar.matching import (
    Answer,
    Directory,
    Match,
    NewClient,
    NoEvidence,
    Unsure,
    certain_clients,
    evidence_for,
    hinted_clients,
    is_client,
    match_client,
)
from sync.domain.calendar.reading import SCOPE_LOST, read_event
from sync.domain.calendar.returning import SeriesHours, was_gone
from sync.domain.calendar.title_marks import NO_MARKS, Marked, MarkReader
from sync.domain.calendar.values import (
    BY_A_PERSON,
    Appointment,
    Cancelled,
    CancelReason,
    Details,
    Event,
    KnownSession,
    Reading,
    Skipped,
    SkipReason,
)
from sync.domain.calendar.words import words


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one calendar link while it is read.

    `meeting_clients` says whose the meeting of an event, by its id, is by another calendar (R75),
    `series_hours` what is known of the series of hours that are met when they have begun already.
    """

    now: datetime
    calendar_zone: str
    directory: Directory
    series_clients: Mapping[str, str] = field(default_factory=dict)
    meeting_clients: Mapping[str, str] = field(default_factory=dict)
    series_hours: SeriesHours = field(default_factory=dict)
    dedicated: bool = False
    title_pattern: str | None = None
    client_decline_cancels: bool = False
    is_ignored: Callable[[Event], bool] = lambda _event: False
    marks: MarkReader = NO_MARKS
    colors: Mapping[str, Mark] = field(default_factory=dict)
    _marked: dict[str, Marked] = field(default_factory=dict, repr=False, compare=False)

    def read(self, event: Event) -> Reading:
        """Read `event`, with what a word at the edge of its title or its colour says of it."""
        reading = read_event(event, self.calendar_zone)
        return self.marked(reading) if isinstance(reading, Appointment) else reading

    def marked(self, appointment: Appointment) -> Appointment:
        """`appointment` with its mark, if it has one; a word goes before a colour.

        The version of a marked event is not kept, so that it is looked at again: what is said of an
        hour before it begins counts later.
        """
        event = appointment.event
        found = self._told_by(appointment.title)
        mark = found.mark or self.colors.get(event.color_id or "")
        if mark is None:
            return appointment
        return appointment._replace(title=found.title, mark=mark, event=event._replace(etag=None))

    def was_gone(self, appointment: Appointment) -> bool:
        """Whether the series of an hour that is over was out of the calendar at its time."""
        series = appointment.event.recurring_event_id
        return was_gone(appointment.starts_at, self.series_hours.get(series or "", ()))

    def is_unclear(self, appointment: Appointment) -> bool:
        """Whether its title has a word of a mark, and more beside it that may take it back."""
        return self._told_by(appointment.title).unclear

    def _told_by(self, title: str) -> Marked:
        found = self._marked.get(title)
        if found is None:
            found = self._marked[title] = self._read_title(title)
        return found

    def _read_title(self, title: str) -> Marked:
        """A word that is part of a client's code or name is no mark, and one in a reason makes it unclear."""
        pattern, directory = self.title_pattern, self.directory
        found = self.marks.read(title, lambda rest: is_client(rest, directory, pattern))
        if found.mark is None:
            return found
        meant = certain_clients(found.title, directory, pattern)
        if found.reason and not hinted_clients(found.reason, directory) <= meant:
            return Marked(title, unclear=True)
        return found if certain_clients(title, directory, pattern) <= meant else Marked(title)


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes, and how many events were none of ours (`skipped`) or unreadable (`defects`)."""

    changes: tuple[Change, ...] = ()
    skipped: int = 0
    defects: tuple[str, ...] = ()


def whose(appointment: Appointment, rules: Rules) -> Answer:
    """Whose an appointment is, by the rules of its calendar."""
    return match_client(
        appointment,
        rules.directory,
        rules.series_clients,
        dedicated=rules.dedicated,
        title_pattern=rules.title_pattern,
    )


def is_unchanged(event: Event, known: KnownSession | None) -> bool:
    """Whether `event` is, to the letter, what this session was last read from: an equal etag.

    A cancelled session, an id that the session had once and a copy always deserve a second look.
    """
    return (
        known is not None
        and event.etag is not None
        and event.etag == known.etag
        and known.status != "cancelled"
        and not (known.is_alias or known.is_elsewhere)
        and event.status != "cancelled"
    )


def plan_changes(events: Iterable[Event], known: Mapping[str, KnownSession], rules: Rules) -> Plan:
    """List what has to change so that our records say what `events` say.

    `known` is what we remember, by event id, with details opened. Applying the same events twice
    lists nothing the second time (R12), and the order of events makes no difference (R13).
    """
    changes: list[Change] = []
    asked: dict[str, Ask] = {}
    skipped = 0
    defects: list[str] = []
    for event in events:
        remembered = known.get(event.event_id)
        reading = rules.read(event)
        if isinstance(reading, Skipped) and reading.reason is SkipReason.DEFECT:
            defects.append(event.event_id)
        if remembered is not None:
            changes.extend(_follow(remembered, reading, rules))
            continue
        change = _meet(reading, rules)
        if change is None:
            skipped += 1
        elif isinstance(change, Ask):
            _ask_once(asked, change)
        else:
            changes.append(change)
    changes.sort(key=_order)
    return Plan(tuple(changes) + tuple(asked.values()), skipped, tuple(defects))


def _order(change: Change) -> tuple[datetime, str]:
    """A fixed order, whatever order the pages came in, so that equal calendars make equal records."""
    match change:
        case Create(appointment=appointment) | Ask(appointment=appointment):
            return appointment.starts_at, appointment.event.event_id
        case _:
            return change.known.starts_at, change.known.event_id


def _ask_once(asked: dict[str, Ask], ask: Ask) -> None:
    """One question for a whole series: about its earliest hour."""
    key = ask.appointment.event.recurring_event_id or ask.appointment.event.event_id
    earlier = asked.get(key)
    if earlier is None or ask.appointment.starts_at < earlier.appointment.starts_at:
        asked[key] = ask


def _meet(reading: Reading, rules: Rules) -> Create | Ask | None:
    """What an event that we do not know means for us; None when it is none of ours."""
    if not isinstance(reading, Appointment):
        return None  # a tombstone of something we never had makes nothing (R29)
    declined = reading.client_declined and rules.client_decline_cancels
    off = declined or (reading.is_cancelled and reading.starts_at > rules.now)
    if off or rules.is_ignored(reading.event):
        return None
    held = reading.ends_at <= rules.now and not rules.was_gone(reading)
    answer = whose(reading, rules)
    known_by = rules.meeting_clients.get(reading.event.event_id)
    if known_by is not None and not isinstance(answer, Match):
        return Create(reading, known_by, held=held)
    match answer:
        case Match(client_id, _):
            return Create(reading, client_id, held=held)
        case _ if reading.is_cancelled:
            return None  # a cancelled hour is worth a session, and neither a new client nor a question
        case NewClient() as owner if not reading.unanswered:
            return Create(reading, owner, held=held)
        case Unsure(reason, candidates) if _may_ask(reading, rules):
            return Ask(reading, reason, candidates)
        case _:
            return None


def _may_ask(appointment: Appointment, rules: Rules) -> bool:
    """Nothing is kept of a private hour, a stranger's invitation or the past on a mere suspicion."""
    hidden = appointment.private and not rules.dedicated
    return not (hidden or appointment.unanswered or appointment.ends_at <= rules.now)


def _follow(known: KnownSession, reading: Reading, rules: Rules) -> Iterator[Change]:
    """What a new reading of an event means for the session that is tied to it."""
    if _is_older(reading.event, known):
        return
    if known.is_elsewhere:
        yield from _follow_copy(known, reading, rules)
        return
    begun = known.starts_at <= rules.now
    match reading:
        case Cancelled(_, reason):
            yield from _gone(
                known,
                reason,
                "practitioner" if reason is CancelReason.DECLINED else "unknown",
                reading.event,
                begun,
            )
        case Skipped(event, reason):
            lost = SCOPE_LOST.get(reason)
            if lost is not None:
                yield from _gone(known, lost, "unknown", event, begun)
        case Appointment() as appointment if known.is_alias:
            return  # the session has another event now; this one only tells where it came from
        case Appointment() as appointment:
            mark = appointment.mark
            if mark is not None and (begun or appointment.is_cancelled):
                yield from heed_mark(known, appointment, mark, rules.now)
            elif (
                begun and is_taken_back(known, appointment) and not _stays_unclear(known, appointment, rules)
            ):
                yield TakeBack(known, appointment.event)
            elif appointment.client_declined and rules.client_decline_cancels:
                yield from _gone(known, CancelReason.DECLINED, "client", appointment.event, begun)
            elif begun:
                yield from _contradicts(known, appointment)
            else:
                yield from _update(known, appointment, rules)


def _follow_copy(known: KnownSession, reading: Reading, rules: Rules) -> Iterator[Join | Part]:
    """What a copy says of a session that is read from another calendar: only whether it stands (R75)."""
    stands = isinstance(reading, Appointment) and not (
        reading.is_cancelled or (reading.client_declined and rules.client_decline_cancels)
    )
    if isinstance(reading, Appointment) and stands:
        yield Join(known, reading)
    elif not known.is_alias and not (isinstance(reading, Skipped) and reading.reason not in SCOPE_LOST):
        yield Part(known)


def _is_older(event: Event, known: KnownSession) -> bool:
    """A slow answer never overwrites a newer one (R14); a cancellation is never too old."""
    if event.status == "cancelled" or event.updated_at is None or known.updated_at is None:
        return False
    return event.updated_at < known.updated_at


def _gone(known: KnownSession, reason: CancelReason, by: str, event: Event, begun: bool) -> Iterator[Change]:
    if known.is_alias or known.status == "cancelled":
        return
    if begun:
        yield Flag(known, MISSING_AFTER)
    else:
        yield Cancel(known, reason, by, event.updated_at)


def _contradicts(known: KnownSession, appointment: Appointment) -> Iterator[Change]:
    """From its start on a session is a record: the calendar can only raise a flag (R32)."""
    if _marked_as_it_stands(known, appointment):
        pass  # she knows that it stands in the calendar still
    elif known.status == "cancelled":
        yield Flag(known, RESTORED_AFTER)
    elif appointment.starts_at != known.starts_at:
        yield Flag(known, MOVED_AFTER, appointment)
    yield Touch(known, appointment.event)


def _whose_now(known: KnownSession, appointment: Appointment, rules: Rules) -> Iterator[Flag | Answered]:
    """Whether a person has to say whose it is, now that title and guests mean what they mean.

    She is asked where they certainly mean another client, or where a longer name than hers stands in the
    title by now, which may be somebody else's: no client is named then. She is no longer asked where they
    mean hers or nobody. What is out of sight, or in two minds, is no answer. Of a title that she spoke of
    she knows.
    """
    if known.is_said and known.details is not None and appointment.event.title == known.details.title:
        if known.is_asked:
            yield Answered(known, NAMES_ANOTHER)
        return
    answer = match_client(appointment, rules.directory, {}, title_pattern=rules.title_pattern)
    match answer:
        case Match(client_id, _) if client_id != known.client_id:
            yield Flag(known, NAMES_ANOTHER, other_id=client_id, changed_at=appointment.event.updated_at)
        case Unsure() if _is_longer_now(known, appointment, rules):
            yield Flag(known, NAMES_ANOTHER, changed_at=appointment.event.updated_at)
        case Match() | NoEvidence() if known.is_asked and not is_title_hidden(known, appointment):
            yield Answered(known, NAMES_ANOTHER)
        case _:
            return


def _is_longer_now(known: KnownSession, appointment: Appointment, rules: Rules) -> bool:
    """Whether the client's name has become part of a longer one since the title was kept."""
    if known.details is not None and appointment.event.title == known.details.title:
        return False
    kinds = evidence_for(appointment, rules.directory, {}, rules.title_pattern)
    return "longer name" in kinds.get(known.client_id, ())


def _update(known: KnownSession, appointment: Appointment, rules: Rules) -> Iterator[Change]:
    whose_now = tuple(_whose_now(known, appointment, rules))
    answered = tuple(change for change in whose_now if isinstance(change, Answered))
    if known.status == "cancelled":
        stays = _marked_as_it_stands(known, appointment) or is_mark_hidden(known, appointment)
        stays = stays or _stays_unclear(known, appointment, rules)
        yield from answered
        yield Touch(known, appointment.event) if stays else Restore(known, appointment)
        return
    yield from whose_now
    found = tuple(_differences(known, appointment))
    if (whose_now or known.is_asked) and not answered:
        # It follows its event in time; the words are another's until a person has said whose it is.
        found = tuple(change for change in found if not isinstance(change, Describe))
    yield from found
    if not any(isinstance(change, Move | Describe | Decline) for change in found):
        yield Touch(known, appointment.event)


def _stays_unclear(known: KnownSession, appointment: Appointment, rules: Rules) -> bool:
    """Whether a word in the title was heeded, and it is not certain that it is taken back."""
    by_title = known.cancel_reason == CancelReason.TITLE or known.said_by == "title"
    return by_title and rules.is_unclear(appointment)


def _marked_as_it_stands(known: KnownSession, appointment: Appointment) -> bool:
    """What a person marked as cancelled may well stand in the calendar still; only a new time is news."""
    marked = known.status == "cancelled" and known.cancel_reason in BY_A_PERSON
    return marked and appointment.starts_at == known.starts_at


def _differences(known: KnownSession, appointment: Appointment) -> Iterator[Change]:
    if (appointment.starts_at, appointment.ends_at) != (known.starts_at, known.ends_at):
        yield Move(known, appointment)
    before = known.details or Details()
    hidden = is_title_hidden(known, appointment)
    guests_seen = not (hidden or appointment.event.attendees_omitted)
    if guests_seen and appointment.client_declined != known.client_declined:
        yield Decline(known, appointment)
    if hidden:
        yield Flag(known, DETAILS_HIDDEN)  # losing sight of a title is not an edit (R68)
    elif details_of(appointment) != before:
        yield Describe(known, appointment)


def details_of(appointment: Appointment) -> Details:
    """The words of an appointment that are kept, sealed, with its session."""
    event = appointment.event
    return Details(event.title, event.video_link, event.location)


def new_client_names(changes: Iterable[Change]) -> dict[tuple[str, ...], str]:
    """The new clients that `changes` ask for: folded words to the name as first written."""
    names: dict[tuple[str, ...], str] = {}
    for change in changes:
        if isinstance(change, Create) and isinstance(change.owner, NewClient):
            names.setdefault(words(change.owner.name), change.owner.name)
    return names
