"""Knows the ways to write that there is no risk, and takes nothing else for one of them.

The lists are closed: a statement is a "none" only if every part of it stands here. Whatever is new, doubtful
or says more counts as risk: one that is overlooked weighs more than one that is looked at in vain.
"No plan", "no acute risk" and "not asked" are on no list: each leaves something open.
"""

import re

from sync.domain.notes.heading_words import plain_name

_CUTS = re.compile(r"[.;,!\n]")
_AROUND = " \t\xa0*_-–—"


def _one_of(text: str) -> str:
    """The alternatives in `text`, between bars, as a pattern; where its lines end does not matter."""
    return "(?:" + "".join(line.strip() for line in text.splitlines()) + ")"


# All without capitals and accents, as `plain_name` makes them.
_SELF = _one_of("himself|herself|themselves|themself|self")
_WHAT = _one_of(rf"""
    risks?(?: issues| concerns)?|risk (?:to|of harm to) self(?: or others)?|(?:safety )?concerns?
    |suicidality|si|hi|si/hi|si or hi|suicidal ideation|(?:suicidal )?thoughts? of (?:suicide|self-harm|dying)
    |suicidal (?:thoughts?|ideas)|self[- ]harm|harm to self(?: or others)?|ideation|wish to die
    |(?:thoughts? of )?harming {_SELF}(?: or others)?|thoughts? of harm(?:ing)? to self(?: or others)?
""")
_WHATS = rf"{_WHAT}(?:(?:/| or | and ){_WHAT}){{0,3}}"
_HOW = _one_of("""
    noted|reported|voiced|identified|recorded|expressed|disclosed|raised|evident|indicated|observed|mentioned
    |apparent|present|known|stated|seen|endorsed
""")
_WHEN = _one_of("""
    currently|today|at present|presently|now|this week|at this time|at the moment|this session|in session
    |in this session|at intake
""")
_WHO = _one_of("he|she|they|client|the client|both|pt|patient")

_ENGLISH = (
    rf"(?:none|nil|no|nothing)(?: {_HOW})?(?: {_WHEN})?",
    rf"no (?:current |present |known )?{_WHATS}(?: (?:{_HOW}|to report))?(?: {_WHEN})?",
    rf"(?:{_WHO} )?(?:denies|denied) (?:any |all )?(?:current )?{_WHATS}(?: {_WHEN})?",
    rf"(?:{_WHO} )?reports? no (?:current )?{_WHATS}(?: {_WHEN})?",
)
_GERMAN_WHAT = _one_of("""
    risiko|risiken|suizidalitat|suizidgedanken|suizidale gedanken|selbstverletzung(?:en)?|gefahrdung
    |(?:selbst|eigen|fremd)gefahrdung|(?:selbst|eigen)- (?:und|oder) fremdgefahrdung
""")
_GERMAN_HOW = (
    r"(?: (?:bekannt|erkennbar|genannt|berichtet|geaussert|benannt|festgestellt|ersichtlich|vorhanden))"
)
_GERMAN_WHEN = r"(?: (?:heute|aktuell|derzeit|zurzeit))"
_GERMAN_ENDING = rf"{_GERMAN_HOW}?{_GERMAN_WHEN}?"
_GERMAN = (
    rf"(?:keine?s?|nein|nichts)(?: hinweise?)?{_GERMAN_ENDING}",
    rf"kein(?:e|en)? (?:aktuellen? )?(?:hinweise? (?:auf|fur) (?:eine? )?)?{_GERMAN_WHAT}{_GERMAN_ENDING}",
    rf"verneint {_GERMAN_WHAT}",
)
_ROMANCE_AND_DUTCH = (
    r"(?:aucune?|(?:aucune?|pas de) (?:risques?|idees? suicidaires?))"
    r"(?: (?:signale|identifie|note|rapporte|connu)e?s?)?"
    r"(?: (?:actuellement|a ce jour|aujourd'hui))?",
    r"(?:non|rien a signaler|pas d['’]idees? suicidaires?)",
    r"(?:ninguno|ninguna|nada|sin riesgos?|no hay riesgos?|ningun riesgo|(?:sin|niega) ideacion suicida)"
    r"(?: (?:identificado|referido|conocido)s?)?(?: (?:actualmente|hoy))?",
    r"(?:nessuno|nessuna|niente|nessun rischio|nessuna ideazione suicidaria)"
    r"(?: (?:segnalato|riferito|rilevato|noto)a?)?(?: (?:attualmente|oggi))?",
    r"(?:geen|nee)(?: (?:risico(?:['’]?s)?|suicidaliteit|suicidale gedachten))?"
    r"(?: (?:gemeld|bekend|benoemd|geuit))?(?: (?:momenteel|vandaag|op dit moment))?",
    r"(?:nenhum|nenhuma|nao|nenhum risco|sem riscos?|(?:sem|nega) ideacao suicida)"
    r"(?: (?:identificado|relatado|conhecido)s?)?(?: (?:atualmente|hoje))?",
)
_BESIDE = (
    r"(?:both )?asked(?: (?:separately|directly|again))?"
    r"(?: (?:at intake|today|about|about (?:it|this|the low days)))?",
    rf"(?:{_WHO} )?feels? safe(?: at home)?",
    r"(?:sleep and appetite|safety plan|mood) reviewed",
)
"""What may stand beside a "none" and takes nothing from it."""

_NONE = re.compile("|".join((*_ENGLISH, *_GERMAN, *_ROMANCE_AND_DUTCH)))
_NOTHING_MORE = re.compile("|".join(_BESIDE))


def says_none(text: str) -> bool:
    """Whether a statement says in known words that there is no risk, and nothing of substance besides.

    `None noted; asked at intake, she reports no thoughts of harming herself` says so. `None. Not asked`,
    `none; passive thoughts`, `none?` and `no plan` do not: in doubt there is risk.
    """
    parts = [part for each in _CUTS.split(text) if (part := plain_name(each).strip(_AROUND))]
    nones = [part for part in parts if _NONE.fullmatch(part)]
    return bool(nones) and all(part in nones or _NOTHING_MORE.fullmatch(part) for part in parts)
