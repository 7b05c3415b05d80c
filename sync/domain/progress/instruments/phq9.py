"""PHQ-9: Patient Health Questionnaire, nine items on depression."""

from sync.domain.progress.instruments.values import (
    Band,
    Basis,
    CutOff,
    Form,
    Instrument,
    Item,
    ReliableChange,
)

PHQ_ANSWERS = ("Not at all", "Several days", "More than half the days", "Nearly every day")

PHQ9 = Instrument(
    name="PHQ-9",
    about="depression",
    version="PHQ-9, English",
    period="the last two weeks",
    lowest=0,
    highest=27,
    higher_is_better=False,
    licence="No permission is required to reproduce, translate, display or distribute it.",
    attribution=(
        "Developed by Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an "
        "educational grant from Pfizer Inc. Kroenke, Spitzer & Williams 2001, J Gen Intern Med 16:606."
    ),
    bands=(
        Band(0, "minimal"),
        Band(5, "mild"),
        Band(10, "moderate"),
        Band(15, "moderately severe"),
        Band(20, "severe"),
    ),
    cut_off=CutOff(10, "NHS Talking Therapies; Kroenke et al. 2001"),
    reliable_change=ReliableChange(6, Basis.PUBLISHED, "NHS Talking Therapies manual"),
    form=Form(
        introduction=(
            "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
        ),
        items=(
            Item("Little interest or pleasure in doing things"),
            Item("Feeling down, depressed, or hopeless"),
            Item("Trouble falling or staying asleep, or sleeping too much"),
            Item("Feeling tired or having little energy"),
            Item("Poor appetite or overeating"),
            Item(
                "Feeling bad about yourself — or that you are a failure or have let yourself or your "
                "family down"
            ),
            Item("Trouble concentrating on things, such as reading the newspaper or watching television"),
            Item(
                "Moving or speaking so slowly that other people could have noticed? Or the opposite — "
                "being so fidgety or restless that you have been moving around a lot more than usual"
            ),
            Item("Thoughts that you would be better off dead or of hurting yourself in some way"),
        ),
        answers=PHQ_ANSWERS,
        risk_item=9,
    ),
)
