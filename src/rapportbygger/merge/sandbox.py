"""Jinja's sandbox, for templates whose data are mappings and whose authors write no Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError
from jinja2.runtime import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from rapportbygger.language import FORMATTERS, labels

LONGEST = 1_000_000
"""How many items or characters a template may make by repeating or counting."""

_METHODS = frozenset(["get", "items", "keys", "values"])
_PADDING = frozenset(["center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"])


class UnknownNameError(UndefinedError):
    """A name that is not there. `owner` is what was asked for it, `jinja2.utils.missing` where nothing was."""

    def __init__(self, name: str, owner: Any) -> None:
        super().__init__(name)
        self.name, self.owner = name, owner


class WrongValueError(TemplateRuntimeError):
    """A value of the wrong kind for a filter of ours."""

    def __init__(self, filter_name: str, value: Any) -> None:
        super().__init__(filter_name)
        self.filter_name, self.value = filter_name, value


class NoTextError(TemplateRuntimeError):
    """A list or a group of fields where text is written."""


class Undefined(StrictUndefined):
    """What an unknown name stands for: everything but `is defined` and `default` fails with `UnknownNameError`."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = UndefinedError
    ) -> None:
        unknown = exc is UndefinedError and name is not None
        raises: Any = (lambda _message: UnknownNameError(str(name), obj)) if unknown else exc
        super().__init__(hint, obj, name, raises)


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox where `data.x.items` is the field «items», and where nothing can be made that fills the memory."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The field of a mapping, else the attribute."""
        return self._field(obj, attribute) if isinstance(obj, Mapping) else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: str | Any) -> Any:
        """The field of a mapping, whether it is asked for as text or as a number, else the item."""
        return self._field(obj, argument) if isinstance(obj, Mapping) else super().getitem(obj, argument)

    def _field(self, obj: Mapping[Any, Any], name: Any) -> Any:
        if isinstance(name, StrictUndefined):
            return name
        for key in (name, str(name)):
            if key in obj:
                return obj[key]
        return getattr(obj, name) if name in _METHODS else self.undefined(obj=obj, name=str(name))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiplication, powers and `%` within bounds."""
        if operator == "*" and _repeats(left, right) > LONGEST:
            raise OverflowError(operator)
        numbers = [abs(n) for n in (left, right) if isinstance(n, (int, float))]
        if operator in ("*", "**") and any(n > (1e30 if operator == "*" else 1e3) for n in numbers):
            raise OverflowError(operator)
        if operator == "%" and isinstance(left, str):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def is_safe_callable(self, obj: Any) -> bool:
        """Everything Jinja takes for safe but the methods of text that pad it."""
        return super().is_safe_callable(obj) and getattr(obj, "__name__", "") not in _PADDING


def _repeats(left: Any, right: Any) -> int:
    """How long `left * right` is, where one of them is text or a list."""
    for repeated, times in ((left, right), (right, left)):
        if isinstance(repeated, (str, list, tuple)) and isinstance(times, int):
            return len(repeated) * times
    return 0


def bounded_range() -> Callable[..., range]:
    """A `range` that counts no further than `LONGEST` in all its calls: loops within loops come to an end."""
    counted = 0

    def bounded(*arguments: int) -> range:
        nonlocal counted
        numbers = range(*arguments)
        counted += len(numbers)
        if counted > LONGEST:
            raise OverflowError("range")
        return numbers

    return bounded


def in_words(value: Any, lang: str) -> Any:
    """What is written for a value: never Python's own words for nothing, true, false, lists and mappings."""
    if isinstance(value, (list, tuple, Mapping, Iterator)):
        raise NoTextError(type(value).__name__)
    if value is None:
        return labels(lang).not_delivered
    if isinstance(value, bool):
        return labels(lang).yes if value else labels(lang).no
    return value


def filters(lang: str) -> dict[str, Callable[[Any], str]]:
    """The filters that write dates, numbers and lists as the language does."""
    return {name: _filter(name, function, lang) for name, function in FORMATTERS.items()}


def _filter(name: str, function: Callable[[Any, str], str], lang: str) -> Callable[[Any], str]:
    def filtered(value: Any) -> str:
        if isinstance(value, Undefined):
            return str(value)  # fails, with the name that is unknown
        if value is None:
            return labels(lang).not_delivered
        try:
            return function(value, lang)
        except (TypeError, ValueError, ArithmeticError):
            raise WrongValueError(name, value) from None

    return filtered
