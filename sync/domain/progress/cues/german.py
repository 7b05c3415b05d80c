"""The cues of German."""

from sync.domain.progress.cues.values import CueList, words

GERMAN = CueList(
    language="German",
    rising=(
        *("bemerkte", "bemerkt", "merkte", "gemerkt", "merke", "spürte es kommen", "kommen sehen"),
        *("ertappte sich", "ertappte mich", "wurde bewusst", "stattdessen", "diesmal", "dieses mal"),
        *("hielt inne", "atmete durch", "blieb dabei", "ging schneller vorbei", "ging vorbei", "entschied"),
        *("entschieden", "beschloss", "beschlossen", "bat um", "fragte nach", "nein gesagt", "sagte nein"),
        *("grenze gesetzt", "angesprochen"),
    ),
    sinking=(
        *("konnte nicht", "konnte es nicht", "kann nicht", "nicht geschafft", "überfällt mich"),
        *("überfiel sie", "überfiel ihn", "überrollt", "überwältigt", "aus dem nichts", "keine ahnung warum"),
        *("unerträglich", "die ganze nacht", "stundenlang", "erstarrte", "nachgegeben", "vermieden"),
        *("vermied", "nichts hilft", "nichts half", "musste gehen"),
    ),
    negations=words("nicht kein keine keinen keiner nie niemals kaum ohne niemand weder"),
    undoing=("statt", "anstatt", "ohne", "nicht mehr", "nicht", "nie"),
    supposing=(
        *("wenn", "falls", "würde", "würden", "könnte", "wünscht", "wünschte", "hofft", "hoffte", "sollte"),
        *("vielleicht", "möchte", "will", "wollte", "nächstes mal", "stellt sich vor", "hätte", "wäre"),
    ),
    others=words(
        "mutter vater mama papa eltern bruder schwester geschwister sohn tochter kind kinder mann frau "
        "ehemann ehefrau partner partnerin freund freundin freunde chef chefin kollege kollegin kollegen "
        "team lehrer lehrerin arzt ärztin nachbar nachbarin tante onkel familie niemand jemand alle leute"
    ),
    client=words("ich sie er wir klient klientin patient patientin"),
    first_person=words("ich mich mir mein meine meinen meiner meinem wir uns unser"),
    pointing_back=words("das dies diese dieses es beides aber und so dann da"),
    risk=(
        *(
            "abschiedsbrief*",
            "tabletten",
            "klinge*",
            "rasierklinge*",
            "nicht mehr aufwachen",
            "verletz* mich",
        ),
        *("suizid*", "selbstmord*", "umbring*", "sterben", "tot", "todes*", "selbstverletz*", "ritz*"),
        *("nicht mehr leben", "das leben nehmen", "lebensmüde", "krisenplan", "notfallplan", "hoffnungslos*"),
    ),
    function_words=words(
        "der die das den dem des ein eine einen einem einer eines und oder aber als am an auch auf aus bei "
        "bin bis da dann dass dem du durch er es für hat hatte haben ich ihr ihre ihren ihrer im in ist ja "
        "kein keine mich mir mit nach nicht noch nur ob sein seine seinen sich sie sind so über um und uns "
        "unter von vor war waren was weil wenn wie wir wird zu zum zur sagte sagt"
    ),
)
