"""What breaks a JSON Schema, in words for someone who has never heard of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rapportbygger import formats
from rapportbygger.diagnostics import nearest
from rapportbygger.formats import Told
from rapportbygger.messages import _, translated
from rapportbygger.validate.type_messages import found_value, in_curly_quotes, shown, wrong_type

FEW, MANY = 12, 24
"""So many known names are listed beside another hint, and so many where there is none."""

_LANGUAGES = {"no": "nb", "nor": "nb", "nob": "nb", "no-no": "nb", "nno": "nn", "nynorsk": "nn", "bokmål": "nb"}
_LANGUAGES |= {"norsk": "nb", "eng": "en", "en-us": "en", "english": "en", "engelsk": "en"}


def told(error: Any, path: tuple[str | int, ...]) -> Told:
    """The code, message and hint for one of jsonschema's errors about the value at `path`."""
    code, message, hint = _TOLD.get(error.validator, _other)(error, _name(path))
    if error.validator in ("pattern", "format", "maxLength") and (inner := in_curly_quotes(error.instance)):
        hint = _("use straight quotes: {correct}").format(correct=f'"{inner}"')
    return code, message, hint


def _name(path: tuple[str | int, ...]) -> str:
    """What to call the value at a path: its field, or its number in a list."""
    if not path:
        return _("the file")
    if isinstance(path[-1], str):
        return f"«{path[-1]}»"
    field = next((part for part in reversed(path) if isinstance(part, str)), "")
    return _("item {number} of «{field}»").format(number=path[-1] + 1, field=field)


def _quoted(values: Iterable[Any]) -> str:
    return ", ".join(f"«{value}»" for value in values)


def _help(error: Any) -> str:
    """The schema's own words for the value."""
    return translated(str(error.schema.get("description", ""))) if isinstance(error.schema, Mapping) else ""


# --------------------------------------------------------------------------------------------------------------- names


def _unknown(error: Any, name: str) -> Told:
    known = list(error.schema.get("properties", ()))
    near = nearest(str(error.message), known)
    hint = _("did you mean «{name}»?").format(name=near) if near else ""
    for kind, other in error.schema.get("$defs", {}).items():
        if isinstance(other, Mapping) and error.message in other.get("properties", ()):
            hint = _("it belongs further in, in each «{kind}»").format(kind=translated(str(other.get("title", kind))))
    if known and len(known) <= (FEW if hint else MANY):
        hint = f"{hint} {_('known here: {names}').format(names=_quoted(known))}".strip()
    return "unknown-key", _("unknown key {name}").format(name=name), hint


def _missing(error: Any, name: str) -> Told:
    field = error.schema.get("properties", {}).get(error.message, {})
    title = translated(str(field.get("title", ""))) if isinstance(field, Mapping) else ""
    message = _("{name} is missing").format(name=f"{name} ({title})" if title else name)
    return "missing-field", message, _("add a line with «{field}: » and the value").format(field=error.message)


def _empty(_error: Any, name: str) -> Told:
    return "missing-field", _("{name} is not filled in").format(name=name), _("write its value after the colon")


def _too_few_fields(error: Any, name: str) -> Told:
    return "too-few", _("{name} has too few fields").format(name=name), _help(error)


# -------------------------------------------------------------------------------------------------------------- values


def _enum(error: Any, name: str) -> Told:
    allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
    value = error.instance
    if isinstance(value, (dict, list)):
        message = _("{name} must be one value, not {found}").format(name=name, found=found_value(value))
    else:
        message = _("{name} cannot be «{value}»").format(name=name, value=shown(value))
    return "not-allowed", message, _allowed(allowed, value)


def _allowed(allowed: list[Any], value: Any) -> str:
    near = nearest(str(value), [shown(each) for each in allowed])
    if "nb" in allowed and "nn" in allowed:
        tag = str(value).lower().replace("_", "-")
        near = _LANGUAGES.get(tag, tag.split("-")[0] if tag.split("-")[0] in allowed else near)
    if len(allowed) == 1:
        return _("write {correct}").format(correct=allowed[0])
    one_of = _("write one of: {names}").format(names=_quoted(map(shown, allowed[:MANY])))
    return f"{_('did you mean «{name}»?').format(name=near)} {one_of}" if near else one_of


