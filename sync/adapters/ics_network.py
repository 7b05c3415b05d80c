"""Decides which network addresses a calendar may be fetched from: public ones, and hosts that were allowed.

An address somebody typed must not make this machine ask its own network (OWASP, Server-Side Request
Forgery Prevention): a router's page, a cloud's metadata, a database.
"""

import ipaddress
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sync.adapters.ics_address import HTTPS_PORT, WebPlace
from sync.errors import CalendarUnreachable

Resolve = Callable[[str, int], list[str]]
"""The addresses of a host and port. Raises `OSError`."""

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_TUNNELS = tuple(ipaddress.IPv6Network(net) for net in ("2001::/32", "2002::/16"))  # Teredo, 6to4
_RELAYS = ipaddress.IPv4Network("192.88.99.0/24")  # to 6to4, RFC 7526
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: an IPv4 address in the last 32 bits


@dataclass(frozen=True, slots=True)
class NetworkRules:
    """Where a calendar may be fetched from; `private_hosts` as `host` or `host:port`.

    Such a host may be at any address; and only such a host may be at another port than 443.
    """

    private_hosts: frozenset[str] = frozenset()

    @classmethod
    def allowing(cls, hosts: Collection[str]) -> "NetworkRules":
        """The rules with these hosts allowed."""
        return cls(frozenset(host.strip().lower() for host in hosts))

    def allows_private(self, place: WebPlace) -> bool:
        """Whether this host and port were named by the person who runs this."""
        plain = {place.host} if place.port == HTTPS_PORT else set()
        return bool(self.private_hosts & {f"{place.host}:{place.port}", *plain})


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the host's addresses."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_addresses(place: WebPlace, rules: NetworkRules, resolve: Resolve) -> list[str]:
    """The addresses to connect to, every one of them fit. Raises `CalendarUnreachable`.

    What is connected to is what was checked: the name is not asked for a second time.
    """
    private = rules.allows_private(place)
    if place.port != HTTPS_PORT and not private:
        raise CalendarUnreachable("calendars are fetched from port 443 alone", _ADVICE)
    try:
        found = resolve(place.host, place.port)
    except (OSError, UnicodeError):
        raise CalendarUnreachable("the calendar's host is not known to the network") from None
    if not found:
        raise CalendarUnreachable("the calendar's host has no address")
    if not private and not all(map(is_public, found)):
        raise CalendarUnreachable("the calendar's address leads into a private network", _ADVICE)
    return found


def is_public(text: str) -> bool:
    """Whether an address is one that everybody on the internet can reach, however it is written."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return _is_public_v4(address) if isinstance(address, ipaddress.IPv4Address) else _is_public_v6(address)


def _is_public_v4(address: ipaddress.IPv4Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address in _RELAYS)


def _is_public_v6(address: ipaddress.IPv6Address) -> bool:
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.scope_id is not None:
        return False
    if address in _NAT64:
        return _is_public_v4(last)
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP and not _is_public_v4(last):
        return False
    tunnel = any(address in net for net in _TUNNELS)
    return address in _GLOBAL_UNICAST and address.is_global and not tunnel


_ADVICE = "If you run this calendar server yourself, name its host in the setting `ics.private_hosts`."
