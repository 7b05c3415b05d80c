"""What must be true of the records by the edits alone, held against what is recorded."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sync.domain.session_record import SessionRecord
from sync.jobs.notes import note_history, write_note
from tests.practice import Practice
from tests.stories.histories.hand import HORIZON, Agreed, Followed, Hand


@dataclass
class Witness:
    """A text, and the hour that it was written about. `begun` is that hour as it was when it began."""

    text: str
    client: str
    hour: Followed
    starts_at: datetime
    begun: bool = False
    lost: bool = False
    """Whether the hour's time passed while it was not agreed: its session stays cancelled."""


@dataclass
class Truth:
    """What the edits of `hand` mean for the records of `practice`."""

    practice: Practice
    hand: Hand
    begun: list[Agreed] = field(default_factory=list)
    followed: list[Followed] = field(default_factory=list)
    """Each of `begun` again, with the id that its event has by now."""
    witnesses: list[Witness] = field(default_factory=list)

    def let_begin(self, until: datetime) -> None:
        """Note which hours begin before `until` as things stand: from then on they are records (R32)."""
        begin = self.hand.agreed(self.hand.now, until)
        self.begun += begin
        self.followed += [self.hand.follow(one.event_id) for one in begin]
        times = {one.event_id: one.starts_at for one in begin}
        for witness in (one for one in self.witnesses if not (one.begun or one.lost)):
            if witness.hour.event_id in times:
                witness.begun, witness.starts_at = True, times[witness.hour.event_id]
            elif witness.hour.event_id and witness.starts_at <= until and not self._is_ahead(witness):
                witness.lost = True

    def _is_ahead(self, witness: Witness) -> bool:
        ahead = self.hand.agreed(self.hand.now, self.hand.now + 10 * HORIZON)
        return witness.hour.event_id in {one.event_id for one in ahead}

    def write(self) -> None:
        """Write notes about some hours: each has its session, and only one, as everything was read."""
        ahead = self.hand.agreed(self.hand.now, self.hand.now + HORIZON / 5)
        hours = self.hand.random.sample(ahead, min(2, len(ahead)))
        if self.begun and self.hand.random.random() < 0.5:
            hours.append(self.hand.random.choice(self.begun))
        for hour in hours:
            text = f"Note {len(self.witnesses)}.\n"
            write_note(self.practice.app, self._session_of(hour).id, text, self.hand.now)
            begun = hour.starts_at <= self.hand.now
            witness = Witness(text, hour.client, Followed(hour.event_id), hour.starts_at, begun)
            if not begun:
                witness.hour = self.hand.follow(hour.event_id)
            self.witnesses.append(witness)

    def _session_of(self, hour: Agreed) -> SessionRecord:
        [session] = [
            one
            for one in self.practice.sessions()
            if (one.event_id, one.starts_at) == (hour.event_id, hour.starts_at)
        ]
        return session

    def check(self) -> None:
        """Everything that is certain now that the calendar was read."""
        sessions = self.practice.sessions()
        self._check_ahead(sessions)
        self._check_begun(sessions)
        self._check_notes(sessions)

    def _check_ahead(self, sessions: list[SessionRecord]) -> None:
        """One session for each appointment ahead, and none besides."""
        now = self.hand.now
        agreed = self.hand.agreed(now, now + HORIZON)
        recorded = [s for s in sessions if s.status == "scheduled" and now < s.starts_at <= now + HORIZON]
        assert sorted((one.event_id, one.client, one.starts_at, one.ends_at) for one in agreed) == sorted(
            (one.event_id, one.client_name, one.starts_at, one.ends_at) for one in recorded
        )

    def _check_begun(self, sessions: list[SessionRecord]) -> None:
        """What has begun is as it was when it began, whatever was done to the calendar since."""
        begun = Counter((one.event_id, one.client, one.starts_at, one.ends_at) for one in self.begun)
        recorded = Counter(
            (one.event_id, one.client_name, one.starts_at, one.ends_at)
            for one in sessions
            if one.starts_at <= self.hand.now and one.status in ("held", "unconfirmed", "scheduled")
        )
        assert {} == begun - recorded
        later = [s for s in sessions if s.starts_at <= self.hand.now and s.status == "unconfirmed"]
        assert set() == {(s.event_id, s.client_name, s.starts_at, s.ends_at) for s in later} - set(begun)
        other_ids = {
            one.event_id
            for hour, one in zip(self.begun, self.followed, strict=True)
            if one.event_id != hour.event_id
        }
        assert [] == [s for s in sessions if s.status == "held" and s.event_id in other_ids]

    def _check_notes(self, sessions: list[SessionRecord]) -> None:
        """Every text stands with the session of the hour that it was written about."""
        ahead = {one.event_id for one in self.hand.agreed(self.hand.now, self.hand.now + 10 * HORIZON)}
        found = {
            revision.body: session
            for session in sessions
            if session.note_status not in (None, "stub", "void")
            for revision in note_history(self.practice.app, session.id)
        }
        for witness in self.witnesses:
            session = found[witness.text]
            assert witness.client == session.client_name
            if witness.begun:
                assert (witness.starts_at, False) == (session.starts_at, session.status == "cancelled"), (
                    witness
                )
            elif witness.lost:
                assert session.status == "cancelled", witness
            elif witness.hour.event_id in ahead:
                assert (witness.hour.event_id, "scheduled") == (session.event_id, session.status), witness
            elif witness.hour.event_id is not None:
                assert session.status == "cancelled", witness
