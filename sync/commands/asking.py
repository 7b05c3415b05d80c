"""Puts a questionnaire's items on the terminal one by one, word for word."""

import click

from sync.commands.showing import show_text
from sync.domain.progress.instruments.values import Form, Instrument
from sync.domain.progress.scoring import may_be_missing

LEFT_OUT = "-"


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
    show_text(f"{instrument.attribution} {instrument.licence}")
    answers: list[int | None] = []
    for item in form.items:
        click.echo()
        show_text(item.text, f"{len(answers) + 1:>2}/{len(form.items)}  ")
        answers.append(_answer(form, may_be_left_out=answers.count(None) < most))
    return answers


def _answer(form: Form, *, may_be_left_out: bool) -> int | None:
    choices = [str(number) for number in range(form.lowest, form.highest + 1)]
    if may_be_left_out:
        choices.append(LEFT_OUT)
    said = click.prompt("     ", type=click.Choice(choices), show_choices=False, prompt_suffix="> ")
    return None if said == LEFT_OUT else int(said)


def ask_total(instrument: Instrument) -> float:
    """The total, where the wording may not be shown."""
    reach = f"{instrument.lowest:g} to {instrument.highest:g}"
    said: float = click.prompt(f"{instrument.name}, total ({reach})", type=float)
    return said
