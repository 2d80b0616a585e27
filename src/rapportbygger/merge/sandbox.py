"""Jinja's sandbox, for templates whose data are mappings and whose authors write no Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError
from jinja2.filters import make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, StrictUndefined, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing, pass_eval_context

from rapportbygger.language import FORMATTERS, labels
from rapportbygger.merge import quotations

LONGEST = 1_000_000
"""How many items or characters an expression may make by repeating, joining or counting."""
WHOLE = 50_000_000
"""How many characters a template, a macro or a block may write."""

_METHODS = frozenset(["get", "items", "keys", "values"])
_GROWING_METHODS = frozenset(
    [
        "center",
        "expandtabs",
        "format",
        "format_map",
        "join",
        "ljust",
        "replace",
        "rjust",
        "to_bytes",
        "translate",
        "zfill",
    ]
)
"""Methods of text, numbers and bytes that make something of any length."""
_GROWING_FILTERS = ("batch", "center", "format", "indent", "pprint", "slice", "tojson", "urlize", "wordwrap", "xmlattr")
"""Filters that pad, or that repeat one text for every item; none of them is of use in a report."""


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


class _Compiler(CodeGenerator):
    """Jinja's compiler, but with `~` as an operator that the sandbox sees."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja finds it by this name
        """Write the call of `Sandbox.joined` for `a ~ b`."""
        self.write("environment.joined(context, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox where `data.x.items` is the field «items», and where text and lists grow within bounds.

    An operator, a method, or the filters `join` and `replace` make nothing longer than `LONGEST`; filters that pad are
    not there. What is written, also into a variable, is no longer than `WHOLE`. Not bounded is how many such texts a
    template keeps, and what a filter makes of lists that hold each other many times over.
    """

    code_generator_class = _Compiler
    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for name in _GROWING_FILTERS:
            del self.filters[name]
        self.filters |= {
            "join": _bounded_join(self.filters["join"]),
            "replace": _bounded_replace(self.filters["replace"]),
        }

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """What a template, a macro or a block has written, as one text."""
        return "".join(_counted(parts))

    def joined(self, context: Context, parts: tuple[Any, ...]) -> str:
        """`a ~ b ~ c` within bounds."""
        if any(isinstance(part, (list, tuple, Mapping)) for part in parts):
            raise NoTextError("~")
        _bound(sum(map(_length, parts)))
        return markup_join(parts) if context.eval_ctx.autoescape else str_join(map(quotations.opened, parts))

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
        """Addition, multiplication, powers and `%` within bounds."""
        if operator == "+":
            _bound(_length(left) + _length(right))
            left, right = quotations.opened(left), quotations.opened(right)
        if operator == "*":
            _bound(_repeats(left, right))
        numbers = [abs(n) for n in (left, right) if isinstance(n, (int, float))]
        if operator in ("*", "**") and any(n > (1e30 if operator == "*" else 1e3) for n in numbers):
            raise OverflowError(operator)
        if operator == "%" and isinstance(left, str):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def is_safe_callable(self, obj: Any) -> bool:
        """Everything Jinja takes for safe but methods that make something of any length."""
        return super().is_safe_callable(obj) and getattr(obj, "__name__", "") not in _GROWING_METHODS


def _repeats(left: Any, right: Any) -> int:
    """How long `left * right` is, where one of them is text or a list."""
    for repeated, times in ((left, right), (right, left)):
        if isinstance(repeated, (str, list, tuple)) and isinstance(times, int):
            return len(repeated) * times
    return 0


def _length(value: Any) -> int:
    return len(value) if isinstance(value, (str, list, tuple)) else 0


def _bound(length: int) -> None:
    if length > LONGEST:
        raise OverflowError(length)


def _counted(parts: Iterable[str]) -> Iterator[str]:
    written = 0
    for part in parts:
        written += len(part)
        if written > WHOLE:
            raise OverflowError(written)
        yield part


def _bounded_join(join: Callable[..., Any]) -> Callable[..., Any]:
    """The filter `join`, which puts the same text between all items."""

    @pass_eval_context
    def bounded(context: EvalContext, value: Any, d: str = "", attribute: str | int | None = None) -> Any:
        items = list(value if attribute is None else map(make_attrgetter(context.environment, attribute), value))
        items = [quotations.opened(each) for each in items]
        _bound(sum(map(_length, items)) + len(items) * len(str(d)))
        return join(context, items, d)

    return bounded


def _bounded_replace(replace: Callable[..., Any]) -> Callable[..., Any]:
    """The filter `replace`, which puts a text wherever there is another."""

    @pass_eval_context
    def bounded(context: EvalContext, s: Any, old: str, new: str, count: int | None = None) -> Any:
        _bound(len(str(s)) + str(s).count(str(old)) * len(str(new)))
        return replace(context, s, old, new, count)

    return bounded


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


_WORDS_THEMSELVES = frozenset((str, int, float))


def in_words(value: Any, lang: str) -> Any:
    """What is written for a value: never Python's own words for nothing, true, false, lists and mappings."""
    if type(value) in _WORDS_THEMSELVES:
        return value
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
            return function([*map(quotations.opened, value)] if isinstance(value, list | tuple) else value, lang)
        except (TypeError, ValueError, ArithmeticError):
            raise WrongValueError(name, value) from None

    return filtered
