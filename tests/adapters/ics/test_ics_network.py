"""Only public hosts are asked, by the address that was checked; nothing inside is ever connected to (W13)."""

import socket
from collections.abc import Iterator

import pytest
import trustme

from sync.adapters.ics_address import WebPlace, read_place, read_url
from sync.adapters.ics_fetch import Network, fetch
from sync.adapters.ics_network import NetworkRules, is_public
from sync.errors import CalendarUnreachable, PracticeError, Refused
from tests.adapters.ics.https import HOST, Answer, Asked, HttpsHost, https_host

INTERNAL = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.254", "100.64.0.1", "127.0.0.1", "127.255.255.254"),
    *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1"),
    *("192.168.0.1", "192.168.178.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1"),
    *("239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254"),
    *("::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1"),
    *("100::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1"),
    *("2a00:1450::5efe:10.0.0.1", "fc00::1", "fd12:3456:789a::1", "fe80::1", "fe80::1%eth0", "fec0::1"),
    *("ff02::1", "2a00:1450:4001:831::200e%eth0", "not an address"),
]
PUBLIC = ["8.8.8.8", "142.250.185.78", "2a00:1450:4001:831::200e", "64:ff9b::8.8.8.8"]
WRITTEN_OTHERWISE = [
    *(
        "https://127.1/a.ics",
        "https://2130706433/a.ics",
        "https://0x7f.0.0.1/a.ics",
        "https://0177.0.0.1/a.ics",
    ),
    *(
        "https://[::1]/a.ics",
        "https://[::ffff:7f00:1]/a.ics",
        "https://localhost/a.ics",
        "https://localhost./a",
    ),
    *("https://0/a.ics", "webcal://127.0.0.1/a.ics", "https://①②⑦.⓪.⓪.①/a.ics"),
]
NO_ADDRESS = [
    *("http://calendar.example/a.ics", "ftp://calendar.example/a.ics", "file:///etc/passwd", "gopher://x/"),
    *("https://ana:secret@calendar.example/a.ics", "https://calendar.example@127.0.0.1/a.ics", "https:///a"),
    *(
        "https://cal endar.example/a",
        "https://calendar.example\\@127.0.0.1/",
        "https://calendar.example/\r\nX: y",
    ),
    *(
        "https://calendar.example:0/a",
        "https://calendar.example:99999/a",
        "https://[::1/a",
        "https://é.example/é",
    ),
    *("javascript:alert(1)", "data:text/calendar,BEGIN", "https://" + "a" * 70 + ".example/"),
]


