"""A post office for the stories: it keeps what arrives, and fails in the ways that mail servers do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from sync.errors import DeliveryDoubtful, DeliveryPostponed
from sync.ports import Letter

ACCEPTED = "accepted"
ARRIVED = "arrived, but the answer was lost"
LOST = "lost on the way"
POSTPONED = "turned away"
GREYLISTED = "turned away after it was handed over"

ROADS = (
    (POSTPONED,),
    (GREYLISTED, POSTPONED),
    (LOST,),
    (ARRIVED,),
    (ARRIVED, POSTPONED),
    (ARRIVED, ARRIVED),
)


@dataclass(frozen=True)
class Attempt:
    """One try to deliver one letter."""

    at: datetime
    letter: Letter
    outcome: str

    @property
    def handed_over(self) -> bool:
        """Whether the letter may have reached somebody."""
        return self.outcome in (ACCEPTED, ARRIVED, LOST)

    @property
    def delivered(self) -> bool:
        """Whether it did."""
        return self.outcome in (ACCEPTED, ARRIVED)


@dataclass
class Post:
    """A mailer that lets `trouble` of all letters (0 to 1) meet one of `ROADS` first."""

    clock: Callable[[], datetime]
    random: Random
    trouble: float = 0.0
    over_network: bool = False
    attempts: list[Attempt] = field(default_factory=list)
    _ahead: dict[str, list[str]] = field(default_factory=dict)

    def check(self, permission: str = "") -> None:
        """Whoever asks hears that all is well."""

    def identity(self, permission: str = "") -> str:
        return ""

    def close(self) -> None:
        """Nothing is held."""

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> None:
        outcome = self._next_outcome(letter.message_id)
        if outcome == POSTPONED:
            self._note(letter, outcome)
            raise DeliveryPostponed("The mail server is busy.")
        handing_over()
        self._note(letter, outcome)
        if outcome == GREYLISTED:
            raise DeliveryPostponed("The mail server asks to come again.")
        if outcome in (LOST, ARRIVED):
            raise DeliveryDoubtful("The mail server fell silent.")

    def _note(self, letter: Letter, outcome: str) -> None:
        self.attempts.append(Attempt(self.clock(), letter, outcome))

    def _next_outcome(self, message_id: str) -> str:
        if message_id not in self._ahead:
            troubled = self.random.random() < self.trouble
            self._ahead[message_id] = list(self.random.choice(ROADS)) if troubled else []
        ahead = self._ahead[message_id]
        return ahead.pop(0) if ahead else ACCEPTED
