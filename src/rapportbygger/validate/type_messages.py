"""What is said of a value of the wrong type, and how it is to be written, for someone who has never heard of types."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from rapportbygger.formats import Told
from rapportbygger.messages import _

_DECIMAL_COMMA = re.compile(r"[-+]?\d{1,3}([   .]?\d{3})*,\d+")
_NUMBER = re.compile(r"[-+]?\d+([   ]\d{3})*(\.\d+)?")
_NUMBERS = re.compile(r"(?:(?<!\S)[-+])?\d+(?:[   ]\d{3}(?!\d))*(?:[.,]\d+)?")
_SIGN = re.compile(r"""[,\[\]{}:#"'\n\\]|^[\s&*!|>%@`?-]|\s$""")
"""What text in a list cannot hold without quotes, or is better without."""
_TRUTH = {"true": "true", "false": "false", "ja": "true", "yes": "true", "on": "true", "på": "true"}
_TRUTH |= {"nei": "false", "no": "false", "off": "false", "av": "false"}
_CURLY = "“”„‟‘’‚‛«»"


def shown(value: Any) -> str:
    """The value in one line, cut where it is long, as it is written in YAML."""
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def in_curly_quotes(value: Any) -> str:
    """What stands between the quotes that word processors write, which are letters to YAML; nothing where none do."""
    if isinstance(value, str) and len(value) > 2 and value[0] in _CURLY and value[-1] in _CURLY:
        return value[1:-1]
    return ""


def wrong_type(types: str | list[str], value: Any, name: str) -> Told:
    """The code, message and hint for a value that is of none of the schema's types."""
    expected = [types] if isinstance(types, str) else types
    if isinstance(value, str) and _takes_number(expected) and _DECIMAL_COMMA.fullmatch(value):
        number = re.sub("[^0-9,+-]", "", value).replace(",", ".")
        return "decimal-comma", _("{name} has a decimal comma").format(name=name), _write(number)
    kinds = _(" or ").join(_kinds()[kind] for kind in expected if kind in _kinds())
    message = _("{name} must be {expected}, not {found}").format(name=name, expected=kinds, found=found_value(value))
    return "wrong-type", message, _type_hint(expected, value)


def _takes_number(expected: list[str]) -> bool:
    return "number" in expected or "integer" in expected


def _write(text: str) -> str:
    return _("write {correct}").format(correct=text)


def _kinds() -> Mapping[str, str]:
    return {
        "string": _("text"),
        "integer": _("a whole number"),
        "number": _("a number"),
        "boolean": _("true or false"),
        "array": _("a list"),
        "object": _("a group of fields"),
        "null": _("nothing"),
    }


def found_value(value: Any) -> str:
    """What a value is, in words."""
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return "«true»" if value else "«false»"
    if isinstance(value, (int, float)):
        return _("the number {number}").format(number=value)
    if isinstance(value, str):
        return _("the text «{text}»").format(text=shown(value))
    return _("a list") if isinstance(value, list) else _("a group of fields")


def _type_hint(expected: list[str], value: Any) -> str:
    if "string" in expected:
        return _hint_for_wanted_text(value)
    if "array" in expected and not isinstance(value, (dict, list)) and value is not None:
        return _write(f"[{_in_list(value)}]")
    if isinstance(value, str):
        return _hint_for_text(expected, value)
    return _each_field() if "object" in expected and isinstance(value, list) else ""


def _each_field() -> str:
    return _("write each field on a line of its own")


def _hint_for_wanted_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return _("put text that contains a colon and a space in quotes")
    if isinstance(value, list):
        return _("write one text, not a list")
    return _write(f'"{_in_list(value)}"')


def _in_list(value: Any) -> str:
    """A value as it is written between the brackets of a list."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if _SIGN.search(value) else value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _hint_for_text(expected: list[str], text: str) -> str:
    text = in_curly_quotes(text) or text
    if _takes_number(expected) and (number := _only_number(text)):
        whole = _NUMBER.fullmatch(text)
        return _write(number) if whole else _("write only the number: {number}").format(number=number)
    if "boolean" in expected and text.lower() in _TRUTH:
        return _write(_TRUTH[text.lower()])
    if "object" in expected and re.match(r"\w+:\S", text):
        return _("write a space after the colon: {correct}").format(correct=shown(text.replace(":", ": ", 1)))
    return _each_field() if "object" in expected else ""


def _only_number(text: str) -> str:
    """The number in a text that has only one, as YAML has it."""
    found = _NUMBERS.findall(text)
    return re.sub("[\\s\u00a0\u202f]", "", found[0]).replace(",", ".") if len(found) == 1 else ""
