"""Takes BibTeX files apart: which entries and fields stand where, and where an entry is broken, without the others.

What the values mean (LaTeX, names, types) is for pandoc; see `biblatex`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rapportbygger.diagnostics import Diagnostic, Location
from rapportbygger.load import bibtex_problems as problems

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

LONGEST, DEEPEST = 200_000, 40
"""How many characters a value may have, and how deep its braces may lie in each other."""

_BEGIN = re.compile(r"@[ \t]*([A-Za-z]+)[ \t]*")
_NEXT = re.compile(
    r"^[ \t]*@[ \t]*(?:[A-Za-z]+[ \t]*[{(][^\s,{}()=\"]*[ \t]*,|(?i:string|comment|preamble)[ \t]*[{(])", re.MULTILINE
)
"""How an entry begins, at the beginning of a line: where a brace is open there, it was never closed."""
_BRACE = re.compile(rf"[{{}}]|{_NEXT.pattern}", re.MULTILINE)
_IN_QUOTES = re.compile(rf"[{{}}\"]|{_NEXT.pattern}", re.MULTILINE)
_SPACE = re.compile(r"\s*")
_KEY = re.compile(r"\s*([^,={}\"\n]*)")
_NAME = re.compile(r"[^\s=,{}\"#%()@]+")
_ASSIGNED = re.compile(r"[^\s=,{}\"#%()@]+\s*=")
_WORD = re.compile(r"[^\s,{}\"#=()]+")
_SWALLOWED = re.compile(r"[,\n]\s*[A-Za-z]+\s*=\s*[{\"\d]")
_ENTRY_IN_IT = re.compile(r"[}\w],[ \t]*\n\s*[A-Za-z]+\s*=\s*\{[^{}]*\}\s*$")
"""The field after one whose brace was never closed, and which took the brace at the end of the entry for its own."""
_ASIDE = frozenset(("abstract", "annotation", "annote", "comment", "file", "keywords", "review"))
"""Fields that are read by nothing, and may be of any length."""
_JUNK = re.compile(r"\s*(,\s*)?(?P<field>[A-Za-z]+\s*=)")


@dataclass(frozen=True, slots=True)
class Field:
    """A field's value, its parts joined, still LaTeX; `at` is where its name stands."""

    value: str
    at: Location


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `kind` (`book`) and field names in lower case, `at` where its key stands.

    `lost` says why it cannot be used; `problems` is what else is wrong with it.
    """

    kind: str
    key: str
    at: Location
    fields: Mapping[str, Field] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()
    lost: Diagnostic | None = None


class _Broken(Exception):  # noqa: N818 - not an error of the program
    """The entry cannot be read on; reading goes on at `resume`."""

    def __init__(self, problem: Diagnostic, resume: int) -> None:
        self.problem, self.resume = problem, resume


def entries(text: str, file: str) -> Iterator[Entry]:
    """Every entry of a BibTeX file, in order; what stands between them is a comment."""
    reader = _Reader(text, file)
    found = _BEGIN.search(text)
    while found:
        entry = None if reader.commented(found.start()) else reader.entry(found)
        if entry is not None:
            yield entry
        found = _BEGIN.search(text, max(reader.end, found.end()))


def _deep(value: str) -> bool:
    """Whether braces lie deeper in each other than pandoc can read in any time."""
    if value.count("{") <= DEEPEST:
        return False
    depth = deepest = 0
    for match in re.finditer("[{}]", value):
        depth += 1 if match[0] == "{" else -1
        deepest = max(deepest, depth)
    return deepest > DEEPEST


@dataclass(slots=True)
class _Reader:
    """Reads on in a text from `end`."""

    text: str
    file: str
    end: int = 0
    macros: dict[str, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.macros |= {name: str(number) for number, name in enumerate(MONTHS, 1)}
        self.lines = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, offset: int) -> Location:
        line = bisect_right(self.lines, offset)
        return Location(self.file, line, offset - self.lines[line - 1] + 1)

    def commented(self, offset: int) -> bool:
        """Whether a line is a comment, as Better BibTeX writes them: `% == ...`."""
        line = self.lines[bisect_right(self.lines, offset) - 1]
        return self.text[line:offset].lstrip().startswith("%")

    def sign(self) -> str:
        """The next character that is no space, which becomes the one at `end`."""
        self.end = _SPACE.match(self.text, self.end).end()  # type: ignore[union-attr] # it matches anywhere
        return self.text[self.end : self.end + 1]

    def entry(self, begun: re.Match[str]) -> Entry | None:
        kind, self.end, self.found = begun[1].lower(), begun.end(), []
        opened = self.text[self.end : self.end + 1]
        if opened not in ("{", "(") or not opened:
            return None
        if kind in ("comment", "preamble"):
            self._skip()
            return None
        self.end += 1
        at = self.place(begun.start())
        entry = Entry(kind, "", at)
        try:
            if kind == "string":
                self._string(at)
                return self._stray(entry)
            entry = replace(entry, key=self._key(at))
            return replace(entry, fields=self._fields(entry, ")" if opened == "(" else "}"), problems=tuple(self.found))
        except _Broken as broken:
            self.end = broken.resume
            return replace(entry, lost=broken.problem, problems=tuple(self.found))

    def _stray(self, entry: Entry) -> Entry | None:
        """What was wrong with a `@string`, which is no entry itself."""
        return replace(entry, problems=tuple(self.found)) if self.found else None

    def _skip(self) -> None:
        try:
            self._braced("", self.place(self.end))
        except _Broken as broken:
            self.end = broken.resume

    def _string(self, at: Location) -> None:
        self.sign()
        name = _NAME.match(self.text, self.end)
        self.end = name.end() if name else self.end
        if name is None or self.sign() != "=":
            raise _Broken(problems.unclear(at, "@string"), self.end)
        self.end += 1
        self.macros[name[0].lower()] = self._value(name[0], at)
        if self.sign() in ("}", ")"):
            self.end += 1

    def _key(self, at: Location) -> str:
        match = _KEY.match(self.text, self.end)
        assert match is not None  # it matches anywhere
        key, self.end = match[1].strip(), match.end()
        sign = self.sign()
        if not key or sign == "=":
            raise _Broken(problems.no_key(at), self._after(match.start()))
        if sign == ",":
            self.end += 1
        elif _ASSIGNED.match(self.text, self.end):
            self.found.append(problems.no_comma(self.place(self.end), key))
        return key

    def _after(self, offset: int) -> int:
        """Where the next entry may begin."""
        found = _NEXT.search(self.text, offset)
        return found.start() if found else len(self.text)

    def _fields(self, entry: Entry, close: str) -> dict[str, Field]:
        fields: dict[str, Field] = {}
        name = ""
        while (sign := self.sign()) != close:
            if sign in (",", ";", "%"):
                self._between(sign, name)
                continue
            if sign in ("", "@"):
                self._open_end(entry, fields, name)
                return fields
            name = self._field(entry, fields)
        self.end += 1
        self._nothing_left(entry, name)
        return fields

    def _between(self, sign: str, name: str) -> None:
        """A comma, a sign that somebody took for one, or a comment to the end of its line."""
        if sign == ";" and name:
            self.found.append(problems.no_comma(self.place(self.end), name))
        self.end = self.end + 1 if sign != "%" else self.lines_end(self.end)

    def lines_end(self, offset: int) -> int:
        """Where the line ends."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    def _open_end(self, entry: Entry, fields: Mapping[str, Field], name: str) -> None:
        """Where the brace is missing: in the last field, if that holds other fields, else at the end of the entry."""
        if name and _SWALLOWED.search(fields[name].value):
            raise _Broken(problems.unclosed(entry.at, entry.key, name, fields[name].at, "{"), self.end)
        self.found.append(problems.never_closed(entry.at, entry.key))

    def _field(self, entry: Entry, fields: dict[str, Field]) -> str:
        match = _NAME.match(self.text, self.end)
        at = self.place(self.end)
        if match is None:
            raise _Broken(problems.unclear(at, entry.key, entry.at), self._after(self.end))
        name, self.end = match[0].lower(), match.end()
        if self.sign() != "=":
            raise _Broken(problems.no_equals(at, match[0], entry.key), self._after(self.end))
        self.end += 1
        value = self._value(name, at, entry)
        if _ENTRY_IN_IT.search(value):
            raise _Broken(problems.unclosed(entry.at, entry.key, name, at, "{"), self._after(self.end))
        if name in fields:
            self.found.append(problems.twice(at, name, fields[name].at))
        else:
            fields[name] = Field(value, at)
        self.sign()
        if _ASSIGNED.match(self.text, self.end):
            self.found.append(problems.no_comma(at, name))
        return name

    def _nothing_left(self, entry: Entry, name: str) -> None:
        """A brace too many closes an entry before its last fields."""
        junk = _JUNK.match(self.text, self.end)
        if junk:
            raise _Broken(
                problems.closed_early(entry.at, entry.key, name, self.place(self.end - 1)), self._after(self.end)
            )

    def _value(self, name: str, at: Location, entry: Entry | None = None) -> str:
        """The parts of a value between `#`, each in braces, in quotes, a number or a word that `@string` defines."""
        parts = [self._part(name, at, entry)]
        while self.sign() == "#" and sum(map(len, parts)) < LONGEST:
            self.end += 1
            parts.append(self._part(name, at, entry))
        value = "".join(parts) if name not in _ASIDE else ""
        if len(value) > LONGEST or _deep(value):
            begins, key = (entry.at, entry.key) if entry else (at, "@string")
            raise _Broken(problems.too_much(begins, key, name), self._after(self.end))
        return value

    def _part(self, name: str, at: Location, entry: Entry | None) -> str:
        sign = self.sign()
        if sign == "{":
            return self._braced(name, at, entry)
        if sign == '"':
            return self._quoted(name, at, entry)
        word = _WORD.match(self.text, self.end)
        if word is None:
            raise _Broken(problems.no_value(at, name), self._after(self.end))
        self.end = word.end()
        if not word[0].isdigit() and word[0].lower() not in self.macros:
            self.found.append(problems.unknown_macro(at, word[0], name))
        return self.macros.get(word[0].lower(), word[0])

    def _braced(self, name: str, at: Location, entry: Entry | None = None) -> str:
        begun, depth = self.end, 0
        for match in _BRACE.finditer(self.text, self.end):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if match[0] not in "{}":
                break
            if depth == 0:
                self.end = match.end()
                return self.text[begun + 1 : match.start()]
        raise self._unclosed(name, at, begun, entry)

    def _quoted(self, name: str, at: Location, entry: Entry | None) -> str:
        begun, depth = self.end, 0
        for match in _IN_QUOTES.finditer(self.text, self.end + 1):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if match[0] not in '{}"' or depth < 0:
                break
            if match[0] == '"' and depth == 0:
                self.end = match.end()
                return self.text[begun + 1 : match.start()]
        raise self._unclosed(name, at, begun, entry)

    def _unclosed(self, name: str, at: Location, begun: int, entry: Entry | None) -> _Broken:
        begins = entry.at if entry else at
        return _Broken(
            problems.unclosed(begins, entry.key if entry else "", name, at, self.text[begun]), self._after(begun)
        )
