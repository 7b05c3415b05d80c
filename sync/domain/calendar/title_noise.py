"""Takes from a title what says nothing about whose it is: emoji, numbering, `online`, `50 min`."""

import re
import unicodedata
from functools import lru_cache

from sync.domain.calendar.mark_words import LANGUAGES, mark_phrases
from sync.domain.calendar.title_marks import MarkReader
from sync.domain.calendar.words import LONGEST_TITLE, REMEMBERED, fold, words

_NOISE = frozenset(
    words(
        """
        online onsite zoom video videocall videochat telehealth teletherapy telemedicine phone telephone
        skype whatsapp facetime teams webcam doxy virtual remote remotely hybrid f2f inperson via
        telefon telefonisch videosprechstunde videoanruf präsenz praesenz
        visio visioconférence téléphone téléconsultation présentiel
        videollamada teléfono telefónica presencial videochiamata telefono
        beeldbellen videobellen videochamada telefone
        """
    )
)
_NOISE_PHRASES = frozenset(
    map(
        words,
        (
            "in person",
            "face to face",
            "google meet",
            "video call",
            "phone call",
            "ms teams",
            "microsoft teams",
            "on line",
            "on zoom",
            "by phone",
            "by video",
            "per video",
            "per telefon",
            "per zoom",
            "en ligne",
            "par téléphone",
            "en línea",
            "por teléfono",
            "in presenza",
            "in praktijk",
        ),
    )
)
_COUNTED = frozenset(
    words("no nr nº num number n session sess sitzung stunde séance sesión seduta sessie sessão visit week")
)
"""What a number is put to: `No 12`, `Session 12`."""

_UNITS = frozenset(words("min mins minutes minuten minutos minuti"))
_NUMBER = re.compile(r"\d{1,3}")
_NUMBERED = re.compile(r"#\s?\d{1,4}|\d{1,3}\s?/\s?\d{1,3}|\d{1,3}(?:min|mins|m)", re.IGNORECASE)
_TOKEN = re.compile(r"#\s?\d{1,4}\b|\b\d{1,3}\s?/\s?\d{1,3}\b|\w+")
_GROUP = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_LONGEST = 3

_GENERIC = frozenset(
    words(
        """
        session sessions appointment appt client patient therapy counselling counseling consultation consult
        meeting call weekly fortnightly monthly regular intake assessment review follow up followup new slot
        hold available booked busy private couple couples group family supervision zoom online
        termin sitzung therapie klient klientin gespräch erstgespräch beratung probatorik
        séance rdv consultation thérapie client cliente sesión cita terapia paciente
        seduta colloquio terapia paziente afspraak sessie therapie cliënt gesprek
        sessão consulta terapia the a with and of for mit und avec con met com im in
        """
    )
)


@lru_cache(maxsize=REMEMBERED)
def undecorated(title: str) -> str:
    """`title` without emoji, and without numbering and words such as `online` at its ends and in brackets."""
    text = "".join(map(_plain, title[:LONGEST_TITLE]))
    text = _GROUP.sub(lambda group: group[0] if _kept(group[1]) else " ", text)
    kept = _kept(text)
    if kept is None:
        return ""
    start, end = kept
    return " ".join(text[start:end].split())


def _plain(character: str) -> str:
    """A space for a symbol, nothing for what only shapes or turns the text around it."""
    if character.isalnum() or character.isascii():
        return character
    if character == "№":
        return "#"
    kind = unicodedata.category(character)
    if kind in ("Cf", "Cc") or "\ufe00" <= character <= "\ufe0f":
        return ""
    return " " if kind in ("So", "Sk", "Cn", "Co", "Cs") else character


def _kept(text: str) -> tuple[int, int] | None:
    """Where what is no noise begins and ends; None where nothing else is there."""
    found = list(_TOKEN.finditer(text))
    told = [fold(token[0]) for token in found]
    first, last = 0, len(found)
    while first < last and (length := _noise_at_start(told[first : min(first + _LONGEST, last)])):
        first += length
    while first < last and (length := _noise_at_end(told[max(first, last - _LONGEST) : last])):
        last -= length
    if first == last:
        return None
    start = 0 if first == 0 else found[first].start()
    if last == len(found):
        return start, len(text)
    end = found[last - 1].end()
    while end < len(text) and text[end] in ".)]}":
        end += 1
    return start, end


def _noise_at_start(told: list[str]) -> int:
    return next((n for n in range(len(told), 0, -1) if _is_noise(told[:n])), 0)


def _noise_at_end(told: list[str]) -> int:
    return next((n for n in range(len(told), 0, -1) if _is_noise(told[-n:])), 0)


def _is_noise(told: list[str]) -> bool:
    match told:
        case [one]:
            return one in _NOISE or _NUMBERED.fullmatch(one) is not None
        case [one, other] if one in _COUNTED:
            return _NUMBER.fullmatch(other.lstrip("# ")) is not None or "/" in other
        case [one, other] if other in _UNITS:
            return _NUMBER.fullmatch(one) is not None
    return tuple(told) in _NOISE_PHRASES


_EVERY_MARK = MarkReader(mark_phrases(LANGUAGES))


@lru_cache(maxsize=REMEMBERED)
def learned_key(title: str) -> str:
    """What of `title` can be learned to mean a client: all its words, folded, without noise and marks.

    Empty where nothing is left that could tell one client from another: `Session`, `Weekly call 12`.
    """
    told = words(undecorated(_EVERY_MARK.read(title).title))
    return " ".join(told) if any(map(is_telling, told)) else ""


_HONORIFICS = frozenset(
    words(
        """
        dr prof professor mr mrs ms miss mx sir rev herr frau hr mme mlle madame monsieur
        sr sra srta señor señora sig signor signora dott dottssa dhr mevr mw dra dona
        """
    )
)
_SERVICES = frozenset(
    words(
        """
        coaching counselling counsel psychotherapy psychotherapie psychothérapie psicoterapia psicoterapia
        supervision evaluation diagnostik diagnostic anamnese einzel einzeltherapie paartherapie paarberatung
        gruppe gruppentherapie telefonat rückruf callback catchup catch checkin check chat treatment visit
        kennenlernen kennenlerngespräch vorgespräch nachgespräch probesitzung booking reserved confirmed
        meet see with for und at room raum zimmer praxis office salle sala first last final tbc
        emdr cbt dbt act ifs eft ipt mbct mbsr ptsd adhd kvt tcc tcd nlp
        monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri
        montag dienstag mittwoch donnerstag freitag samstag
        """
    )
)
_MARKS = frozenset(word for phrase in mark_phrases(LANGUAGES) for word in phrase if len(word) > 1)
"""The words of a mark that was not heeded are no name either: `Jo Bloggs cancelled?`."""


_NO_NAMES = _GENERIC | _NOISE.union(*_NOISE_PHRASES) | _COUNTED | _UNITS | _HONORIFICS | _SERVICES | _MARKS


def may_be_a_name(word: str) -> bool:
    """Whether a folded word beside a name may be part of it: `Mary Jo Bloggs` is not Jo Bloggs.

    Of any word that nobody can tell from a name it may: no list of names is complete.
    """
    return word.isalpha() and word not in _NO_NAMES


def is_telling(word: str) -> bool:
    """Whether a folded word could tell one client from another."""
    return word not in _GENERIC and len(word) > (3 if word.isdigit() else 1)
