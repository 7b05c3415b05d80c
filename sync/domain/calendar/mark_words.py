"""The words that say, at the edge of a title, that an hour was cancelled or missed: one list per language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sync.domain.attendance.states import CANCELLED, NO_SHOW
from sync.domain.calendar.words import words


@dataclass(frozen=True, slots=True)
class Mark:
    """What the practitioner says of an hour in the calendar itself.

    `state` is `cancelled` or `no_show`; `by` says who cancelled: `client`, `practitioner` or `unknown`;
    `late` that she calls it late. `source` is where she says it: `title` or `color`.
    """

    state: str
    by: str = "unknown"
    late: bool = False
    source: str = "title"


@dataclass(frozen=True, slots=True)
class _Language:
    """`cancelled` stands alone or in the place of `{}` in a phrase that says by whom."""

    cancelled: str
    by_client: str
    by_practitioner: str
    no_show: str
    late: str = ""
    late_by_client: str = ""


_LANGUAGES = {
    "en": _Language(
        "cancelled | canceled | cxl | cxld | cxled | canx | cnx",
        "client {} | {} by client | {} by the client | patient {} | {} by patient | {} by the patient",
        "{} by me | i {} | therapist {} | {} by therapist | {} by the therapist | counsellor {} "
        "| {} by counsellor | counselor {} | {} by counselor | practitioner {} | {} by practitioner",
        "no show | noshow | dna | did not attend | didn't attend | did not show | didn't show | "
        "did not show up | didn't show up | failed to attend",
        "{} late | late {} | {} at short notice",
        "late cancel | late cancellation | late cxl",
    ),
    "de": _Language(
        "abgesagt | storniert | ausgefallen | fällt aus | faellt aus | entfällt | entfaellt",
        "klient {} | klientin {} | klient hat {} | klientin hat {} | von klient {} | von klientin {} | "
        "{} von klient | {} von klientin | vom klienten {} | von der klientin {} | patient {} | "
        "patientin {} | vom patienten {} | von der patientin {}",
        "von mir {} | {} von mir | ich habe {} | therapeut {} | therapeutin {} | von therapeut {} | "
        "von therapeutin {}",
        "nicht erschienen | nicht gekommen | unentschuldigt gefehlt | unentschuldigt | ferngeblieben | "
        "no show",
        "kurzfristig {} | {} kurzfristig",
    ),
    "fr": _Language(
        "annulé | annulée | rdv annulé | séance annulée",
        "{} par client | {} par cliente | {} par le client | {} par la cliente | {} par le patient | "
        "{} par la patiente",
        "{} par moi | {} par le thérapeute | {} par la thérapeute | {} par thérapeute",
        "absent | absente | non venu | non venue | pas venu | pas venue | ne s'est pas présenté | "
        "ne s'est pas présentée",
        "{} tardivement",
    ),
    "es": _Language(
        "cancelado | cancelada | anulado | anulada",
        "{} por cliente | {} por clienta | {} por el cliente | {} por la clienta | {} por paciente | "
        "{} por el paciente | {} por la paciente",
        "{} por mí | {} por terapeuta | {} por el terapeuta | {} por la terapeuta",
        "no asistió | no acudió | no vino | no se presentó | inasistencia",
        "{} tarde",
    ),
    "it": _Language(
        "annullato | annullata | disdetto | disdetta | cancellato | cancellata",
        "{} dal cliente | {} dalla cliente | {} da cliente | {} dal paziente | {} dalla paziente",
        "{} da me | {} dal terapeuta | {} dalla terapeuta",
        "non presentato | non presentata | non si è presentato | non si è presentata | non venuto | "
        "non venuta | assente",
        "{} tardi",
    ),
    "nl": _Language(
        "geannuleerd | afgezegd | afgelast | gecanceld",
        "cliënt {} | {} door cliënt | door cliënt {} | patiënt {} | {} door patiënt | door patiënt {}",
        "door mij {} | {} door mij | therapeut {} | {} door therapeut | door therapeut {}",
        "niet verschenen | niet gekomen | niet komen opdagen | no show",
        "te laat {} | {} te laat",
    ),
    "pt": _Language(
        "cancelado | cancelada | desmarcado | desmarcada",
        "{} por cliente | {} pelo cliente | {} pela cliente | {} pelo paciente | {} pela paciente",
        "{} por mim | {} pelo terapeuta | {} pela terapeuta",
        "faltou | não compareceu | não veio",
        "{} tarde",
    ),
}

LANGUAGES = tuple(_LANGUAGES)
"""The languages whose words are known, by their two letters."""

Phrases = Mapping[tuple[str, ...], Mark]
"""What folded words, side by side, say."""


def mark_phrases(
    languages: Iterable[str] = ("en",), cancelled: Iterable[str] = (), no_show: Iterable[str] = ()
) -> Phrases:
    """The phrases of `languages` (of `LANGUAGES`), and her own words, which go before those."""
    found: dict[tuple[str, ...], Mark] = {}
    for language in languages:
        found |= {words(phrase): mark for phrase, mark in _phrases_of(_LANGUAGES[language])}
    found |= {words(phrase): Mark(CANCELLED) for phrase in cancelled}
    found |= {words(phrase): Mark(NO_SHOW) for phrase in no_show}
    found.pop((), None)
    return found


def _phrases_of(language: _Language) -> Iterator[tuple[str, Mark]]:
    for word in _split(language.cancelled):
        yield word, Mark(CANCELLED)
        for by, phrases in (("client", language.by_client), ("practitioner", language.by_practitioner)):
            for phrase in _split(phrases):
                yield phrase.replace("{}", word), Mark(CANCELLED, by)
        for phrase in _split(language.late):
            yield phrase.replace("{}", word), Mark(CANCELLED, late=True)
    for phrase in _split(language.late_by_client):
        yield phrase, Mark(CANCELLED, "client", late=True)
    for phrase in _split(language.no_show):
        yield phrase, Mark(NO_SHOW)


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split("|") if phrase.strip()]
