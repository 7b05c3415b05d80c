"""CORE-10: ten items on psychological distress. Shipped unmodified, as its licence (CC BY-ND 4.0) asks."""

from sync.domain.progress.instruments.values import (
    Band,
    Basis,
    CutOff,
    Form,
    Instrument,
    Item,
    ReliableChange,
)

CORE10 = Instrument(
    name="CORE-10",
    about="psychological distress",
    version="CORE-10, English",
    period="the last week",
    lowest=0,
    highest=40,
    higher_is_better=False,
    licence="CC BY-ND 4.0 (creativecommons.org/licenses/by-nd/4.0): unmodified and attributed.",
    attribution=(
        "© CORE System Trust (www.coresystemtrust.org.uk). Barkham et al. 2013, The CORE-10: a short "
        "measure of psychological distress, Couns Psychother Res 13:3."
    ),
    bands=(
        Band(0, "healthy"),
        Band(6, "low"),
        Band(11, "mild"),
        Band(15, "moderate"),
        Band(20, "moderately severe"),
        Band(25, "severe"),
    ),
    cut_off=CutOff(11, "Barkham et al. 2013, for general distress; 13 for depression"),
    reliable_change=ReliableChange(6, Basis.PUBLISHED, "Barkham et al. 2013 (90 % interval)"),
    form=Form(
        introduction="Over the last week",
        items=(
            Item("I have felt tense, anxious or nervous"),
            Item("I have felt I have someone to turn to for support when needed", is_reversed=True),
            Item("I have felt able to cope when things go wrong", is_reversed=True),
            Item("Talking to people has felt too much for me"),
            Item("I have felt panic or terror"),
            Item("I made plans to end my life"),
            Item("I have had difficulty getting to sleep or staying asleep"),
            Item("I have felt despairing or hopeless"),
            Item("I have felt unhappy"),
            Item("Unwanted images or memories have been distressing me"),
        ),
        answers=("Not at all", "Only Occasionally", "Sometimes", "Often", "Most or all the time"),
        risk_item=6,
    ),
)
