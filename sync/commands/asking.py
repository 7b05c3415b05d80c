"""Puts a questionnaire's items on the terminal one by one, word for word."""

from itertools import chain

import click

from sync.commands.showing import show_text
from sync.domain.progress.instruments.values import Form, Instrument
from sync.domain.progress.scoring import may_be_missing

LEFT_OUT, BACK = "-", "b"


def ask_items(instrument: Instrument, form: Form) -> list[int | None]:
    """The answers as they are typed, None for one that was left out; what cannot be is asked for again.

    No more can be left out than a total can do without, so that nothing is typed in vain.
    """
    show_text(f"{instrument.name}. {form.introduction}")
    for number, words in enumerate(form.answers, form.lowest):
        show_text(words, f"  {number}  ")
    most = may_be_missing(form)
    if most:
        show_text(f"left out (at most {most} of {len(form.items)})", f"  {LEFT_OUT}  ")
    show_text("back to the item before", f"  {BACK}  ")
    show_text(f"{instrument.attribution} {instrument.licence}")
    answers: list[int | None] = []
    while len(answers) < len(form.items):
        click.echo()
        show_text(form.items[len(answers)].text, f"{len(answers) + 1:>2}/{len(form.items)}  ")
        said = _said(form, (LEFT_OUT,) if answers.count(None) < most else (), (BACK,) if answers else ())
        if said == BACK:
            answers.pop()
        else:
            answers.append(None if said == LEFT_OUT else int(said))
    return answers


def _said(form: Form, *besides: tuple[str, ...]) -> str:
    numbers = [str(number) for number in range(form.lowest, form.highest + 1)]
    choices = click.Choice([*numbers, *chain(*besides)])
    said: str = click.prompt("     ", type=choices, show_choices=False, prompt_suffix="> ")
    return said


def ask_total(instrument: Instrument) -> float:
    """The total, where the wording may not be shown."""
    reach = f"{instrument.lowest:g} to {instrument.highest:g}"
    said: float = click.prompt(f"{instrument.name}, total ({reach})", type=float)
    return said
