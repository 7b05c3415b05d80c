"""Definitions of markers for tests."""

from datetime import UTC, datetime

from sync.domain.progress.definitions import Domain, MarkerDefinition

RETIRED_AT = datetime(2026, 5, 1, tzinfo=UTC)


def followed(name: str, *, higher_is_better: bool = False, scale: float = 10) -> MarkerDefinition:
    """A marker that is followed."""
    return MarkerDefinition(name, name, Domain.EMOTIONAL, higher_is_better, scale)


def retired(name: str, *, higher_is_better: bool = False, scale: float = 10) -> MarkerDefinition:
    """A marker that was followed once."""
    return MarkerDefinition(name, name, Domain.EMOTIONAL, higher_is_better, scale, retired_at=RETIRED_AT)
