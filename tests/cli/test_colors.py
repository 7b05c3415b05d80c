"""What colours mean, from the command line."""

import json

from tests.cli.conftest import ANA, Door


def test_a_colour_gets_a_meaning_keeps_it_and_loses_it(door: Door) -> None:
    practice = door.ready()
    first = practice(
        "practitioners", "set", ANA, "--color", "tomato=no_show", "--color", "8=cancelled_by_client"
    )
    practice("practitioners", "set", ANA, "--color", "grape=cancelled")
    practice("practitioners", "set", ANA, "--color", "8=none")

    [ana] = json.loads(practice("practitioners", "list", "--json").out)
    assert 0 == first.code
    assert {"grape": "cancelled", "tomato": "no_show"} == ana["colors"]
