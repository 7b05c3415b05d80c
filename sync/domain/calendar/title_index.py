"""Knows every client's code, names and members, and says whom a title points to, and how strongly."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, permutations
from typing import TypeVar

from sync.domain.calendar.title_noise import learned_key, may_be_a_name, undecorated
from sync.domain.calendar.words import exact_joins, exact_words, fold, gaps, joins, words

Clients = frozenset[str]

SHORTEST_NAME_WORD = 3
_JOINERS = ("and", "und", "et", "y", "e", "en")
"""What stands between two first names: `Jo and Sam Bloggs`."""

_CERTAIN = ("code", "name", "title")


@dataclass(frozen=True, slots=True)
class Pointer:
    """One thing that points to a client, or to one of several. `kind` says what it is."""

    kind: str
    clients: Clients


@dataclass(frozen=True, slots=True)
class Told:
    """What a title says by itself: `certain` pointers, and `hints` that are only enough to ask.

    The `certain` may be in two minds: a name is a client's, and that of a member of a couple.
    """

    certain: tuple[Pointer, ...] = ()
    hints: tuple[Pointer, ...] = ()

    def names_in_part(self, client_id: str) -> bool:
        """Whether this is a couple or group of which some members are named and others are not."""
        return any(hint.kind == "member" and client_id in hint.clients for hint in self.hints)


@dataclass(slots=True)
class TitleIndex:
    """All words that mean a client, arranged for quick asking."""

    by_code: dict[str, set[str]] = field(default_factory=dict)
    by_name: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    by_turned_name: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    by_member: dict[tuple[str, ...], set[tuple[str, int]]] = field(default_factory=dict)
    by_short_name: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    by_name_word: dict[str, set[str]] = field(default_factory=dict)
    by_initials: dict[str, set[str]] = field(default_factory=dict)
    by_title: dict[str, set[str]] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    longest_name: int = 0

    def add(
        self,
        client_id: str,
        code: str,
        names: Iterable[str],
        members: Sequence[str] = (),
        titles: Iterable[str] = (),
    ) -> None:
        """Let these words mean this client. `titles` are keys as `learned_key` makes them."""
        _put(self.by_code, code, client_id)
        for name in names:
            self._add_name(client_id, words(name))
        for at, member in enumerate(members):
            parts = words(member)
            for form in (parts, _turned(parts)):
                self._note_length(form)
                self.by_member.setdefault(form, set()).add((client_id, at))
            self._add_hints(client_id, parts)
        if members:
            self.members[client_id] = len(members)
        for title in filter(None, titles):
            _put(self.by_title, title, client_id)
        if len(members) == 2:
            self._add_couple(client_id, words(members[0]), words(members[1]))

    def _add_name(self, client_id: str, parts: tuple[str, ...]) -> None:
        if not parts:
            return
        self._note_length(parts)
        _put(self.by_name, parts, client_id)
        if len(parts) > 1:
            _put(self.by_turned_name, _turned(parts), client_id)
        self._add_hints(client_id, parts)

    def _add_hints(self, client_id: str, parts: tuple[str, ...]) -> None:
        for part in parts:
            if len(part) >= SHORTEST_NAME_WORD:
                _put(self.by_name_word, part, client_id)
        if len(parts) > 1:
            _put(self.by_initials, "".join(part[0] for part in parts), client_id)
            if len(parts[0]) > 1:
                self._note_length(parts[:2])
                _put(self.by_short_name, (parts[0], parts[-1][0]), client_id)

    def _add_couple(self, client_id: str, one: tuple[str, ...], other: tuple[str, ...]) -> None:
        """`Jo & Sam Bloggs` names both members of a couple; `Jo & Sam` is only enough to ask."""
        for first, second in permutations((one, other)):
            if len(first) < 2 or len(second) < 2:
                continue
            firsts = first[:-1], second[:-1]
            shared = first[-1] == second[-1]
            for joiner in ((), *((word,) for word in _JOINERS)):
                together = firsts[0] + joiner + firsts[1]
                self._note_length((*together, second[-1]))
                _put(self.by_short_name, together, client_id)
                if shared:
                    _put(self.by_name, (*together, second[-1]), client_id)

    def _note_length(self, parts: tuple[str, ...]) -> None:
        self.longest_name = max(self.longest_name, len(parts))

    def told(self, title: str, name: str | None = None) -> Told:
        """Whom `title` points to; `name` is what stands where a pattern says that the client stands.

        A whole title that was learned goes before the words within it: only another client's whole
        name or code stands against it. A `name` means its client as a whole, for a longer name is
        another person's.
        """
        plain = undecorated(title)
        learned = frozenset(self.by_title.get(learned_key(title), ()))
        whole = tuple(self._whole(name or plain))
        if learned:
            return Told((*whole, Pointer("title", learned)))
        if name is None:
            return _told((*self._codes_in(title, plain), *self._names_in(title), *self._hinted(plain)))
        return Told(whole) if whole else Told((), _as_hints((*self._names_in(name), *self._hinted(name))))

    def is_client(self, name: str) -> bool:
        """Whether `name` is a client's code or name and nothing else."""
        return any(self._whole(name))

    def _whole(self, name: str) -> Iterator[Pointer]:
        exact, parts = exact_words(name), words(name)
        if len(exact) == 1 and (coded := self.by_code.get(exact[0])):
            yield Pointer("code", frozenset(coded))
        if named := self._owners(parts, turned="," in name):
            yield Pointer("name", frozenset(named | {client for client, _ in self.by_member.get(parts, ())}))

    def _owners(self, parts: tuple[str, ...], *, turned: bool) -> set[str]:
        """Who has this name; who has it turned about counts where a comma says so, or nobody has it."""
        straight = self.by_name.get(parts, set())
        if straight and not turned:
            return straight
        return straight | self.by_turned_name.get(parts, set())

    def _names_in(self, title: str) -> Iterator[Pointer]:
        """Whose names stand in `title`; a longer name hides a shorter one within it.

        Both members' names mean the couple. One member's name means nobody for certain: it may be
        the couple, or a client of that name.
        """
        found = list(self._occurrences(title))
        named: dict[str, set[int]] = {}
        for _, members, _, _ in found:
            for client, at in members:
                named.setdefault(client, set()).add(at)
        complete = {client for client, who in named.items() if len(who) == self.members[client] > 1}
        for owners, members, short, longer in found:
            couples = {client for client, _ in members}
            if couples & complete:
                yield Pointer("name", frozenset(couples & complete))
                continue
            if owners:
                yield Pointer("longer name" if longer else "name", frozenset(owners | couples))
            if couples:
                yield Pointer("member", frozenset(couples))
            if short and not owners:
                yield Pointer("part of name", frozenset(short))

    def _occurrences(self, title: str) -> Iterator[tuple[set[str], set[tuple[str, int]], set[str], bool]]:
        """Whose name, whose member's name and whose shortened name stand where in `title`.

        And whether one more name seems to stand right beside it.
        """
        parts, joined, turned = words(title), joins(title), "," in title
        found: list[tuple[int, int, set[str], set[tuple[str, int]], set[str]]] = []
        told = 0
        for at in range(len(parts)):
            for length in range(min(self.longest_name, len(parts) - at), max(told - at, 0), -1):
                part = parts[at : at + length]
                owners = self._owners(part, turned=turned)
                members = self.by_member.get(part, set())
                short = self.by_short_name.get(part, set())
                if (owners or members or short) and not (joined[at] or joined[at + length]):
                    found.append((at, at + length, owners, members, short))
                    told = at + length
                    break
        taken = {place for at, end, *_ in found for place in range(at, end)}
        further = self._further_names(title, taken) if found else frozenset()
        for at, end, owners, members, short in found:
            longer = end - at > 1 and ((at - 1, at) in further or (end - 1, end) in further)
            yield owners, members, short, longer

    def _further_names(self, title: str, taken: set[int]) -> frozenset[tuple[int, int]]:
        """Between which words only a space or comma stands, and on one side what may be a further name."""
        parts, between, exact = words(title), gaps(title), exact_words(title)
        free = [
            at not in taken and may_be_a_name(word) and word not in _JOINERS for at, word in enumerate(parts)
        ]
        if len(exact) == len(parts):
            free = [is_free and word not in self.by_code for is_free, word in zip(free, exact, strict=True)]
        return frozenset(
            (at - 1, at)
            for at in range(1, len(parts))
            if (free[at - 1] or free[at]) and _is_beside(parts[at - 1], between[at])
        )

    def _codes_in(self, title: str, plain: str) -> Iterator[Pointer]:
        """Whose code stands in `title`, exactly, as a whole word: `AB` is not in `LAB` or `AB-positive`.

        A code of one letter, or of digits alone, is too often something else (`I`, `12`): it counts
        only where it is the whole title. `AB 2` may be AB's or AB2's.
        """
        found, joined, whole = exact_words(title), exact_joins(title), exact_words(plain)
        numbered = {(one, other) for one, other in pairwise(whole) if other.isdigit()}
        for at, word in enumerate(found):
            owners = self.by_code.get(word)
            if owners is None:
                continue
            if word.isdigit() and whole != (word,):
                yield Pointer("number", frozenset(owners))
            elif joined[at] or joined[at + 1]:
                yield Pointer("joined code", frozenset(owners))
            elif len(word) > 1 or whole == (word,):
                others = [self.by_code.get(word + digits, set()) for one, digits in numbered if one == word]
                yield Pointer("code", frozenset(owners.union(*others)))

    def _hinted(self, plain: str) -> Iterator[Pointer]:
        """Who shares initials or one word of a name with `plain`: too little to know, enough to ask."""
        initials = plain.strip(_AROUND)
        if _INITIALS.fullmatch(initials):
            code = "".join(exact_words(initials))
            coded, alike = self.by_code.get(code, set()), self.by_initials.get(fold(code), set())
            if " " not in initials.replace(". ", ".") and len(coded) == 1 and alike <= coded:
                yield Pointer("code", frozenset(coded))
            elif coded or alike:
                yield Pointer("initials", frozenset(coded | alike))
        sharing = [self.by_name_word[word] for word in words(plain) if word in self.by_name_word]
        if sharing:
            yield Pointer("part of name", frozenset().union(*sharing))


