"""Questionnaires whose wording may not be shipped: only totals are entered, worked out on their own forms."""

from sync.domain.progress.instruments.values import Band, Basis, CutOff, Instrument, ReliableChange

WHO5 = Instrument(
    name="WHO-5",
    about="well-being",
    version="WHO-5, scored 0 to 100",
    period="the last two weeks",
    lowest=0,
    highest=100,
    higher_is_better=True,
    licence="Free to use with its source; the terms of its reissue are unclear: no items are shipped.",
    attribution="WHO-5 Well-Being Index, World Health Organization 1998; Topp et al. 2015.",
    bands=(Band(0, "very low"), Band(29, "low"), Band(51, "not low")),
    cut_off=CutOff(50, "World Health Organization 1998"),
    reliable_change=ReliableChange(
        23.6, Basis.PUBLISHED, "smallest detectable change of one person, Health Qual Life Outcomes 2018"
    ),
    step=4,
)
WSAS = Instrument(
    name="WSAS",
    about="work and social adjustment",
    version="WSAS",
    period="at present",
    lowest=0,
    highest=40,
    higher_is_better=False,
    licence="© Isaac Marks: no items are shipped.",
    attribution="Work and Social Adjustment Scale. Mundt et al. 2002, Br J Psychiatry 180:461.",
    bands=(Band(0, "subclinical"), Band(10, "impairment"), Band(21, "moderately severe")),
    cut_off=CutOff(10, "Mundt et al. 2002"),
    reliable_change=ReliableChange(8, Basis.ASSUMED, "from an assumed SD of 9.5 and α = .90"),
)
BARC10 = Instrument(
    name="BARC-10",
    about="recovery capital",
    version="BARC-10",
    period="at present",
    lowest=10,
    highest=60,
    higher_is_better=True,
    licence="Sources differ (freely available, or CC BY-NC-ND): no items are shipped.",
    attribution="Brief Assessment of Recovery Capital. Vilsaint et al. 2017.",
    bands=(Band(10, "below 47"), Band(47, "as in sustained remission")),
    cut_off=CutOff(46, "Vilsaint et al. 2017: 47 and more goes with sustained remission"),
    reliable_change=ReliableChange(8, Basis.ASSUMED, "from an assumed SD of 8.5 and α = .90"),
)
PSYCHLOPS = Instrument(
    name="PSYCHLOPS",
    about="the client's own problems",
    version="PSYCHLOPS, scored 0 to 20",
    period="the last week",
    lowest=0,
    highest=20,
    higher_is_better=False,
    licence="© King's College London, no charge for use: no items are shipped.",
    attribution="Psychological Outcome Profiles. Ashworth et al. 2004.",
    reliable_change=ReliableChange(5, Basis.ASSUMED, "from an assumed SD of 3.5 and reliability .70 to .83"),
)
ORS = Instrument(
    name="ORS",
    about="how life is going",
    version="ORS",
    period="the last week",
    lowest=0,
    highest=40,
    higher_is_better=True,
    licence="Proprietary, on paper under its own licence: no items are shipped.",
    attribution="Outcome Rating Scale. © Scott D. Miller & Barry L. Duncan 2000.",
    bands=(Band(0, "25 or below"), Band(25.1, "above 25")),
    cut_off=CutOff(25, "Miller & Duncan, for adults"),
    reliable_change=ReliableChange(5, Basis.PUBLISHED, "Miller & Duncan"),
    step=0.1,
)
SRS_WORTH_TALKING_OVER = 36
"""Below this the session itself is worth talking over together (Miller & Duncan)."""

SRS = Instrument(
    name="SRS",
    about="the alliance",
    version="SRS",
    period="this session",
    lowest=0,
    highest=40,
    higher_is_better=True,
    licence="Proprietary, on paper under its own licence: no items are shipped.",
    attribution="Session Rating Scale. © Lynn D. Johnson, Scott D. Miller & Barry L. Duncan 2000.",
    bands=(Band(0, "below 36: worth talking over together"), Band(SRS_WORTH_TALKING_OVER, "36 or more")),
    step=0.1,
)
GOAL_RATING = Instrument(
    name="Goal rating",
    about="how near a goal is, in the client's own rating",
    version="one rating from 0 to 10, or the mean of several",
    period="at present",
    lowest=0,
    highest=10,
    higher_is_better=True,
    licence="No wording of others is used.",
    attribution="Rated as in goal-based outcomes; see Edbrooke-Childs et al. 2015 for how much counts.",
    reliable_change=ReliableChange(2.45, Basis.ASSUMED, "Edbrooke-Childs et al. 2015, not looked up again"),
    step=0.1,
)

TOTALS_ONLY = (WHO5, WSAS, BARC10, PSYCHLOPS, ORS, SRS, GOAL_RATING)
