"""Puts a questionnaire's items on the terminal one by one, word for word."""

import click

from sync.commands.showing import show_text
from sync.domain.progress.instruments.values import Form, Instrument

LEFT_OUT = "-"


def ask_items(instrument: Instrument, form: Form) -> list[int | None]:
    """The answers as they are typed, None for one that was left out; another is asked for again."""
    show_text(f"{instrument.name}. {form.introduction}")
    for number, words in enumerate(form.answers, form.lowest):
        show_text(words, f"  {number}  ")
    show_text("left out", f"  {LEFT_OUT}  ")
    show_text(f"{instrument.attribution} {instrument.licence}")
    return [_answer(number, item.text, form) for number, item in enumerate(form.items, 1)]


def _answer(number: int, text: str, form: Form) -> int | None:
    click.echo()
    show_text(text, f"{number:>2}/{len(form.items)}  ")
    choices = [*map(str, range(form.lowest, form.highest + 1)), LEFT_OUT]
    said = click.prompt("     ", type=click.Choice(choices), show_choices=False, prompt_suffix="> ")
    return None if said == LEFT_OUT else int(said)


def ask_total(instrument: Instrument) -> float:
    """The total, where the wording may not be shown."""
    reach = f"{instrument.lowest:g} to {instrument.highest:g}"
    said: float = click.prompt(f"{instrument.name}, total ({reach})", type=float)
    return said
