"""What can be wrong with a BibTeX file, in plain words. An entry that cannot be used is an error, the rest warnings."""

from __future__ import annotations

from rapportbygger.diagnostics import Diagnostic, Location, Severity
from rapportbygger.messages import _

CODE = "bibtex-syntax"


def _lost(message: str, at: Location, hint: str) -> Diagnostic:
    return Diagnostic(CODE, message, at, hint)


def _mended(message: str, at: Location, hint: str) -> Diagnostic:
    return Diagnostic(CODE, message, at, hint, Severity.WARNING)


def no_key(at: Location) -> Diagnostic:
    """`@book{title = ...`."""
    hint = _("write a key and a comma after the brace: «{example}»").format(example="@book{hansen2010,")
    return _lost(_("a reference without a key"), at, hint)


def no_comma(at: Location, name: str) -> Diagnostic:
    """The next field begins without one."""
    message = _("a comma is missing after «{name}»").format(name=name)
    return _mended(message, at, _("end every line of the reference but the last with a comma"))


def never_closed(at: Location, key: str) -> Diagnostic:
    """The next entry begins, or the file ends, before the entry's last brace."""
    message = _("reference «{key}» has no closing brace").format(key=key)
    return _mended(message, at, _("put a closing brace after its last field"))


def twice(at: Location, name: str, first: Location) -> Diagnostic:
    """The same field again."""
    message = _("«{key}» stands twice, first in line {line}").format(key=name, line=first.line)
    return _mended(message, at, _("the first is used; delete one of them"))


def no_equals(at: Location, name: str, key: str) -> Diagnostic:
    """A word where a field should be."""
    message = _("«{name}» in reference «{key}» is not followed by =").format(name=name, key=key)
    return _lost(message, at, _("write the name of the field, = and the value in braces"))


def no_value(at: Location, name: str) -> Diagnostic:
    """Nothing after `=`."""
    return _lost(_("«{name}» has no value").format(name=name), at, _("put the value in braces"))


def unclear(at: Location, key: str, begins: Location | None = None) -> Diagnostic:
    """Signs that belong nowhere."""
    message = _("reference «{key}» cannot be understood here").format(key=key)
    line = _("the reference begins in line {line}").format(line=begins.line) if begins else ""
    hint = _("look for a brace or a quote too many, or a comma that is missing")
    return _lost(message, at, "\n".join(filter(None, (hint, line))))


def closed_early(at: Location, key: str, name: str, end: Location) -> Diagnostic:
    """A brace too many, after the field `name`."""
    message = _("reference «{key}» ends in line {line}, before its last fields").format(key=key, line=end.line)
    return _lost(message, at, _("look for a closing brace too many, after «{name}»").format(name=name))


def unclosed(at: Location, key: str, name: str, begun: Location, sign: str) -> Diagnostic:
    """The value of `name` goes on into the next entry."""
    message = _("«{name}» in reference «{key}» has no end").format(name=name, key=key)
    what = _("a quote") if sign == '"' else _("a brace")
    hint = _("{what} that is opened in line {line} is never closed").format(what=what, line=begun.line)
    return _lost(message, at, hint)


def unknown_macro(at: Location, word: str, name: str) -> Diagnostic:
    """A bare word that is neither a month nor defined."""
    message = _("«{word}» is not defined by any @string").format(word=word)
    return _mended(message, at, _("put the value of «{name}» in braces").format(name=name))


def too_much(at: Location, key: str, name: str) -> Diagnostic:
    """A value that no person has written."""
    message = _("«{name}» in reference «{key}» is too long, or its braces lie too deep").format(name=name, key=key)
    return _lost(message, at, _("shorten it, or take it out"))
