"""How names are inflected, and which everyday words look like a name or a form of one."""

SHORTEST_STEM = 4
"""Letters: shorter stems with an ending are too often other words."""

_ENDINGS = """
a e i o u y n en ens em am om im ou ov ova ove ovi owi ow uv ej ie iem in ina ami
an on un ta tta lla lle lta ssa sta na ksi ia ga le lt st ks nak nek val vel ra ban ben
а у е ы и о я ю ои ою еи ом ем ин ина ину ова ову ове ами ям
σ ο ου ε η
"""
ENDINGS = frozenset(_ENDINGS.split())
"""Case endings of German, Slavic, Finnic, Hungarian and Greek names, folded."""

AFTER_A_CUT = frozenset({"e", "i", "o", "y"})
"""Endings that count only where the name itself was shortened: else `Change` would be a form of Chang."""

LONGEST_ENDING = max(map(len, ENDINGS))

_VOWELS = frozenset("aeiouyаеиоуыяюαεηιουω")

_EVERYDAY = """
able ace april art august autumn baker ball band bank bass bear bell best bill bird bishop black bloom
blue bond book boy brand brandy brave bridge bright brook brooks brown buck bush call candy care carol case
cash chance change charity chase chin china church clay close coach cold cole cook cool cooper crane cross
crystal dale dates dawn day days dean deep dell dick dusty drew drake early earnest east ebony eve even
ever faith fall fern field fields finch fine fish fisher fox flower floyd ford forest frank free french
friend frost gay gale gene gentle german glass gold golden good grace grant gray green grey grove hall
hand happy harmony harper haven hazel heart heath heathen heaven hell hello hill hills hope honey horn house
hunt hunter ice iris ivy jack jacket jade jasmine jewel job joy jolly june just key keys kind king knight
lake lamb lane law lent less lesson light lily little long lord love low luck lucky major march marina mark
marked marken market mason may maybe melody merry miles mill mine moody moon more moss nice night noble
norm north nova olive open opal page pain park parka past pasta paste pat patience peace pearl penny
pierce poppy post pray price pride prince prudence quick rain rainy ray read reed rich ring rise river
rivers rob rock roman rose rosen rosy rowan ruby rush sad sadness safe sage sales salt sand sandy say sean
self sharp short silver sky sleep small smart snow snowy soon south speed spring star stark steel stern
stone stones storm strange street strong sue summer sun sunny swan sweet tall teal tender thing things
time town tree trend true trust turner valentine victor violet wade walk walker wall wang wango war ward
warden waters weaver week weeks welcome well wells west white wild will willow winter wise wolf wood wooden
woods woody word work worth worthy wright year young
"""
EVERYDAY = frozenset(_EVERYDAY.split())
"""Words, folded, that say something without naming anybody."""


def stems(name: str) -> tuple[str, ...]:
    """What the endings follow: the name, the name without its last vowel, without a fleeting `e`.

    `name` is one folded word. Short ones have no stem, so no form of them is looked for.
    """
    found = [name]
    if name[-1:] in _VOWELS:
        found.append(name[:-1])
    if name[-2:] in ("us", "as", "os", "οσ", "ασ", "ησ"):
        found.append(name[:-2])
    if name[-2:-1] in ("e", "е") and name[-1] not in _VOWELS:  # Pavel, Marek; Павел
        found.append(name[:-2] + name[-1])
    return tuple(stem for stem in found if len(stem) >= SHORTEST_STEM)


def cuts(word: str) -> tuple[tuple[str, str], ...]:
    """Every way to read the folded `word` as a stem with a known ending, the longest stem first."""
    longest = min(LONGEST_ENDING, len(word) - SHORTEST_STEM)
    parted = ((word[:-size], word[-size:]) for size in range(1, longest + 1))
    return tuple((stem, ending) for stem, ending in parted if ending in ENDINGS)
