"""What is wrong, where it stands and what to do: data that every stage hands on and only `cli` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeAlias


class Severity(StrEnum):
    """How bad a problem is: an error keeps a report from being written; a warning only makes the build fail, with all
    its files written, under `--strict`.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file.

    `file` is relative to the project's folder and written with `/`; `line` and `column` count from 1, 0 where unknown.
    In a workbook they are a cell's row and column, and `within` says on which sheet, in words.
    """

    file: str
    line: int = 0
    column: int = 0
    within: str = ""

    def __str__(self) -> str:
        """`file:line:column`, as editors and CI understand it; in a workbook `file, sheet «name», C12`."""
        if self.within:
            return ", ".join(filter(None, (self.file, self.within, self.cell)))
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])

    @property
    def cell(self) -> str:
        """The cell as spreadsheets name it: C12 for line 12, column 3; nothing where either is unknown."""
        letters, left = "", self.column
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.line}" if letters and self.line else ""


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the manifest, and where it stands."""

    value: str
    at: Location


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `code` is stable (`unknown-key`), `message` says what is wrong, `hint` what to do."""

    code: str
    message: str
    location: Location | None = None
    hint: str = ""
    severity: Severity = Severity.ERROR


Problems: TypeAlias = tuple[Diagnostic, ...]


def recalled(said: Iterable[Mapping[str, Any]]) -> Problems:
    """Problems as JSON held them (`asdict`). Raises KeyError, TypeError or ValueError for what are none."""
    return tuple(map(_recalled, said))


def _recalled(said: Mapping[str, Any]) -> Diagnostic:
    at = said["location"]
    location = Location(**at) if at else None
    return Diagnostic(said["code"], said["message"], location, said["hint"], Severity(said["severity"]))


def has_errors(problems: Iterable[Diagnostic]) -> bool:
    """Whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None where nothing is near (difflib's ratio of 0.6)."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    match = get_close_matches(name.casefold(), by_folded, n=1)
    return by_folded[match[0]] if match else None
