"""The words that may give the reason of a mark, and those that take a mark back: one list per language.

Both lists are short on purpose: a reason of other words may be one that takes the mark back or names
somebody who comes instead, and what is not certain is never guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sync.domain.calendar.words import words


@dataclass(frozen=True, slots=True)
class _Language:
    """`reasons` may follow one another, with `links` between them; `taken_back` are single words."""

    reasons: str
    links: str
    taken_back: str


_LANGUAGES = {
    "en": _Language(
        "ill | sick | unwell | poorly | flu | covid | cold | migraine | fever | hospital | holiday | "
        "holidays | on holiday | vacation | on vacation | away | out of town | abroad | travel | "
        "travelling | traveling | forgot | forgotten | late | too late | overslept | work | at work | "
        "exam | meeting | emergency | family | family emergency | bereavement | funeral | child | "
        "childcare | no childcare | kids | ill child | child ill | child sick | ill today | weather | "
        "snow | traffic | train | train strike | strike | car | transport | no transport | no reason | no "
        "reason given | no message | no notice | no answer | no contact | short notice | at short notice "
        "| by phone | by text | by email | by mail",
        "is | was | has | and | the | her | his | due to | because of",
        "back again confirmed instead now not comes coming moved rescheduled new swapped",
    ),
    "de": _Language(
        "krank | erkrankt | grippe | erkältung | migräne | fieber | krankenhaus | urlaub | im urlaub | "
        "ferien | verreist | reise | unterwegs | vergessen | verspätet | zu spät | verschlafen | arbeit | "
        "prüfung | notfall | familie | trauerfall | beerdigung | kind | kind krank | kinderbetreuung | "
        "wetter | stau | zug | streik | bahnstreik | ohne grund | kein grund | ohne nachricht | keine "
        "nachricht | telefonisch",
        "ist | war | hat | und | wegen | das",
        "doch wieder bestätigt stattdessen statt jetzt nicht kommt verschoben neu neuer",
    ),
    "fr": _Language(
        "malade | grippe | migraine | fièvre | hôpital | vacances | en vacances | voyage | en voyage | "
        "oublié | oubli | retard | en retard | travail | examen | urgence | famille | deuil | enfant | "
        "enfant malade | météo | neige | train | grève | sans raison | sans motif | sans nouvelles",
        "est | et | cause de",
        "finalement confirmé confirmée remplacé maintenant vient déplacé reporté nouveau",
    ),
    "es": _Language(
        "enfermo | enferma | gripe | migraña | fiebre | hospital | vacaciones | de vacaciones | viaje | "
        "de viaje | olvidó | olvidado | retraso | trabajo | examen | urgencia | familia | duelo | niño "
        "enfermo | niña enferma | hijo enfermo | hija enferma | huelga | sin motivo | sin razón | sin "
        "aviso",
        "está | y | por",
        "confirmado confirmada ahora viene nuevo nueva movido reprogramado",
    ),
    "it": _Language(
        "malato | malata | influenza | emicrania | febbre | ospedale | vacanza | in vacanza | viaggio | "
        "in viaggio | dimenticato | ritardo | lavoro | esame | emergenza | famiglia | lutto | figlio "
        "malato | figlia malata | sciopero | senza motivo | senza preavviso",
        "è | e | per",
        "confermato confermata invece adesso viene spostato nuovo",
    ),
    "nl": _Language(
        "ziek | griep | migraine | koorts | ziekenhuis | vakantie | op vakantie | op reis | vergeten | te "
        "laat | werk | examen | noodgeval | familie | uitvaart | kind | kind ziek | oppas | file | trein "
        "| staking | geen reden | zonder reden | geen bericht",
        "is | en | door | wegens",
        "toch weer bevestigd nu niet komt verplaatst nieuw nieuwe",
    ),
    "pt": _Language(
        "doente | gripe | enxaqueca | febre | hospital | férias | de férias | viagem | em viagem | "
        "esqueceu | esquecido | atraso | trabalho | exame | emergência | família | luto | filho doente | "
        "filha doente | greve | sem motivo | sem aviso",
        "está | e | por",
        "confirmado confirmada agora vem novo nova mudado remarcado",
    ),
}


def _split(phrases: str) -> frozenset[tuple[str, ...]]:
    return frozenset(words(phrase) for phrase in phrases.split("|"))


_REASONS = frozenset().union(*(_split(language.reasons) for language in _LANGUAGES.values()))
_LINKS = frozenset().union(*(_split(language.links) for language in _LANGUAGES.values()))
_LONGEST = max(map(len, _REASONS | _LINKS))
_TAKEN_BACK = frozenset().union(*(words(language.taken_back) for language in _LANGUAGES.values()))

LONGEST_REASON = 6
"""Words that a reason may have; more is a sentence about something else."""


def is_known_reason(told: Sequence[str]) -> bool:
    """Whether these folded words are reasons from the lists, one or more, and nothing else."""
    if not 1 <= len(told) <= LONGEST_REASON:
        return False
    reached, gives_one = {0}, False
    for end in range(1, len(told) + 1):
        for start in [at for at in reached if at < end and end - at <= _LONGEST]:
            part = tuple(told[start:end])
            if part in _REASONS or part in _LINKS:
                reached.add(end)
                gives_one = gives_one or part in _REASONS
    return len(told) in reached and gives_one


def takes_back(told: Sequence[str]) -> bool:
    """Whether one of these folded words may say that the hour takes place after all, or for somebody else."""
    return not _TAKEN_BACK.isdisjoint(told)
