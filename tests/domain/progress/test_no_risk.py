"""Which statements say that there is no risk; all else counts as risk."""

import pytest

from sync.domain.progress.no_risk import says_none

NONES = """
None.
none
No
nil.
none noted
None  reported
none voiced.
None currently
None known
No risk
No risk noted.
No current risk identified
No concerns
none today
Denies SI
Denies any current SI/HI.
no SI/HI
No suicidal ideation reported
None, no SI
None; no thoughts of suicide or self-harm
No risk to self or others.
**None**
No SI, no HI
None noted; asked at intake, he reports no thoughts of harming himself.
None noted; asked about, she reports no wish to die.
None noted; both asked separately, both feel safe at home.
keine
Keine.
Keine Hinweise auf Suizidalität
keine Hinweise
Kein Risiko bekannt.
Keine Hinweise auf Selbst- oder Fremdgefährdung
aucun
Aucune idée suicidaire
aucun risque
ninguno
Ningún riesgo
Niega ideación suicida
nessuno
Nessun rischio
geen
Geen risico gemeld
nenhum
Sem risco
não
"""

RISKS = """
–
?
none?
n/a
Not asked
None. Not asked.
low
unchanged
None (passive)
None. Could not promise to stay safe.
None. Not safe at home.
none; no reason to go on living
None noted; does not want to live like this.
No. She is not willing to give up the tablets.
None; passive thoughts
No plan, no intent
None noted. No plan
No acute risk
no new risk
None; no thoughts but for Sunday
None; he would not be missed
None. No reason to live.
None reported. No one at home to call
None. Nothing to live for, no hope
none → passive
None. Denies that she would ask for help.
asked at intake
feels safe at home
none since Sunday
None: but she said she might
no hope
keine akute Suizidalität
Keine. Will aber nicht mehr leben.
aucun projet
geen hoop
"""


@pytest.mark.parametrize("text", [*NONES.strip().splitlines(), "None\nnone voiced"])
def test_known_ways_to_say_that_there_is_no_risk(text: str) -> None:
    assert says_none(text)


@pytest.mark.parametrize("text", ["", "None\nPassive thoughts, none today", *RISKS.strip().splitlines()])
def test_all_else_counts_as_risk(text: str) -> None:
    assert not says_none(text)