_INITIALS = re.compile(r"[A-Z](?:(?:\. ?| )[A-Z]){1,3}")
_AROUND = " .,:;!-–—|()[]{}\"'"


def _told(pointers: Iterable[Pointer]) -> Told:
    found = tuple(dict.fromkeys(pointers))
    if any(pointer.kind in _CERTAIN for pointer in found):
        # Beside certain evidence a longer name has to agree with it, as any other name has.
        found = tuple(replace(p, kind="name") if p.kind == "longer name" else p for p in found)
    certain = tuple(pointer for pointer in found if pointer.kind in _CERTAIN)
    return Told(certain, tuple(pointer for pointer in found if pointer.kind not in _CERTAIN))


def _as_hints(pointers: Iterable[Pointer]) -> tuple[Pointer, ...]:
    named = {"name": "part of name", "code": "initials"}
    return tuple(dict.fromkeys(Pointer(named.get(p.kind, p.kind), p.clients) for p in pointers))


def _is_beside(word: str, gap: str) -> bool:
    """Whether what follows `word` after `gap` may be of the same name: `Mary Jo`, `Mary, Jo`, `M. Jo`.

    No name goes on in another line.
    """
    between = gap.strip()
    is_one_line = set(gap).isdisjoint("\r\n")
    return is_one_line and (between in ("", ",") or (between == "." and len(word) == 1))


def _turned(parts: tuple[str, ...]) -> tuple[str, ...]:
    """A name with its last word first: `bloggs jo`."""
    return (*parts[-1:], *parts[:-1])


Key = TypeVar("Key")


def _put(index: dict[Key, set[str]], key: Key, client_id: str) -> None:
    index.setdefault(key, set()).add(client_id)
