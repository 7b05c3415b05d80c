"""How a questionnaire is told of on a terminal and as JSON: what it is, how its total reads, whose it is."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sync.domain.phrasing import counted
from sync.domain.progress.instruments.values import Instrument


def told(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Each paragraph with what leads it."""
    better = "higher" if instrument.higher_is_better else "lower"
    form = counted(len(instrument.form.items), "item") if instrument.form else "total only"
    reach = f"{instrument.lowest:g} to {instrument.highest:g}"
    yield (
        f"{instrument.name} · {instrument.about}, {instrument.period} · {reach}, {better} is better · {form}",
        "",
    )
    if instrument.bands:
        yield ", ".join(f"{band.name} from {band.least:g}" for band in instrument.bands), "  Bands     "
    if instrument.cut_off is not None:
        side = "and below" if instrument.higher_is_better else "and above"
        yield f"{instrument.cut_off.at:g} {side} ({instrument.cut_off.source})", "  Clinical  "
    change = instrument.reliable_change
    if change is not None:
        provisional = "; provisional" if change.is_provisional else ""
        yield (
            f"{change.points:g} points or more ({change.basis}: {change.source}{provisional})",
            "  Change    ",
        )
    yield instrument.licence, "  Licence   "
    yield instrument.attribution, "  From      "


def instrument_json(instrument: Instrument) -> dict[str, Any]:
    """The questionnaire as an object; `items` are its own words."""
    shown = asdict(instrument)
    del shown["form"]
    form = instrument.form
    return shown | {
        "items": [item.text for item in form.items] if form else None,
        "answers": list(form.answers) if form else None,
        "risk_item": form.risk_item if form else None,
    }
