"""A person at a browser who signs in: answers the consent page and follows where it leads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import parse_qsl, urlencode, urlsplit


@dataclass(slots=True)
class Person:
    """She unticks the boxes in `unticks`; `on_the_way` happens between her answer and the redirect."""

    account: str
    decision: str = "allow"
    unticks: Sequence[str] = ()
    on_the_way: Callable[[str], None] = lambda _: None
    addresses: list[str] = field(default_factory=list)
    page: tuple[int, str] = (0, "")
    _at_work: Thread | None = None

    def open_browser(self, address: str) -> bool:
        """Begin to sign in; the browser goes its own way meanwhile."""
        self.addresses.append(address)
        self._at_work = Thread(target=self._sign_in, args=(address,), daemon=True)
        self._at_work.start()
        return True

    def asked(self) -> dict[str, str]:
        """The parameters of the address she was sent to last."""
        return dict(parse_qsl(urlsplit(self.addresses[-1]).query))

    def sees(self) -> tuple[int, str]:
        """The status and text of the last page in her browser."""
        if self._at_work is not None:
            self._at_work.join(10)
        return self.page

    def ends_at(self, address: str) -> str:
        """Where her browser is sent in the end, without going there."""
        self.addresses.append(address)
        return self._decide(address)

    def _decide(self, address: str) -> str:
        asked = self.asked()
        granted = [scope for scope in asked["scope"].split() if scope not in self.unticks]
        form = [*asked.items(), ("account", self.account), ("decision", self.decision)]
        form += [("granted", scope) for scope in granted]
        return browse("POST", address, urlencode(form))[1]

    def _sign_in(self, address: str) -> None:
        location = self._decide(address)
        self.on_the_way(location)
        status, _, text = browse("GET", location)
        self.page = status, text


def browse(method: str, address: str, form: str | None = None) -> tuple[int, str, str]:
    """One request: the status, where it redirects to, and the page."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request(method, f"{parts.path or '/'}?{parts.query}", form)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or "", answer.read().decode()
    finally:
        connection.close()
