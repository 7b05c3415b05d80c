"""A practice's own format at the door: chosen, laid as a stub, written in, and shown as another."""

from tests.cli.conftest import ANA, Door, in_hours

OWN = """{{ section("presentation", "Was war") }}

{{ section("plan", "Plan", markers=true, risk=true) }}
"""


def test_a_format_of_ones_own_from_choosing_to_reading(door: Door) -> None:
    door.ready()
    (door.home / "notes").mkdir()
    template = door.home / "notes" / "ours.md.j2"
    template.write_text(OWN)
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(-20))

    assert "Changed." in door("practitioners", "set", ANA, "--format", "ours").out
    door("once", "--json")
    [session] = door("sessions", "--json").json
    shown = door("note", "show", session["id"]).out
    assert "## Was war <!-- presentation -->\n\n## Plan\n\nRisk:\n" in shown

    written = "P: walk\nSleep: six/10\n## Was war <!-- presentation -->\ntired\n"
    saved = door("note", "write", session["id"], "--file", "-", stdin=written)
    assert "Not understood: Sleep: six/10" in saved.out

    again = door("note", "show", session["id"])
    assert "Not understood: Sleep: six/10" in again.err
    assert written == again.out
    as_dap = door("note", "show", session["id"], "--as", "dap").out
    assert "## Data\n\ntired\n\n## Assessment\n\n## Plan\n\nwalk\nSleep: six/10\n" in as_dap

    template.write_text("{{ section('plan' }}")
    refused = door("note", "show", session["id"], "--as", "ours")
    assert (1, "") == (refused.code, refused.out)
    assert "The note format ours cannot be used: line 1:" in refused.told
    assert "There is no note format x." in door("practitioners", "set", ANA, "--format", "x").told
