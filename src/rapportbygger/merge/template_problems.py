"""What can go wrong when data are merged into a chapter, in plain words and at its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rapportbygger.diagnostics import Diagnostic, Location, nearest
from rapportbygger.formats import Told
from rapportbygger.merge import template_syntax
from rapportbygger.messages import _
from rapportbygger.model import Chapter

if TYPE_CHECKING:
    from jinja2 import Environment

FEW = 12
"""So many known names are listed, more are not."""
_LOADING = frozenset(["include", "import", "from", "extends"])


def diagnostic(error: Exception, chapter: Chapter, known: Mapping[str, Any], jinja: Environment) -> Diagnostic:
    """The problem behind whatever was raised while a chapter was read or merged."""
    from jinja2 import TemplateSyntaxError

    from rapportbygger.merge.sandbox import UnknownNameError

    line = _line(error)
    if isinstance(error, UnknownNameError):
        return _unknown(error, chapter, line, known, jinja)
    if isinstance(error, TemplateSyntaxError):
        return _syntax(error, chapter, jinja)
    found = re.search(r"\{%[-+]?\s*(\w+)", _text(chapter, line))
    if found and found[1] in _LOADING:
        message = _("«{tag}» cannot be used here").format(tag=found[1])
        return _problem(("template", message, _("name the chapters in the manifest instead")), chapter, line, found[1])
    message, hint = failure(error)
    return _problem(("template", message, hint), chapter, line)


def _problem(told: Told, chapter: Chapter, line: int, word: str = "") -> Diagnostic:
    """A problem in a line, at the word it is about, or in the first line after it that has the word."""
    code, message, hint = told
    for number in range(line, line + 10) if word else ():
        found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", _text(chapter, number))
        if found:
            return Diagnostic(code, message, Location(chapter.file, number, found.start() + 1), hint)
    column = _text(chapter, line).find("{") + 1
    return Diagnostic(code, message, Location(chapter.file, line, max(column, 1)), hint)


def _text(chapter: Chapter, line: int) -> str:
    lines = chapter.text.split("\n")
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _line(error: BaseException) -> int:
    """The line of the template that was being worked on: Jinja puts it into the traceback."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


# ------------------------------------------------------------------------------------------------------- unknown names


def _unknown(error: Any, chapter: Chapter, line: int, known: Mapping[str, Any], jinja: Environment) -> Diagnostic:
    from jinja2.utils import missing

    name, owner = error.name, error.owner
    if owner is missing:
        message = _("unknown name «{name}»").format(name=name)
        return _problem(("unknown-name", message, _name_hint(name, chapter, known, jinja)), chapter, line, name)
    if owner is None:
        message = _("«{name}» of something that is not delivered").format(name=name)
        hint = _("ask first whether it is there, with «{tag}»").format(tag="{% if … %}")
        return _problem(("not-delivered", message, hint), chapter, line, name)
    if isinstance(owner, Mapping):
        message = _("unknown name «{name}»").format(name=name)
        return _problem(("unknown-name", message, suggestion(name, map(str, owner))), chapter, line, name)
    if isinstance(owner, (list, tuple)) and name.isdigit():
        message = _("the list has {count} items, and none with the number {number} (the first is 0)")
        message = message.format(count=len(owner), number=name)
        return _problem(("unknown-name", message, ""), chapter, line, name)
    message = _("«{name}» does not exist in {owner}").format(name=name, owner=_kind(owner))
    return _problem(("unknown-name", message, ""), chapter, line, name)


def _name_hint(name: str, chapter: Chapter, known: Mapping[str, Any], jinja: Environment) -> str:
    from jinja2 import nodes

    if name == "municipality":
        return only_for_each()
    own = {node.name for node in jinja.parse(chapter.text).find_all(nodes.Name) if node.ctx != "load"}
    return suggestion(name, [*known, *sorted(own - set(known))])


def only_for_each() -> str:
    """What to say of `municipality` in a report that is not of one."""
    return _("it is there only in reports with «for-each: municipality»")


def suggestion(name: str, known: Iterable[str]) -> str:
    """The known name that is nearest, and all of them where they are few."""
    names = list(known)
    near = nearest(name, names)
    hints = [_("did you mean «{name}»?").format(name=near)] if near else []
    if names and len(names) <= FEW:
        hints.append(_("known here: {names}").format(names=", ".join(f"«{each}»" for each in names)))
    return " ".join(hints)


