"""The markers that are often followed, with what is known of each: its domain, direction and ends.

Risk is not among them: it is stated and quoted, and never read as a course.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sync.domain.progress.definitions import Domain, MarkerDefinition
from sync.domain.progress.markers import label_key


@dataclass(frozen=True, slots=True)
class Entry:
    """One marker of the catalogue; `lowest` and `highest` say what nought and the top of the scale mean."""

    name: str
    domain: Domain
    higher_is_better: bool
    lowest: str
    highest: str
    also: tuple[str, ...] = ()


_EMOTIONAL, _BEHAVIOURAL = Domain.EMOTIONAL, Domain.BEHAVIOURAL
_RELATIONAL, _COGNITIVE = Domain.RELATIONAL, Domain.COGNITIVE

CATALOGUE: tuple[Entry, ...] = (
    Entry(
        "Reaction intensity",
        _EMOTIONAL,
        False,
        "calm",
        "overwhelming",
        ("intensity of reactions", "reactivity", "emotional reactivity"),
    ),
    Entry("Panic", _EMOTIONAL, False, "none", "the worst yet", ("panic attacks", "panic level")),
    Entry("Anxiety", _EMOTIONAL, False, "none", "the worst yet", ("anxiety level", "fear", "tension")),
    Entry(
        "Low mood",
        _EMOTIONAL,
        False,
        "not low",
        "as low as can be",
        ("depression", "depressed mood", "sadness", "lowness"),
    ),
    Entry("Mood", _EMOTIONAL, True, "very low", "very good", ("mood level", "mood overall")),
    Entry("Energy", _EMOTIONAL, True, "none", "plenty", ("energy level", "vitality")),
    Entry("Anger", _EMOTIONAL, False, "none", "overwhelming", ("rage", "anger level")),
    Entry("Irritability", _EMOTIONAL, False, "none", "all the time", ("irritation",)),
    Entry("Shame", _EMOTIONAL, False, "none", "overwhelming", ("shame level",)),
    Entry("Guilt", _EMOTIONAL, False, "none", "overwhelming", ("guilt level",)),
    Entry("Stress", _EMOTIONAL, False, "none", "too much", ("stress level", "distress", "overwhelm")),
    Entry(
        "Hopefulness",
        _EMOTIONAL,
        True,
        "no hope",
        "full of hope",
        ("hope", "optimism", "hope for the future"),
    ),
    Entry("Hopelessness", _EMOTIONAL, False, "none", "no hope left", ("despair",)),
    Entry("Enjoyment", _EMOTIONAL, True, "none", "plenty", ("pleasure", "joy", "interest")),
    Entry("Sleep", _BEHAVIOURAL, True, "hardly any", "restful", ("sleep quality", "quality of sleep")),
    Entry(
        "Sleep problems",
        _BEHAVIOURAL,
        False,
        "none",
        "hardly any sleep",
        ("insomnia", "sleeplessness", "poor sleep", "bad sleep"),
    ),
    Entry(
        "Urge to use", _BEHAVIOURAL, False, "none", "irresistible", ("urges to use", "craving", "cravings")
    ),
    Entry("Self-care", _BEHAVIOURAL, True, "none", "every day", ("selfcare", "looking after myself")),
    Entry("Avoidance", _BEHAVIOURAL, False, "none", "of nearly all", ("avoiding",)),
    Entry(
        "Avoidance vs curiosity",
        _BEHAVIOURAL,
        True,
        "avoids it",
        "curious about it",
        ("avoidance to curiosity", "avoidance versus curiosity", "curiosity"),
    ),
    Entry("Activity", _BEHAVIOURAL, True, "none", "as much as wished", ("activity level", "getting out")),
    Entry(
        "Boundary holding",
        _RELATIONAL,
        True,
        "gives way",
        "holds them",
        ("boundaries", "holding boundaries", "boundary setting", "setting boundaries"),
    ),
    Entry("Assertiveness", _RELATIONAL, True, "stays silent", "speaks up", ("speaking up", "saying no")),
    Entry(
        "Connection",
        _RELATIONAL,
        True,
        "cut off",
        "close",
        ("connectedness", "closeness", "connection to others", "connection with others"),
    ),
    Entry("Loneliness", _RELATIONAL, False, "none", "wholly alone", ("isolation",)),
    Entry("Trust", _RELATIONAL, True, "none", "full", ("trust in others",)),
    Entry("Conflict", _RELATIONAL, False, "none", "all the time", ("conflicts", "arguments", "arguing")),
    Entry(
        "Self-criticism",
        _COGNITIVE,
        False,
        "kind to self",
        "merciless",
        ("inner critic", "self-blame", "self-judgement", "self-judgment"),
    ),
    Entry(
        "Self-compassion", _COGNITIVE, True, "none", "as to a friend", ("self-kindness", "kindness to self")
    ),
    Entry(
        "Self-esteem",
        _COGNITIVE,
        True,
        "none",
        "sure of own worth",
        ("self-worth", "confidence", "self-confidence"),
    ),
    Entry("Rumination", _COGNITIVE, False, "none", "without end", ("ruminating", "brooding", "overthinking")),
    Entry("Worry", _COGNITIVE, False, "none", "without end", ("worries", "worrying")),
    Entry("Concentration", _COGNITIVE, True, "none", "as good as ever", ("focus", "attention")),
)


def _spelled(spelling: str) -> str:
    return label_key(spelling.replace("-", " ").replace("\u2011", " "))


_BY_SPELLING: Mapping[str, Entry] = MappingProxyType(
    {_spelled(spelling): entry for entry in CATALOGUE for spelling in (entry.name, *entry.also)}
)


def catalogued(label: str) -> Entry | None:
    """What the catalogue knows of a label; case, spaces and hyphens make no difference."""
    return _BY_SPELLING.get(_spelled(label))


def higher_is_better(label: str, scale: float, definitions: Iterable[MarkerDefinition]) -> bool | None:
    """Whether more of a marker is better; None where nobody says, and then no trend may be told of it."""
    known = known_as(label, scale, definitions)
    return None if known is None else known.higher_is_better


def better_by(definitions: Iterable[MarkerDefinition]) -> Callable[[str, float], bool | None]:
    """The same as a question of label and scale, for one client's definitions."""
    own = tuple(definitions)
    return lambda label, scale: higher_is_better(label, scale, own)


def known_as(
    label: str, scale: float, definitions: Iterable[MarkerDefinition]
) -> MarkerDefinition | Entry | None:
    """What is known of a marker, if anything.

    The client's own definition stands before the catalogue, a retired one too, the one on this scale first.
    """
    own = [each for each in definitions if label_key(each.name) == label_key(label)]
    return min(own, key=lambda each: each.scale != scale) if own else catalogued(label)
