"""What stands before the colon of a line: `Plan: …`, `**Risk:** …`, `## Plan`, `- Themes: …`."""

import re
from dataclasses import dataclass

from sync.domain.notes.heading_words import FOREIGN_HEADINGS, plain_name

_BULLET = re.compile(r"\s*(?:[-*+•·]|\d{1,3}[.)])\s+")
_COLON = re.compile("[:\uff1a]")
# Whatever the line, this matches without going back: everything in it may be missing.
# `#word` is a theme and no heading; `##Word` is a heading set in haste.
_LABEL = re.compile(
    r"\s*(?P<bullet>(?:[-*+•·]|\d{1,3}[.)])\s+)?(?P<hashes>#{2,6}|#(?=\s))?\s*"
    "(?P<marks>[*_]{0,3})(?P<name>[^:\uff1a]{0,120})(?P<colon>[:\uff1a])?"
)

RISK_SPELLINGS = (
    *("risk", "risks", "risk assessment", "risk level", "risk status"),
    *FOREIGN_HEADINGS["Risk"],
)
ALSO_RISK_SPELLINGS = tuple(
    word.strip()
    for word in """
safety, safety concern, safety concerns, safety assessment, safety plan, safeguarding, safeguarding concerns
risk to self, risk to others, risk to self and others, risk to self/others, risk from others, risk of harm
risk of suicide, risk of self-harm, risk of self harm, suicide risk, self-harm risk, overall risk
current risk, suicidality, suicidal ideation, suicidal thoughts, suicide, SI, SI/HI, NSSI, HI/SI
self-harm, self harm, selfharm, self-injury, self injury, harm to self, harm to others, homicidal ideation
Suizidalität, Suizidgedanken, Selbstverletzung, Selbstgefährdung, Eigengefährdung, Fremdgefährdung
suicidalité, idées suicidaires, automutilation, risque suicidaire, ideación suicida, autolesiones
riesgo suicida, ideazione suicidaria, autolesionismo, rischio suicidario, suïcidaliteit, zelfbeschadiging
suïciderisico, ideação suicida, autolesão, risco de suicídio
""".replace("\n", ",").split(",")
    if word.strip()
)
"""What a line on risk may also begin with; where a rating follows (`Self-harm: 2/10`) it is a marker."""
ALSO_RISK_NAMES = frozenset(map(plain_name, ALSO_RISK_SPELLINGS))
RISK_NAMES = frozenset(map(plain_name, RISK_SPELLINGS))
THEME_NAMES = frozenset({"theme", "themes", "tag", "tags"})
HELPED_NAMES = frozenset({"helped", "what helped", "interventions used", "tried"})
GOAL_NAMES = frozenset({"goal", "goals", "worked on"})
BRING_UP_NAMES = frozenset({"bring up", "bring-up", "bringup", "bring up next time", "bring up next session"})


@dataclass(slots=True)
class Label:
    """A line's beginning taken apart. `name` is as names are compared; `text` is what follows the colon.

    `level` counts the `#` of a Markdown heading, 0 for none; `emphasised` says whether the name
    stands in `**…**` or `__…__`; without a colon the name is the whole line.
    """

    name: str
    text: str
    level: int = 0
    colon: bool = False
    bulleted: bool = False
    emphasised: bool = False


def has_bullet(line: str) -> bool:
    """Whether `line` is an item of a list."""
    return _BULLET.match(line) is not None


def without_bullet(line: str) -> str:
    """`line` without its list bullet or number."""
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet else line.lstrip()


def read_label(line: str) -> Label | None:
    """Take `line`'s beginning apart; None when no short name begins it."""
    found = _LABEL.match(line)
    if found is None:
        return None
    bullet, hashes, marks, name, colon = found.groups()
    if not (colon or found.end() == len(line)):
        return None
    name = name.rstrip("# \t\xa0")
    text = line[found.end() :].strip()
    if marks and name.endswith(marks):
        name = name.removesuffix(marks)
    elif marks:
        text = text.removeprefix(marks).lstrip() if text.startswith(marks) else text.removesuffix(marks)
    return Label(plain_name(name), text, len(hashes or ""), bool(colon), bool(bullet), bool(marks))


def colon_in(text: str) -> int:
    """Where the first colon stands, the full-width one included; -1 for nowhere."""
    colon = _COLON.search(text)
    return colon.start() if colon else -1
