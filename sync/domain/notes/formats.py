"""The note formats: which headings each has, and which canonical field stands behind a heading.

One stored shape serves all: a SOAP note's Subjective and a BIRP note's Behaviour are both `presentation`.
Another format is another `NoteFormat` in `FORMATS`; where two formats give one letter different
meanings (the P of PIE is the problem), `heading_index` takes the one named first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

PRESENTATION = "presentation"
OBSERVATIONS = "observations"
ASSESSMENT = "assessment"
INTERVENTIONS = "interventions"
RESPONSE = "response"
PLAN = "plan"
RISK = "risk"
FREE_TEXT = "free_text"
"""What stands before the first heading, or under a heading no format knows."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its canonical `field`, its `title`, its `letter` if it has one, other spellings."""

    field: str
    title: str
    letter: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteFormat:
    """An ordered set of headings, and the fields under which a stub asks for markers and for risk."""

    name: str
    title: str
    headings: tuple[Heading, ...]
    markers_under: str
    risk_under: str


_PLAN = Heading(
    PLAN,
    "Plan",
    letter="P",
    also=("plans", "treatment plan", "next steps", "plan for next time", "plan for next session"),
)
_ASSESSMENT = Heading(ASSESSMENT, "Assessment", letter="A")

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
        Heading(INTERVENTIONS, "Intervention", letter="I", also=("interventions",)),
        Heading(RESPONSE, "Response", letter="R"),
        _PLAN,
    ),
    markers_under=PRESENTATION,
    risk_under=RESPONSE,
)
FREE = NoteFormat("free", "Free text", (_PLAN,), markers_under=FREE_TEXT, risk_under=FREE_TEXT)

FORMATS: Mapping[str, NoteFormat] = MappingProxyType({f.name: f for f in (SOAP, DAP, BIRP, FREE)})
"""Every format by the name that settings and commands use."""

HeadingIndex = Mapping[str, str]
"""The canonical field by a heading's case-folded title, other spelling or letter."""


def heading_index(formats: Iterable[NoteFormat]) -> HeadingIndex:
    """Every heading of `formats` by what a therapist may write for it; the first meaning stands."""
    index: dict[str, str] = {}
    for heading in (heading for note_format in formats for heading in note_format.headings):
        for name in (heading.title, heading.letter, *heading.also):
            if name:
                index.setdefault(name.casefold(), heading.field)
    return MappingProxyType(index)


KNOWN_HEADINGS = heading_index(FORMATS.values())
