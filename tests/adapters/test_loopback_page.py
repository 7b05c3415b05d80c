"""A page that a browser is given once, from an address that nobody can guess."""

from urllib.error import HTTPError
from urllib.request import urlopen

from sync.adapters.loopback_page import show_once

PAGE = "<p>MK, Tuesday</p>"


def fetched(address: str) -> tuple[int, str, dict[str, str]]:
    try:
        with urlopen(address, timeout=5) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except HTTPError as refused:
        return refused.code, refused.read().decode(), dict(refused.headers)


def test_a_page_is_given_once_and_only_at_its_address() -> None:
    answers: list[tuple[int, str, dict[str, str]]] = []

    def browser(address: str) -> None:
        site = address.rpartition("/")[0]
        answers.extend(fetched(each) for each in (f"{site}/favicon.ico", f"{site}/", address, address))

    assert show_once(PAGE, browser, 5)
    assert [(404, ""), (404, ""), (200, PAGE), (404, "")] == [answer[:2] for answer in answers]
    headers = answers[2][2]
    assert "no-store" == headers["Cache-Control"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_where_no_browser_comes_that_is_said() -> None:
    assert not show_once(PAGE, lambda _address: False, 0.01)
