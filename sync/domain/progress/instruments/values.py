"""What is known of a questionnaire: its form, how its total reads, and from whom all that is."""

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """Where a reliable change comes from: a publication, published figures, or an assumed spread."""

    PUBLISHED = "published"
    COMPUTED = "computed"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """From how many points on two totals of one person differ by more than the questionnaire's own error.

    After Jacobson & Truax 1991: 1.96·SD·√(2(1−r)), where `source` says nothing else.
    """

    points: float
    basis: Basis
    source: str

    @property
    def is_provisional(self) -> bool:
        """Whether nobody has published it."""
        return self.basis is not Basis.PUBLISHED


@dataclass(frozen=True, slots=True)
class Band:
    """What a total from `least` up to the next band is called."""

    least: float
    name: str


@dataclass(frozen=True, slots=True)
class CutOff:
    """The last total that counts as clinical on the way to the better: at it and worse is within."""

    at: float
    source: str


@dataclass(frozen=True, slots=True)
class Item:
    """One statement or question, word for word; `is_reversed` where it counts the other way round."""

    text: str
    is_reversed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What is put to the client, word for word. `answers` count upward from `lowest`.

    `risk_item` is the number, from one, of the item that asks about ending one's life.
    """

    introduction: str
    items: tuple[Item, ...]
    answers: tuple[str, ...]
    lowest: int = 0
    risk_item: int | None = None

    @property
    def highest(self) -> int:
        """The number of the last answer."""
        return self.lowest + len(self.answers) - 1


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire. Totals go from `lowest` to `highest` in steps of `step`; `bands` rise.

    `period` is what it asks about. Without a `form` its wording may not be shipped: only totals are entered.
    """

    name: str
    about: str
    version: str
    period: str
    lowest: float
    highest: float
    higher_is_better: bool
    licence: str
    attribution: str
    bands: tuple[Band, ...] = ()
    cut_off: CutOff | None = None
    reliable_change: ReliableChange | None = None
    form: Form | None = None
    step: float = 1.0

    @property
    def span(self) -> float:
        """From the lowest total to the highest."""
        return self.highest - self.lowest
