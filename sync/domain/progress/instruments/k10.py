"""K10: Kessler's psychological distress scale, ten items, four-week version scored from 10 to 50."""

from sync.domain.progress.instruments.values import Band, Basis, Form, Instrument, Item, ReliableChange

K10 = Instrument(
    name="K10",
    about="psychological distress",
    version="K10, past four weeks, scored 10 to 50",
    period="the last four weeks",
    lowest=10,
    highest=50,
    higher_is_better=False,
    licence="Available for unrestricted use.",
    attribution=(
        "© World Health Organization 2003. Kessler et al. 2003, Screening for serious mental illness in "
        "the general population, Arch Gen Psychiatry 60:184."
    ),
    bands=(Band(10, "likely well"), Band(20, "mild"), Band(25, "moderate"), Band(30, "severe")),
    reliable_change=ReliableChange(7, Basis.ASSUMED, "from an assumed SD of 8.5 and reliability of .93"),
    form=Form(
        introduction="In the past 4 weeks,",
        items=(
            Item("about how often did you feel tired out for no good reason?"),
            Item("about how often did you feel nervous?"),
            Item("about how often did you feel so nervous that nothing could calm you down?"),
            Item("about how often did you feel hopeless?"),
            Item("about how often did you feel restless or fidgety?"),
            Item("about how often did you feel so restless you could not sit still?"),
            Item("about how often did you feel depressed?"),
            Item("about how often did you feel that everything was an effort?"),
            Item("about how often did you feel so sad that nothing could cheer you up?"),
            Item("about how often did you feel worthless?"),
        ),
        answers=(
            "None of the time",
            "A little of the time",
            "Some of the time",
            "Most of the time",
            "All of the time",
        ),
        lowest=1,
    ),
)
