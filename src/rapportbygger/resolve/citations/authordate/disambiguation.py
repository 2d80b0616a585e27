"""Makes works that would be cited alike differ: by given names, more names, letters after the year (CSL 1.0.2).

The steps, and what is given up when none helps, are those of citeproc-js: what is ambiguous for one is for both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from rapportbygger.resolve.citations.authordate.cited_names import Given, Names, level, shown
from rapportbygger.resolve.citations.authordate.people import People
from rapportbygger.resolve.citations.authordate.style import AuthorDateStyle
from rapportbygger.resolve.citations.reference.items import Name
from rapportbygger.resolve.citations.reference.name_lists import NameForm


@dataclass(frozen=True, slots=True)
class Author:
    """The names that a work is cited by, if any, and how they are written."""

    key: str
    names: tuple[Name, ...] = ()
    form: NameForm | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Works that are first cited in the same place, and the names that they are sorted by."""

    authors: Sequence[Author]
    sorted_by: Sequence[Names] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What tells a work apart: how many names are written, how much of each given name, which letter (-1: none)."""

    shown: int = 0
    levels: tuple[int, ...] = ()
    letter: int = -1


Say: TypeAlias = Callable[[Author, Told], str]
"""What a citation of a work reads, without letters."""

# --------------------------------------------------------------------------------------------------------------- steps


@dataclass(slots=True)
class _Base:
    """How far the names of a group of works are written out."""

    names: int = 0
    levels: list[int] = field(default_factory=list)

    def copy(self) -> _Base:
        return _Base(self.names, list(self.levels))


def told_apart(batches: Sequence[Batch], order: Sequence[str], style: AuthorDateStyle, say: Say) -> dict[str, Told]:
    """What tells each work apart from the others; letters follow the `order` of the list.

    As in citeproc-js, those are compared that read alike before any given name is added, by the names that have been
    met so far, and again with each that comes to them: names that were added then are kept.
    """
    people = People(style)
    made: dict[str, Told] = {}
    places = {key: place for place, key in enumerate(order)}
    texts = {author.key: say(author, _plain(author)) for batch in batches for author in batch.authors}
    left = Counter(texts.values())
    alike: dict[str, list[Author]] = defaultdict(list)
    for batch in batches:
        for names in (*(author.names for author in batch.authors), *batch.sorted_by):
            people.meet(names)
        new = [texts[author.key] for author in batch.authors]
        for author, text in zip(batch.authors, new, strict=True):
            alike[text].append(author)
        left.subtract(new)
        for text in dict.fromkeys(new):
            group = alike[text]
            if len(group) > 1 and (not left[text] or _matters(group)):
                made |= _Group(group, style, people, say, places).told(made.get(group[0].key))
    authors = [author for batch in batches for author in batch.authors]
    return {author.key: _final(author, made.get(author.key, _plain(author)), people) for author in authors}


def _matters(group: Sequence[Author]) -> bool:
    """Whether those that are alike so far have names to add: if not, or in a crowd, only the last comparison counts."""
    if len(group) > _CROWD or group[-1].names in [author.names for author in group[:-1]]:
        return False
    return any(
        author.form is not None and shown(len(author.names), author.form) < len(author.names) for author in group
    )


_CROWD = 30


def _plain(author: Author) -> Told:
    """As the style says."""
    if author.form is None:
        return Told()
    return Told(shown(len(author.names), author.form), (int(level(author.form)),) * len(author.names))


def _usual(author: Author, people: People) -> Told:
    """As the style says, with the given names that are needed everywhere."""
    if author.form is None:
        return Told()
    levels = tuple(people.level(name, at, author.form) for at, name in enumerate(author.names))
    return Told(shown(len(author.names), author.form), levels)


def _final(author: Author, told: Told, people: People) -> Told:
    """What is written in the end: never fewer names than the style says, and all where it does not shorten."""
    if author.form is None:
        return told
    usual = shown(len(author.names), author.form)
    count = usual if usual == len(author.names) else max(usual, min(told.shown, len(author.names)))
    padded = [*told.levels, *[0] * len(author.names)]
    levels = [people.level(name, at, author.form, padded[at]) for at, name in enumerate(author.names)]
    return Told(count, tuple(levels), told.letter)


class _Group:
    """Works that are cited alike, told apart step by step: a given name, a name more, and at last letters."""

    def __init__(
        self, authors: Sequence[Author], style: AuthorDateStyle, people: People, say: Say, places: Mapping[str, int]
    ) -> None:
        # Those with fewest names first, by the figures of the count, as citeproc-js compares them.
        self._authors = sorted(authors, key=lambda author: (str(len(author.names) or ""), author.key))
        self._style, self._people, self._say, self._places = style, people, say, places
        by_cite = style.adds_given and style.rule == "by-cite"
        modes = {"names": style.adds_names or by_cite, "letters": style.adds_suffixes}
        self._modes = [mode for mode, wanted in modes.items() if wanted]
        widest = max((_usual(author, people) for author in authors), key=lambda usual: usual.shown)
        self._base = _Base(widest.shown, list(widest.levels))
        self._better = self._base.copy()
        self._most = len(self._authors[0].names)
        self._given_most = int(Given.ALL) if by_cite else None
        self._made: dict[str, Told] = {}
        self._mode = self._name = 0
        self._fresh = True
        self._clashes = (1, 0)

    def told(self, before: Told | None = None) -> dict[str, Told]:
        """What tells each of them apart, with no fewer names than told the first of them apart `before`."""
        if before is not None and before.shown:
            self._base.names = self._better.names = max(before.shown, self._base.names)
        lists = [list(self._authors)]
        while lists and self._modes:
            self._name, self._clashes = 0, (1, 0)
            while lists[0]:
                maxed = self._step()
                partners, others = self._scan(lists[0])
                if self._modes[self._mode] == "names":
                    self._by_names(lists, partners, others, maxed=maxed)
                else:
                    self._by_letters(lists)
                if maxed and self._mode < len(self._modes) - 1:
                    self._mode += 1
                elif maxed:
                    lists[1:] = [[]]
            del lists[0]
        return self._made

    def _step(self) -> bool:
        """Write out a given name or a name more; whether that was the last there is."""
        if self._fresh or self._modes[self._mode] != "names":
            self._fresh = False
            return False
        given = self._given()
        if self._given_most is not None and given is not None and given < self._given_most:
            self._base.levels[self._name] += 1
        elif self._style.adds_names and self._name < self._most:
            self._base.names += 1
            self._name += 1
        given = self._given()
        named = not self._style.adds_names or self._name >= self._most
        return named and (self._given_most is None or given is None or given >= self._given_most)

    def _given(self) -> int | None:
        return self._base.levels[self._name] if self._name < len(self._base.levels) else None

    def _scan(self, authors: Sequence[Author]) -> tuple[list[Author], list[Author]]:
        """Those that read as the first one does, itself included, and the others."""
        texts = [self._text(author) for author in authors]
        partners = [author for author, text in zip(authors, texts, strict=True) if text == texts[0]]
        others = [author for author, text in zip(authors, texts, strict=True) if text != texts[0]]
        self._clashes = (self._clashes[1], len(partners) - 1)
        return partners, others

    def _text(self, author: Author) -> str:
        if author.form is None:
            return self._say(author, Told())
        base = self._base
        base.levels += [0] * (len(author.names) - len(base.levels))
        for at, name in enumerate(author.names):
            base.levels[at] = self._people.level(name, at, author.form, base.levels[at])
        cut = author.form.number("et-al-min") >= author.form.number("et-al-use-first", 1) > 0
        base.names = min(base.names or len(author.names), len(author.names)) if cut else len(author.names)
        return self._say(author, Told(base.names, tuple(base.levels[: len(author.names)])))

    def _by_names(
        self, lists: list[list[Author]], partners: list[Author], others: list[Author], *, maxed: bool
    ) -> None:
        before, now = self._clashes
        if now == 0:
            self._keep([*partners, *(others if len(others) == 1 else [])])
            lists[0] = [] if len(others) == 1 else others
            self._fresh = self._fresh or len(others) > 1
        elif len(others) == 1:
            self._keep(others)
            lists[0] = partners
        elif now < before:
            self._keep([])
            lists[0] = partners
            lists.append(others)
        elif maxed:
            lists[0] = others
            lists.append(partners)
            if self._mode == len(self._modes) - 1:
                self._register(partners)
                lists[0] = []

    def _keep(self, authors: Iterable[Author]) -> None:
        """This step helped: those that it told apart are done."""
        if self._given_most is not None and self._name < len(self._base.levels):
            self._better.levels += [0] * (self._name + 1 - len(self._better.levels))
            self._better.levels[self._name] = self._base.levels[self._name]
        self._better.names = self._base.names
        self._register(authors)

    def _register(self, authors: Iterable[Author]) -> None:
        for author in authors:
            self._made[author.key] = Told(self._better.names, tuple(self._better.levels))

    def _by_letters(self, lists: list[list[Author]]) -> None:
        if self._clashes[1]:
            self._register(lists[0])
            for at, author in enumerate(sorted(lists[0], key=lambda author: self._places[author.key])):
                self._made[author.key] = replace(self._made[author.key], letter=at)
        lists[0] = []


def letter(at: int) -> str:
    """a, b ... z, aa, ab ... for 0, 1 ..."""
    quotient, remainder = divmod(at, 26)
    return (letter(quotient - 1) if quotient else "") + chr(ord("a") + remainder)
