"""What a therapist follows for a client: a marker, which way is better, and what its ends mean."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Domain(StrEnum):
    """What a marker is about."""

    EMOTIONAL = "emotional"
    BEHAVIOURAL = "behavioural"
    RELATIONAL = "relational"
    COGNITIVE = "cognitive"


@dataclass(frozen=True, slots=True)
class MarkerDefinition:
    """A marker as it is followed for one client, rated from nought to `scale` (a whole number).

    `lowest` and `highest` say in words what the ends of the scale mean. Since `retired_at` (UTC) it is
    asked for no more; what was rated stays, and stays readable by this definition.
    """

    id: str
    name: str
    domain: Domain
    higher_is_better: bool
    scale: float
    lowest: str | None = None
    highest: str | None = None
    retired_at: datetime | None = None