def _format(error: Any, name: str) -> Told:
    code, message, hint = formats.problem(error.validator_value, error.instance) or _other(error, name)
    return code, message if error.validator_value == "file-name" else f"{name}: {message}", hint


def _pattern(error: Any, name: str) -> Told:
    message = _("{name}: «{value}» does not have the form it must have").format(name=name, value=shown(error.instance))
    form = _("it must match the regular expression {pattern}").format(pattern=error.validator_value)
    return "pattern", message, _help(error) or form


def _short(error: Any, name: str) -> Told:
    if not error.instance:
        return "too-short", _("{name} is empty").format(name=name), _help(error)
    message = _("{name} must have at least {limit} characters, and has {count}")
    return "too-short", _counted(message, error, name), _help(error)


def _long(error: Any, name: str) -> Told:
    message = _("{name} can have at most {limit} characters, and has {count}")
    return "too-long", _counted(message, error, name), _help(error)


def _few(error: Any, name: str) -> Told:
    if not error.instance:
        return "too-few", _("{name} is empty").format(name=name), _help(error)
    return "too-few", _counted(_("{name} must have at least {limit} items, and has {count}"), error, name), _help(error)


def _many(error: Any, name: str) -> Told:
    return "too-many", _counted(_("{name} can have at most {limit} items, and has {count}"), error, name), _help(error)


def _counted(message: str, error: Any, name: str) -> str:
    return message.format(name=name, limit=error.validator_value, count=len(error.instance))


def _small(error: Any, name: str) -> Told:
    message = _("{name} must be at least {limit}, not {value}")
    if error.validator == "exclusiveMinimum":
        message = _("{name} must be more than {limit}, not {value}")
    return "too-small", message.format(name=name, limit=error.validator_value, value=error.instance), _help(error)


def _large(error: Any, name: str) -> Told:
    message = _("{name} can be at most {limit}, not {value}")
    if error.validator == "exclusiveMaximum":
        message = _("{name} must be less than {limit}, not {value}")
    return "too-large", message.format(name=name, limit=error.validator_value, value=error.instance), _help(error)


def _twice(error: Any, name: str) -> Told:
    value = next((each for n, each in enumerate(error.instance) if each in error.instance[:n]), "")
    message = _("{name} has «{value}» more than once").format(name=name, value=shown(value))
    return "duplicate-item", message, _("keep one of them")


def _alternatives(error: Any, name: str) -> Told:
    """None of the alternatives is of the right kind: all of them are told."""
    types = [each for each in error.context if each.validator == "type"]
    if types and len(types) == len(error.context):
        values = [each.validator_value for each in types]
        expected = [kind for value in values for kind in (value if isinstance(value, list) else [value])]
        return wrong_type(expected, error.instance, name)
    allowed = [each.validator_value for each in error.context if each.validator in ("enum", "const")]
    if allowed:
        flat = [one for each in allowed for one in (each if isinstance(each, list) else [each])]
        message = _("{name} cannot be «{value}»").format(name=name, value=shown(error.instance))
        return "not-allowed", message, _allowed(flat, error.instance)
    return _other(error, name)


def _other(error: Any, name: str) -> Told:
    if error.validator is None:
        return "unknown-key", _("{name} has no place here").format(name=name), ""
    message = _("{name} is not what the schema asks for ({keyword})").format(name=name, keyword=error.validator)
    return "schema-rule", message, _help(error) or shown(error.message)


_TOLD: Mapping[str, Callable[[Any, str], Told]] = {
    "additionalProperties": _unknown,
    "anyOf": _alternatives,
    "const": _enum,
    "empty": _empty,
    "enum": _enum,
    "exclusiveMaximum": _large,
    "exclusiveMinimum": _small,
    "format": _format,
    "maxItems": _many,
    "maxLength": _long,
    "maximum": _large,
    "minItems": _few,
    "minLength": _short,
    "minProperties": _too_few_fields,
    "minimum": _small,
    "oneOf": _alternatives,
    "pattern": _pattern,
    "required": _missing,
    "type": lambda error, name: wrong_type(error.validator_value, error.instance, name),
    "uniqueItems": _twice,
}
"""What to say, by the schema's keyword that is broken (`empty` is our own)."""