@pytest.fixture
def connects(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Every address that something tried to connect to; none of them is reached."""
    tried: list[object] = []

    def connect(_socket: socket.socket, address: object) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    return iter([tried])


@pytest.mark.parametrize("address", INTERNAL)
def test_w13_a_host_at_an_internal_address_is_not_connected_to(
    address: str, connects: Iterator[list[object]]
) -> None:
    network = Network(resolve=lambda _host, _port: [address])

    with pytest.raises(CalendarUnreachable, match="private network"):
        fetch(read_url("https://calendar.example/a.ics"), network)

    assert [] == next(connects)


@pytest.mark.parametrize("address", PUBLIC)
def test_w13_a_public_address_is_connected_to(address: str, connects: Iterator[list[object]]) -> None:
    network = Network(resolve=lambda _host, _port: [address])

    with pytest.raises(CalendarUnreachable, match="cannot be reached"):
        fetch(read_url("https://calendar.example/a.ics"), network)

    [tried] = next(connects)
    assert isinstance(tried, tuple)
    assert (address.lower(), 443) == (tried[0], tried[1]) or is_public(tried[0])


@pytest.mark.parametrize("typed", WRITTEN_OTHERWISE)
def test_w13_this_machine_is_recognised_however_it_is_written(
    typed: str, connects: Iterator[list[object]]
) -> None:
    with pytest.raises(PracticeError):  # refused as an address, or found to lead inside
        fetch(read_place(typed), Network())

    assert [] == next(connects)


@pytest.mark.parametrize("typed", NO_ADDRESS)
def test_w13_what_is_no_plain_https_address_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_place(typed)

    assert "example" not in str(refused.value)
    assert refused.value.advice


def test_w13_one_internal_address_among_public_ones_is_enough_to_refuse(
    connects: Iterator[list[object]],
) -> None:
    network = Network(resolve=lambda _host, _port: ["8.8.8.8", "10.0.0.1"])

    with pytest.raises(CalendarUnreachable, match="private network"):
        fetch(read_url("https://calendar.example/a.ics"), network)

    assert [] == next(connects)


def test_w13_another_port_is_not_asked(connects: Iterator[list[object]]) -> None:
    network = Network(resolve=lambda _host, _port: ["8.8.8.8"])

    with pytest.raises(CalendarUnreachable, match="port 443"):
        fetch(read_url("https://calendar.example:8443/a.ics"), network)

    assert [] == next(connects)


def test_w13_a_name_that_changes_its_address_is_connected_to_where_it_was_checked(
    connects: Iterator[list[object]],
) -> None:
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])

    with pytest.raises(CalendarUnreachable):
        fetch(read_url("https://calendar.example/a.ics"), Network(resolve=lambda _h, _p: next(answers)))

    assert [("8.8.8.8", 443)] == next(connects)


def redirect_to(host: HttpsHost, location: str) -> None:
    def answering(asked: Asked) -> Answer:
        return Answer(302, headers={"Location": location})

    host.answering = answering


@pytest.mark.parametrize(
    "location",
    [
        *("https://127.0.0.1/a", "https://internal.example/a", "https://[::1]/a", "//internal.example/a"),
        *(
            "http://calendar.example/a",
            "https://ana:pw@calendar.example/a",
            "file:///etc/passwd",
            "",
            "gopher://x",
        ),
        *("https://calendar.example:22/a", "https://2130706433/", "https://calendar.example\\.internal/"),
    ],
)
def test_w13_a_redirect_leads_nowhere_that_the_address_itself_may_not(location: str) -> None:
    inside = {HOST: ["127.0.0.1"], "internal.example": ["10.0.0.1"]}
    with https_host() as host:
        network = host.network(resolve=lambda name, _port: inside.get(name, [name]))
        redirect_to(host, location)

        with pytest.raises(CalendarUnreachable):
            fetch(read_url(host.url), network)

        assert len(host.connections) <= (4 if location == "" else 1)


def test_w13_three_redirects_are_followed_and_no_more() -> None:
    with https_host() as host:

        def answering(asked: Asked) -> Answer:
            number = int(asked.path.strip("/").rpartition("/")[2] or 0) if asked.path[-1].isdigit() else 0
            if number >= hops:
                return Answer(body=b"here")
            return Answer(307, headers={"Location": f"/{number + 1}"})

        host.answering = answering
        hops = 3
        assert b"here" == fetch(read_url(host.url), host.network()).body
        hops = 4
        with pytest.raises(CalendarUnreachable, match="without end"):
            fetch(read_url(host.url), host.network())


def test_w13_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with https_host(lambda _asked: Answer(body=b"here")) as host:
        assert b"here" == fetch(read_url(host.url), host.network()).body


def test_w13_a_certificate_for_another_name_is_not_accepted() -> None:
    with https_host(name="other.example") as host, pytest.raises(CalendarUnreachable, match="certificate"):
        fetch(read_url(host.url), host.network())
    assert [] == host.requests


def test_w13_a_certificate_of_an_unknown_authority_is_not_accepted() -> None:
    with https_host() as host:
        stranger = HttpsHost(host.port, trustme.CA(), host.answering)
        with pytest.raises(CalendarUnreachable, match="certificate"):
            fetch(read_url(host.url), stranger.network())
        assert [] == host.requests


def test_a_host_is_asked_by_its_name_and_its_whole_path() -> None:
    with https_host(lambda _asked: Answer(body=b"here")) as host:
        fetch(read_url(host.url + "?token=a%2Fb"), host.network())

        [asked] = host.requests
        assert (f"{HOST}:{host.port}", "/calendar/secret-3f9a/basic.ics?token=a%2Fb") == (
            asked.headers["Host"],
            asked.path,
        )


def test_an_allowed_host_is_allowed_at_its_own_port_alone() -> None:
    rules = NetworkRules.allowing(["Cloud.Practice.LAN", "other.lan:8443"])

    assert rules.allows_private(WebPlace("", "cloud.practice.lan"))
    assert not rules.allows_private(WebPlace("", "cloud.practice.lan", 8443))
    assert rules.allows_private(WebPlace("", "other.lan", 8443))
    assert not rules.allows_private(WebPlace("", "other.lan"))


def test_webcal_means_https() -> None:
    assert read_place("webcal://calendar.example/a.ics") == read_place("https://calendar.example/a.ics")


def test_a_place_shows_its_host_and_nothing_of_its_secret() -> None:
    place = read_place("https://calendar.example/private-3f9a/basic.ics")

    assert ("calendar.example", False) == (place.name, "3f9a" in repr(place))
