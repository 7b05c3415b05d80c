"""Keeps what the therapist says of the words of then and now on a client's page."""

from datetime import datetime

from sync.app import App
from sync.domain.progress.statements import Statement, Verdict
from sync.domain.progress.thread_sentences import pair_words
from sync.errors import Refused
from sync.jobs.progress import progress_of
from sync.store.statements import judge, verdicts

FEWEST_DIGITS = 6
"""How much of a key is enough to name it, where it is the only one that begins so."""


def say_of_pair(app: App, client_id: str, key: str, verdict: Verdict, now: datetime) -> str:
    """Pin or dismiss the pair whose key begins with `key`: one that is shown, or was judged before.

    Gives the whole key.
    """
    seen = progress_of(app, client_id, now)
    with app.writing() as records:
        shown = {
            pair.key: Statement(
                pair.key, pair_words(pair, seen.wall), (pair.then.evidence, pair.now.evidence)
            )
            for pair in seen.in_words
        }
        before = {
            judged: Statement(judged, said.sentence, ())
            for judged, said in verdicts(records, client_id, verdict.about).items()
        }
        meant = _meant(before | shown, key)
        judge(records, client_id, meant, verdict, now)
        return meant.key


def _meant(known: dict[str, Statement], key: str) -> Statement:
    found = [statement for each, statement in known.items() if each.startswith(key.casefold())]
    if len(key) < FEWEST_DIGITS or len(found) != 1:
        raise Refused("No words of then and now have this key.", "`practice-sync progress` shows each one's.")
    return found[0]
