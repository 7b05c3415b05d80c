"""The note formats: which headings each has, and which canonical field stands behind a heading.

One stored shape serves all: a SOAP note's Subjective, a BIRP note's Behaviour and a PIE note's Problem are
all `presentation`, so that a client's history survives a change of format. A note's headings are read by
its own format first: the P of a PIE note is its problem, everywhere else it is the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from sync.domain.notes.heading_words import FOREIGN_HEADINGS, plain_name

PRESENTATION = "presentation"
OBSERVATIONS = "observations"
ASSESSMENT = "assessment"
INTERVENTIONS = "interventions"
RESPONSE = "response"
PLAN = "plan"
RISK = "risk"
FREE_TEXT = "free_text"
"""What stands before the first heading, or under a heading no format knows."""

BRING_UP = "bring_up"
"""Not a section: the field of what stands after `bring up:`, wherever that is."""

FIELDS = (PRESENTATION, OBSERVATIONS, ASSESSMENT, INTERVENTIONS, RESPONSE, PLAN, RISK, FREE_TEXT)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its canonical `field`, its `title`, its `letter` if it has one, other spellings.

    `everyday` words such as Goal or Problem begin ordinary lines, too: in a note of another format they
    are a heading only when set as one (`## Problem`).
    """

    field: str
    title: str
    letter: str | None = None
    also: tuple[str, ...] = ()
    everyday: bool = False

    def names(self) -> tuple[str, ...]:
        """Everything it may be called, its letter apart; with `#` what counts only when set as a heading."""
        return (self.title, *self.also, *FOREIGN_HEADINGS.get(self.title, ()))


@dataclass(frozen=True, slots=True)
class NoteFormat:
    """An ordered set of headings, and the fields under which a stub asks for markers and for risk."""

    name: str
    title: str
    headings: tuple[Heading, ...]
    markers_under: str
    risk_under: str


_PLAN_NAMES = ("plans", "treatment plan", "next steps", "plan for next time", "plan for next session")
_PLAN = Heading(PLAN, "Plan", letter="P", also=_PLAN_NAMES)
_ASSESSMENT = Heading(ASSESSMENT, "Assessment", letter="A")
_INTERVENTION = Heading(INTERVENTIONS, "Intervention", letter="I", also=("interventions",))
_RESPONSE = Heading(RESPONSE, "Response", letter="R")

SOAP = NoteFormat(
    "soap",
    "SOAP",
    (
        Heading(PRESENTATION, "Subjective", letter="S"),
        Heading(OBSERVATIONS, "Objective", letter="O"),
        _ASSESSMENT,
        _PLAN,
    ),
    markers_under=OBSERVATIONS,
    risk_under=ASSESSMENT,
)
DAP = NoteFormat(
    "dap",
    "DAP",
    (Heading(PRESENTATION, "Data", letter="D"), _ASSESSMENT, _PLAN),
    markers_under=PRESENTATION,
    risk_under=ASSESSMENT,
)
BIRP = NoteFormat(
    "birp",
    "BIRP",
    (
        Heading(PRESENTATION, "Behaviour", letter="B", also=("behavior", "behaviours", "behaviors")),
        _INTERVENTION,
        _RESPONSE,
        _PLAN,
    ),
    markers_under=PRESENTATION,
    risk_under=RESPONSE,
)
GIRP = NoteFormat(
    "girp",
    "GIRP",
    (
        Heading(PRESENTATION, "Goal", letter="G", also=("goals",), everyday=True),
        _INTERVENTION,
        _RESPONSE,
        _PLAN,
    ),
    markers_under=RESPONSE,
    risk_under=RESPONSE,
)
PIE = NoteFormat(
    "pie",
    "PIE",
    (
        Heading(PRESENTATION, "Problem", letter="P", also=("problems",), everyday=True),
        _INTERVENTION,
        Heading(RESPONSE, "Evaluation", letter="E", everyday=True),
        # Its plan is part of the evaluation; under a heading of its own it is found again.
        replace(_PLAN, letter=None),
    ),
    markers_under=RESPONSE,
    risk_under=RESPONSE,
)
NARRATIVE = NoteFormat("narrative", "Narrative", (_PLAN,), markers_under=FREE_TEXT, risk_under=FREE_TEXT)
FREE = replace(NARRATIVE, name="free")
"""What narrative notes were called first; kept for the notes that are stored under it."""

FORMATS: Mapping[str, NoteFormat] = MappingProxyType(
    {each.name: each for each in (SOAP, DAP, BIRP, GIRP, PIE, NARRATIVE, FREE)}
)
"""Every format of ours by the name that settings and commands use."""


@dataclass(frozen=True, slots=True)
class HeadingIndex:
    """The canonical field by a heading's name or letter as names are compared (`plain_name`).

    `labels` may stand before a colon or on a line of their own; `marked` hold what is a heading only
    when set as one, with `#` or in `**…**`.
    """

    labels: dict[str, str]
    marked: dict[str, str]


def heading_index(own: NoteFormat | None = None) -> HeadingIndex:
    """Every heading by what a therapist may write for it: as the note's `own` format has it, else as any."""
    index = HeadingIndex({}, {})
    for heading in own.headings if own else ():
        _add(index, replace(heading, everyday=False))
    for heading in (heading for each in FORMATS.values() for heading in each.headings):
        _add(index, heading)
    return index


def _add(index: HeadingIndex, heading: Heading) -> None:
    for name in heading.names():
        is_marked = heading.everyday or name.startswith("#")
        (index.marked if is_marked else index.labels).setdefault(plain_name(name.lstrip("#")), heading.field)
    if heading.letter and not heading.everyday:
        index.labels.setdefault(plain_name(heading.letter), heading.field)


KNOWN_HEADINGS = heading_index()
_HEADINGS_OF = {name: heading_index(note_format) for name, note_format in FORMATS.items()}


def headings_of(format_name: str) -> HeadingIndex:
    """How the headings of a note in this format are read; in one that is not ours, as in any note."""
    return _HEADINGS_OF.get(format_name, KNOWN_HEADINGS)
