"""The cues of English."""

from sync.domain.progress.cues.values import CueList, words

_AWARENESS = (
    *("notice", "notices", "noticed", "noticing", "caught myself", "caught herself", "caught himself"),
    *("caught themselves", "could feel it starting", "could feel it coming", "felt it coming"),
    *("felt it starting", "saw it coming", "realised", "realized", "recognised", "recognized"),
    *("became aware", "knew before", "could tell"),
)
_RESPONSE = (
    *("instead", "this time", "used the", "told him", "told her", "told them", "paused", "breathed"),
    *(
        "took a breath",
        "stayed with",
        "stayed in the",
        "stayed on",
        "let it pass",
        "walked away",
        "stepped out",
    ),
    *("rang a friend", "called a friend", "asked for help"),
)
_PASSING = ("passed quicker", "passed quickly", "passed sooner", "it passed", "over sooner", "over quickly")
_AGENCY = (
    *("decided", "chose", "asked", "said no", "said yes", "set a limit", "held the line", "planned"),
    *("allowed myself", "allowed herself", "allowed himself", "spoke up"),
)
_NEGATIVE = (
    *("couldn't", "could not", "can't", "cannot", "unable to", "hits me", "hit me", "hits her", "hits him"),
    *("no idea why", "out of nowhere", "don't see it coming", "didn't see it coming", "unbearable"),
    *(
        "all night",
        "for hours",
        "for an hour",
        "like an hour",
        "overwhelmed",
        "overwhelming",
        "froze",
        "exploded",
        "gave in",
    ),
    *("gave way", "avoided", "hid", "spiral*", "left halfway", "nothing helps"),
    *("nothing helped", "would not stop shaking", "shut down", "went blank"),
)
_RISK = (
    *(
        "goodbye letter*",
        "tablet*",
        "pill*",
        "razor*",
        "blade*",
        "rope",
        "bridge",
        "hurt* myself",
        "cut* myself",
    ),
    *(
        "ending my",
        "ended my",
        "end my",
        "it all to stop",
        "no point",
        "not wake up",
        "not waking",
        "not to wake",
    ),
    *("give away", "gave away", "giving away", "put my affairs", "no reason to", "weapon*", "gun", "drown*"),
    *(
        "suicid*",
        "kill*",
        "to die",
        "might die",
        "would die",
        "dying",
        "dead",
        "overdose*",
        "self-harm*",
        "self harm*",
        "harm*",
    ),
    *("hurt myself", "hurt herself", "hurt himself", "hurting myself", "hurting herself", "hurting himself"),
    *("cut myself", "cut herself", "cut himself", "cutting", "end it all", "ending it all", "end her life"),
    *("end his life", "end my life", "to live", "not be here", "not being here", "were not here"),
    *("weren't here", "were not there", "weren't there", "better off without", "manage without"),
    *("safety plan", "crisis", "hopeless*", "passive thoughts", "no plan", "no intent"),
)

ENGLISH = CueList(
    language="English",
    rising=(*_AWARENESS, *_RESPONSE, *_PASSING, *_AGENCY),
    sinking=_NEGATIVE,
    negations=words(
        "not no never hardly barely without nobody none nor neither cannot can't couldn't didn't don't "
        "doesn't wasn't isn't hasn't haven't hadn't won't wouldn't"
    ),
    undoing=("instead of", "rather than", "no longer", "without", "not", "never", "less"),
    supposing=(
        *("if", "would", "wouldn't", "might", "wish", "wishes", "wished", "hope", "hopes", "hoped", "should"),
        *("imagine*", "maybe", "perhaps", "want to", "wants to", "wanted to", "going to", "next time"),
        *("could have", "plans to", "plan to", "afraid that", "wonder*", "needs to", "need to", "unless"),
    ),
    others=words(
        "mother father mum mom dad parents brother sister siblings son daughter child children kids husband "
        "wife partner boyfriend girlfriend ex friend friends boss manager colleague colleagues team teacher "
        "doctor gp neighbour neighbor aunt uncle cousin grandmother grandfather family landlord solicitor "
        "mother-in-law father-in-law who everybody everyone nobody somebody someone people"
    ),
    client=words("i she he they we client"),
    first_person=words("i me my myself mine i'm i'd i've i'll we us our"),
    pointing_back=words("this that it these those both but and so then there"),
    risk=_RISK,
    function_words=words(
        "a an the and or but so as at by for from in into of off on onto out over to up with about after "
        "again all also am any are be because been before being below both can could did do does doing down "
        "during each few had has have having he her here hers herself him himself his how i if is it its "
        "itself just me more most my myself no nor not now only other our ours own she should some such than "
        "that their theirs them themselves then there these they this those through too under until very "
        "was we were what when where which while who whom why will would you your yours said told"
        " says"
    ),
)
