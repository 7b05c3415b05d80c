"""PCL-5: the PTSD checklist for DSM-5, twenty items, past-month version."""

from sync.domain.progress.instruments.values import Basis, CutOff, Form, Instrument, Item, ReliableChange

PCL5 = Instrument(
    name="PCL-5",
    about="post-traumatic stress",
    version="PCL-5 Standard, past month, 2013",
    period="the past month",
    lowest=0,
    highest=80,
    higher_is_better=False,
    licence="Made by the United States government, and in the public domain.",
    attribution=(
        "Weathers, Litz, Keane, Palmieri, Marx & Schnurr 2013, The PTSD Checklist for DSM-5 (PCL-5) – "
        "Standard. National Center for PTSD, www.ptsd.va.gov."
    ),
    cut_off=CutOff(31, "National Center for PTSD: 31 to 33, depending on whom it is put to"),
    reliable_change=ReliableChange(15, Basis.PUBLISHED, "Marx et al. 2022, Psychol Assess 34:197 (15 to 18)"),
    form=Form(
        introduction="In the past month, how much were you bothered by:",
        items=(
            Item("Repeated, disturbing, and unwanted memories of the stressful experience?"),
            Item("Repeated, disturbing dreams of the stressful experience?"),
            Item(
                "Suddenly feeling or acting as if the stressful experience were actually happening again "
                "(as if you were actually back there reliving it)?"
            ),
            Item("Feeling very upset when something reminded you of the stressful experience?"),
            Item(
                "Having strong physical reactions when something reminded you of the stressful experience "
                "(for example, heart pounding, trouble breathing, sweating)?"
            ),
            Item("Avoiding memories, thoughts, or feelings related to the stressful experience?"),
            Item(
                "Avoiding external reminders of the stressful experience (for example, people, places, "
                "conversations, activities, objects, or situations)?"
            ),
            Item("Trouble remembering important parts of the stressful experience?"),
            Item(
                "Having strong negative beliefs about yourself, other people, or the world (for example, "
                "having thoughts such as: I am bad, there is something seriously wrong with me, no one can"
                " be trusted, the world is completely dangerous)?"
            ),
            Item("Blaming yourself or someone else for the stressful experience or what happened after it?"),
            Item("Having strong negative feelings such as fear, horror, anger, guilt, or shame?"),
            Item("Loss of interest in activities that you used to enjoy?"),
            Item("Feeling distant or cut off from other people?"),
            Item(
                "Trouble experiencing positive feelings (for example, being unable to feel happiness or "
                "have loving feelings for people close to you)?"
            ),
            Item("Irritable behavior, angry outbursts, or acting aggressively?"),
            Item("Taking too many risks or doing things that could cause you harm?"),
            Item('Being "superalert" or watchful or on guard?'),
            Item("Feeling jumpy or easily startled?"),
            Item("Having difficulty concentrating?"),
            Item("Trouble falling or staying asleep?"),
        ),
        answers=("Not at all", "A little bit", "Moderately", "Quite a bit", "Extremely"),
    ),
)