def _kind(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return _("a list")
    if isinstance(value, str):
        return _("a text")
    return _("a number") if isinstance(value, (int, float)) else _("this value")


# -------------------------------------------------------------------------------------------------------------- syntax


def _syntax(error: Any, chapter: Chapter, jinja: Environment) -> Diagnostic:
    said, line = str(error.message or ""), int(error.lineno or 1)
    if found := re.match(r"No (filter|test) named '(.*)'", said):
        return _problem(unknown_filter(found[2], found[1], jinja), chapter, line, found[2])
    if found := re.match(r"Encountered unknown tag '(\w+)'", said):
        return _problem(template_syntax.out_of_place(said, found[1]), chapter, line, found[1])
    if found := re.search(r"(?i)unexpected end of template.*needs to be closed is '(\w+)'", said):
        told = template_syntax.never_closed(found[1])
        return _problem(told, chapter, _last_open(found[1], chapter) or line, found[1])
    if re.search(r"\{\{[<%]", _text(chapter, line)):
        message = _("shortcodes such as «{example}» are not known here").format(example="{{< … >}}")
        return _problem(("template-syntax", message, _("delete it, or write it in Markdown")), chapter, line)
    if opened := _unclosed_above(chapter, line):
        code, message, hint = template_syntax.told("unexpected end of template")
        return Diagnostic(code, message, opened, hint)
    code, message, hint = template_syntax.told(said)
    return Diagnostic(code, message, Location(chapter.file, line, _column(_text(chapter, line), jinja)), hint)


def unknown_filter(name: str, kind: str, jinja: Environment) -> Told:
    """What to say of a filter or test (`kind`) that is not there."""
    known = jinja.filters if kind == "filter" else jinja.tests
    near = nearest(name, known)
    hint = _("did you mean «{name}»?").format(name=near) if near else ""
    return "unknown-name", _("unknown filter «{name}»").format(name=name), hint


def _unclosed_above(chapter: Chapter, line: int) -> Location | None:
    """Where a tag or an expression begins that a line above has left open, and that what follows does not close."""
    lines = chapter.text.split("\n")
    before, after = "\n".join(lines[: line - 1]), "\n".join(lines[line - 1 :])
    opening = max(before.rfind("{{"), before.rfind("{%"))
    closed = re.search(r"[}%]\}|\{[{%]", after)
    if opening <= max(before.rfind("}}"), before.rfind("%}")) or (closed and closed[0].endswith("}")):
        return None
    return Location(chapter.file, before.count("\n", 0, opening) + 1, opening - before.rfind("\n", 0, opening))


def _column(line: str, jinja: Environment) -> int:
    """Where in the line the first expression or tag begins that cannot be read."""
    from jinja2 import TemplateSyntaxError

    for found in re.finditer(r"\{\{(?:(?!\}\}).)*(?:\}\})?", line):
        try:
            jinja.parse(found[0])
        except TemplateSyntaxError:
            return found.start() + 1
    return max(line.find("{%"), line.find("{#!"), 0) + 1


def _last_open(tag: str, chapter: Chapter) -> int:
    """The line of the innermost tag of this name that has no end."""
    open_lines: list[int] = []
    for number, text in enumerate(chapter.text.split("\n"), 1):
        for found in re.finditer(rf"\{{%[-+]?\s*(end)?{tag}\b", text):
            if not found[1]:
                open_lines.append(number)
            elif open_lines:
                open_lines.pop()
    return open_lines[-1] if open_lines else 0


# ------------------------------------------------------------------------------------------------------------- failure


def failure(error: Exception) -> tuple[str, str]:
    """The message and hint for an expression that failed when it was worked out."""
    from rapportbygger.merge.sandbox import WrongValueError

    if isinstance(error, WrongValueError):
        message = _("the filter «{name}» cannot use «{value}»").format(name=error.filter_name, value=error.value)
        return message, _("it takes {what}").format(what=_taken()[error.filter_name])
    if isinstance(error, TypeError) and "NoneType" in str(error):
        hint = _("ask first whether it is there, or write «{expression}»").format(expression="… or []")
        return _("something that is not delivered is used here"), hint
    reason = str(error).partition("\n")[0][:200] or type(error).__name__
    unknown = _("the expression cannot be worked out ({reason})").format(reason=reason), ""
    return next((told for kinds, told in _failures() if isinstance(error, kinds)), unknown)


def _failures() -> tuple[tuple[tuple[type[Exception], ...], tuple[str, str]], ...]:
    from jinja2.exceptions import SecurityError

    from rapportbygger.merge.sandbox import NoTextError

    in_turn = _("write its items with «{tag}» or «{filter}»").format(tag="{% for … %}", filter="| listing")
    large = _("the expression grows too large"), _("use smaller numbers, or fewer loops within loops")
    kinds = _("values that do not go together here"), _("texts, numbers and lists cannot stand for each other")
    return (
        ((NoTextError,), (_("a list or a group of fields where text is written"), in_turn)),
        ((OverflowError, MemoryError, RecursionError), large),
        ((SecurityError,), (_("the expression is not allowed"), _("use the fields of the data, and filters"))),
        ((ZeroDivisionError,), (_("division by zero"), _("ask first whether the number is zero"))),
        ((TypeError,), kinds),
    )


def _taken() -> Mapping[str, str]:
    """What each filter of ours takes."""
    return {
        "date": _("a date such as 2021-03-19"),
        "number": _("a number"),
        "spelled": _("a whole number"),
        "listing": _("a list"),
    }
