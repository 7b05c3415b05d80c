"""GAD-7: seven items on generalised anxiety. The first answer is "Not at all", not a misprint of it."""

from sync.domain.progress.instruments.phq9 import PHQ_ANSWERS
from sync.domain.progress.instruments.values import (
    Band,
    Basis,
    CutOff,
    Form,
    Instrument,
    Item,
    ReliableChange,
)

GAD7 = Instrument(
    name="GAD-7",
    about="anxiety",
    version="GAD-7, English",
    period="the last two weeks",
    lowest=0,
    highest=21,
    higher_is_better=False,
    licence="No permission is required to reproduce, translate, display or distribute it.",
    attribution=(
        "Developed by Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an "
        "educational grant from Pfizer Inc. Spitzer, Kroenke, Williams & Löwe 2006, Arch Intern Med "
        "166:1092."
    ),
    bands=(Band(0, "minimal"), Band(5, "mild"), Band(10, "moderate"), Band(15, "severe")),
    cut_off=CutOff(8, "NHS Talking Therapies; 10 in Spitzer et al. 2006"),
    reliable_change=ReliableChange(4, Basis.PUBLISHED, "NHS Talking Therapies manual"),
    form=Form(
        introduction="Over the last 2 weeks, how often have you been bothered by the following problems?",
        items=(
            Item("Feeling nervous, anxious, or on edge"),
            Item("Not being able to stop or control worrying"),
            Item("Worrying too much about different things"),
            Item("Trouble relaxing"),
            Item("Being so restless that it is hard to sit still"),
            Item("Becoming easily annoyed or irritable"),
            Item("Feeling afraid as if something awful might happen"),
        ),
        answers=PHQ_ANSWERS,
    ),
)
