"""Every questionnaire that is known, by whatever way its name is typed."""

from sync.domain.progress.instruments.core10 import CORE10
from sync.domain.progress.instruments.gad7 import GAD7
from sync.domain.progress.instruments.k10 import K10
from sync.domain.progress.instruments.pcl5 import PCL5
from sync.domain.progress.instruments.phq9 import PHQ9
from sync.domain.progress.instruments.totals import TOTALS_ONLY
from sync.domain.progress.instruments.values import Instrument

INSTRUMENTS: tuple[Instrument, ...] = (PHQ9, GAD7, PCL5, K10, CORE10, *TOTALS_ONLY)
"""In the order they are listed: first those with their items. None is ever taken out: results name them."""


def instrument_called(name: str) -> Instrument | None:
    """The questionnaire of this name: case, spaces and hyphens make no difference (`phq9`, `Core 10`)."""
    return _BY_KEY.get(_key(name))


def _key(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


_BY_KEY = {_key(each.name): each for each in INSTRUMENTS}
