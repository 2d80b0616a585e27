"""What can be wrong with a YAML file, in words for someone who has never heard of YAML."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from rapportbygger.diagnostics import Diagnostic, Location
from rapportbygger.messages import _

# Tab, line feed, carriage return and next line are the only control characters that YAML allows (section 5.1).
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML cannot hold, not even by their number (XML 1.0, section 2.2)."""
_TAB = re.compile(r" *\t")
_NO_SPACE = re.compile(r"""\s*(-\s+)*([^\s:#"'\[{][^:#"'\[{]*):([^\s/:\\].*)$""")
_HARD_SPACE = re.compile(r"\s*(- +)*([^\s:#][^:#]*):[\u00a0\u2007\u202f]+(.*)$")

_Told: TypeAlias = tuple[str, str]
"""A message and a hint."""


def control_character(text: str, file: str) -> Diagnostic | None:
    """The first character that has no place in a text file."""
    found = _CONTROL.search(text)
    return _invisible(found[0], position(text, found.start(), file)) if found else None


def unwritable(text: str, at: Location) -> Diagnostic | None:
    """The first character of a value, which an escape can make, that no Word file can hold; `at` is the value's."""
    found = UNWRITABLE.search(text)
    return _invisible(found[0], at) if found else None


def position(text: str, offset: int, file: str) -> Location:
    """The place of a character of a text."""
    return Location(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _invisible(character: str, at: Location) -> Diagnostic:
    code = f"U+{ord(character):04X}"
    return Diagnostic(
        "control-character",
        _("an invisible character ({code}) that text cannot hold").format(code=code),
        at,
        _("delete the character, or save the file anew as plain text in UTF-8"),
    )


def empty(file: str) -> Diagnostic:
    """There is nothing in the file."""
    return Diagnostic("empty-file", _("the file is empty"), Location(file, 1, 1), _("fill it in, or delete it"))


def several_documents(at: Location) -> Diagnostic:
    """A line of three hyphens begins a second document."""
    hint = _("delete the line with «---» that divides it, or move the rest to a file of its own")
    return Diagnostic("several-documents", _("the file holds more than one document"), at, hint)


def too_deep(at: Location) -> Diagnostic:
    """Too many lists or mappings in each other."""
    hint = _("look for brackets that are never closed, or lines that move ever further in")
    return Diagnostic("too-deep", _("lists and fields lie too deep in each other"), at, hint)


def duplicate_key(key: str, at: Location, first: Location) -> Diagnostic:
    """The same key a second time."""
    return Diagnostic(
        "duplicate-key",
        _("«{key}» stands twice, first in line {line}").format(key=key, line=first.line),
        at,
        _("keep one of them; a list has one «-» for each item"),
    )


def key_not_text(at: Location) -> Diagnostic:
    """A list or mapping as key."""
    hint = _("put text that begins with a bracket, * or ? in quotes")
    return Diagnostic("key-not-text", _("the name of a field must be text"), at, hint)


def tag(name: str, at: Location) -> Diagnostic:
    """A tag such as `!include`."""
    name = name.removeprefix("tag:yaml.org,2002:")
    return Diagnostic("yaml-tag", _("«{tag}» is not known here").format(tag=name), at, _quotes())


def unknown_alias(name: str, at: Location) -> Diagnostic:
    """An alias without its anchor."""
    message = _("«*{name}» refers to something that is not in the file").format(name=name)
    return Diagnostic("yaml-alias", message, at, _quotes())


def too_many_aliases(at: Location) -> Diagnostic:
    """Aliases that stand for more than anyone would write."""
    hint = _("write the values out instead of repeating them with «*»")
    return Diagnostic("yaml-alias", _("the file repeats itself too many times"), at, hint)


# -------------------------------------------------------------------------------------------------------------- syntax


def syntax(error: Any, text: str, file: str) -> Diagnostic:
    """What PyYAML (with libyaml, or in Python) refused, at the place where it can be mended."""
    context, problem = getattr(error, "context", None) or "", getattr(error, "problem", None) or str(error)
    at = _at(getattr(error, "problem_mark", None), file)
    began = _at(getattr(error, "context_mark", None), file) if getattr(error, "context_mark", None) else at
    lines = re.split("\r\n|\n|\r", text)
    return (
        _tab(lines, began, at)
        or _missing_space(lines, problem, began, at)
        or _named(f"{context}: {problem}", lines, began, at)
    )


def _at(mark: Any, file: str) -> Location:
    return Location(file, mark.line + 1, mark.column + 1) if mark else Location(file, 1, 1)


def _tab(lines: list[str], began: Location, at: Location) -> Diagnostic | None:
    for number in range(max(began.line, at.line - 1), at.line + 1):
        found = _TAB.match(_line(lines, number))
        if found:
            place = Location(at.file, number, found.end())
            return Diagnostic("yaml-tab", _("a tab at the beginning of the line"), place, _("use spaces, two a level"))
    return None


def _missing_space(lines: list[str], problem: str, began: Location, at: Location) -> Diagnostic | None:
    """`name:value` without a space is one word to YAML, which complains of something else, often a line later.

    So is `name:` with a no-break space after it, which word processors and web pages write.
    """
    if "mapping values" not in problem and "expected ':'" not in problem:
        return None
    before = next((n for n in range(at.line - 1, 0, -1) if _line(lines, n).strip()), 0)
    for number in (began.line, before):
        found = _NO_SPACE.match(_line(lines, number)) or _HARD_SPACE.match(_line(lines, number))
        if found and ": " not in _line(lines, number):
            hint = _("write «{key}: {value}»").format(key=found[2], value=found[3].strip())
            place = Location(at.file, number, found.end(2) + 1)
            return Diagnostic("yaml-syntax", _("a space is missing after the colon"), place, hint)
    return None


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _named(words: str, lines: list[str], began: Location, at: Location) -> Diagnostic:
    kind, at_beginning = next(
        ((kind, at_beginning) for pattern, kind, at_beginning in _KNOWN if re.search(pattern, words)), ("", False)
    )
    place = began if at_beginning else at
    if kind in ("key", "colon") and (quote := _unclosed(lines, at)):
        kind, place = "quote", quote
    if "flow node" in words:
        kind, place = "bracket", _last_bracket(lines, at)
    if kind == "colon" and ":" not in _line(lines, at.line)[: at.column - 1]:
        line = _line(lines, at.line)
        kind, place = "key", Location(at.file, at.line, len(line) - len(line.lstrip()) + 1)
    message, hint = _told(kind, _line(lines, place.line), place.column - 1)
    return Diagnostic("yaml-syntax", message or _not_understood(words), place, hint)


def _unclosed(lines: list[str], at: Location) -> Location | None:
    """The quote in a line above that was closed by the quote of the refused line."""
    for number in range(at.line - 1, 0, -1):
        line = _line(lines, number)
        for sign in "\"'":
            opening = re.search(rf"(^|[:-]) +{sign}", line)
            if opening and line.count(sign) % 2 and sign in _line(lines, at.line)[: at.column]:
                return Location(at.file, number, opening.end())
    return None


def _last_bracket(lines: list[str], at: Location) -> Location:
    for number in range(min(at.line, len(lines)), 0, -1):
        column = max(_line(lines, number).rfind(sign) for sign in "[{") + 1
        if column:
            return Location(at.file, number, column)
    return at


def _not_understood(words: str) -> str:
    return _("the line cannot be understood ({problem})").format(problem=words.strip(": "))


def _quotes() -> str:
    return _("put text in quotes where it begins with a sign or contains a colon and a space")


_KNOWN: tuple[tuple[str, str, bool], ...] = (
    ("quoted scalar.*(end of stream|document separator)", "quote", True),
    ("quoted scalar", "escape", False),
    ("mapping values are not allowed", "colon", False),
    ("sequence entries are not allowed", "dash", False),
    ("expected ':'", "no colon", True),
    ("flow (sequence|mapping)", "bracket", True),
    ("cannot start any token|alphabetic or numeric|(alias|anchor|tag|directive):", "sign", True),
    ("block scalar", "block", True),
    ("expected '-'|block collection|block sequence", "item", False),
    ("block mapping|document start|node content", "key", False),
)
"""What PyYAML says, what we call it, and whether it is mended where the thing began or where it was refused."""


def _told(kind: str, line: str, column: int) -> _Told:  # noqa: PLR0911 - one a case
    """What to say of a kind of mistake at a column (from 0) of a line."""
    match kind:
        case "colon":
            return _("a second colon in the line"), _("put text that contains a colon and a space in quotes")
        case "key" if line[:column].strip():
            hint = _("check the quotes: text in quotes must end with the same quote, and nothing may follow it")
            return _("this does not belong here"), hint
        case "key":
            hint = _("begin the line in the same column as the lines it belongs with")
            return _("the line is moved in too much or too little"), hint
        case "quote":
            return _("a quote that is never closed"), _("put the same quote at the end of the text")
        case "sign":
            sign = line[column : column + 1]
            return _("text cannot begin with «{sign}»").format(sign=sign), _("put the text in quotes")
        case "escape":
            return _("a backslash in double quotes has a meaning of its own"), _("use single quotes around the text")
        case "dash":
            return _("a list cannot begin here"), _("begin each item on a line of its own: «- » and the text")
        case "item":
            message = _("a line in the list that does not begin with «- »")
            return message, _("begin it with «- », in the same column as the others")
        case "no colon":
            return _("a line without a colon"), _("write the name of the field, a colon, a space and the value")
        case "bracket":
            message = _("a bracket that is never closed, or a comma that is missing")
            return message, _("close the bracket, or put text that begins with one in quotes")
        case "block":
            hint = _("begin the text on the next line, moved in, or put all of it in quotes")
            return _("«|» and «>» stand alone at the end of the line"), hint
    return "", _quotes()
