"""What Jinja says of a template that it cannot read, in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable

from rapportbygger.formats import Told
from rapportbygger.messages import _

CODE = "template-syntax"
_CURLY = "“”„‟‘’‚«»"


def told(said: str) -> Told:
    """The code, message and hint for Jinja's words for a fault of syntax."""
    for pattern, tell in _SAID:
        if found := re.search(pattern, said):
            message, hint = tell(found)
            return CODE, message, hint or _raw()
    return CODE, _("the expression cannot be understood ({problem})").format(problem=said.rstrip(".")), _raw()


def never_closed(tag: str) -> Told:
    """A tag without its end."""
    hint = _("put «{end}» where it ends").format(end=f"{{% end{tag} %}}")
    return CODE, _("«{tag}» is never closed").format(tag=tag), hint


def out_of_place(said: str, tag: str) -> Told:
    """A tag that is not known, or not here. `said` names the one that is still open, if any."""
    message = _("«{tag}» has no place here").format(tag=tag)
    looked = re.search(r"innermost block that needs to be closed is '(\w+)'", said)
    if not looked:
        return CODE, message, _raw()
    hint = _("«{tag}» must be closed first, with «{end}»").format(tag=looked[1], end=f"end{looked[1]}")
    return CODE, message, hint


def _raw() -> str:
    return _("text that is not meant for merging goes between «{begin}» and «{end}»").format(
        begin="{% raw %}", end="{% endraw %}"
    )


def _unclosed(_found: re.Match[str]) -> tuple[str, str]:
    return _("a tag or an expression that is never closed"), _written()


def _written() -> str:
    return _("an expression is written «{expression}», a tag «{tag}»").format(expression="{{ … }}", tag="{% … %}")


def _unclosed_raw(_found: re.Match[str]) -> tuple[str, str]:
    return never_closed("raw")[1:]


def _unclosed_comment(_found: re.Match[str]) -> tuple[str, str]:
    return _("a comment that is never closed"), _("put «{end}» where it ends").format(end="!#}")


def _brackets(_found: re.Match[str]) -> tuple[str, str]:
    return _("brackets that do not fit together"), _written()


def _sign(found: re.Match[str]) -> tuple[str, str]:
    sign = found[2]
    if sign in "\"'":
        return _("a quote that is never closed"), _("put the same quote at the end of the text")
    message = _("«{sign}» means nothing in an expression").format(sign=sign)
    return message, _("use straight quotes: {correct}").format(correct='"…"') if sign in _CURLY else ""


def _equals(_found: re.Match[str]) -> tuple[str, str]:
    return _("«=» does not compare"), _("write «==» for equal and «!=» for unequal")


def _missing(_found: re.Match[str]) -> tuple[str, str]:
    return _("the expression is not complete"), _("write what is missing, or delete the expression")


def _unexpected(found: re.Match[str]) -> tuple[str, str]:
    return _("«{sign}» is not expected here").format(sign=found[1]), ""


_SAID: tuple[tuple[str, Callable[[re.Match[str]], tuple[str, str]]], ...] = (
    ("(?i)unexpected end of template", _unclosed),
    ("Missing end of raw", _unclosed_raw),
    ("Missing end of comment", _unclosed_comment),
    (r"unexpected '[\])}]'|expected token '[:,\])}]'", _brackets),
    (r"unexpected char (['\"])(.+)\1 at", _sign),
    ("got '='", _equals),
    ("(?:got|unexpected) 'end of |tag name expected|expected name or number", _missing),
    ("(?:got|unexpected) '(.+)'", _unexpected),
)
"""What Jinja says, and how to tell it. The first that fits is used."""
