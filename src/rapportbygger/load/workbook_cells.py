"""What a filled-in cell means: the value its field asks for, however Excel and its user have written it.

What is not certain stays as it is written, for the schema to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from rapportbygger import formats
from rapportbygger.form.layout import Field
from rapportbygger.messages import _

Told: TypeAlias = tuple[str, str, str]
"""The code, message and hint of a problem."""

_NUMBER = re.compile(r"[-+−]?(\d+|\d{1,3}([ \u00a0\u202f]\d{3})+)([.,]\d+)?")
_THOUSANDS = re.compile(r"[-+−]?[1-9]\d{0,2}(\.\d{3})(\.\d{3})+(,\d+)?|[-+−]?[1-9]\d{0,2}\.\d{3},\d+")
"""Points that can be nothing but marks of thousands."""
_UNSURE = re.compile(r"[-+−]?([1-9]\d{0,2})\.(\d{3})")
"""A mark of thousands, or one of decimals."""
_SHORT_YEAR = re.compile(r".*[. ]\d\d")
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_|_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)")
"""Control characters, and the underscore of a text that only looks so (ECMA-376-1, 22.9.2.19)."""
_QUOTES = tuple("\"'“”„«»’")
_ERRORS = re.compile(r"#(DIV/0!|REF!|(VALUE|VERDI)!|NUM!|NULL!|(NAME|NAVN)\?|N/A|I/T|SPILL!|CALC!|#+)|Err:\d{3}")
"""What Excel and LibreOffice write where a formula fails, in English and Norwegian; it may have been copied as text."""
_AROUND = " \t\n\u00a0\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u2060\ufeff"
"""Spaces, and signs that nobody sees, which come along when something is copied."""
_YES = {"ja", "j", "x", "yes", "y", "true", "sann", "sant", "ok", "✓", "✔", "på"}
_NO = {"nei", "n", "no", "false", "usann", "usant", "av"}


@dataclass(frozen=True, slots=True)
class Read:
    """The value of a cell; `error` keeps it from being used, `note` tells how it was understood."""

    value: Any = None
    error: Told | None = None
    note: Told | None = None


def value(raw: Any, data_type: str, field: Field) -> Read:
    """What the cell's own value means for its field; None where nothing is filled in."""
    if data_type == "e" or (field.kind != "text" and isinstance(raw, str) and _ERRORS.fullmatch(raw.strip())):
        message = _("«{label}» holds Excel's error {error}").format(label=field.label, error=raw)
        return Read(error=("cell-error", message, _("write the value itself instead of the formula")))
    if isinstance(raw, str):
        raw = text(raw)
    if raw is None or raw == "":
        return Read()
    if isinstance(raw, (datetime, date, time, timedelta)):
        return _from_date(raw, field)
    return _of_kind(raw, field)


def text(raw: str) -> str:
    """A text without spaces around it, its lines ending in `\\n`, and no letters in Excel's notation `_x000D_`."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1] or "5f", 16)), raw)
    return plain.replace("\r\n", "\n").replace("\r", "\n").strip(_AROUND)


def _from_date(raw: Any, field: Field) -> Read:
    if field.kind in ("date", "any") and isinstance(raw, (datetime, date)):
        day = raw.date() if isinstance(raw, datetime) else raw
        return Read(day.isoformat(), note=_year(day, field))
    hint = _("format the cell as text, and write it once more")
    message = _("Excel has made a date or a time of what was written in «{label}»").format(label=field.label)
    return Read(error=("cell-date", message, hint))


def _year(day: date, field: Field) -> Told | None:
    """A year alone is to Excel a day of the summer of 1905."""
    if day.year != 1905:
        return None
    message = _("«{label}» is {day}: was only the year written?").format(label=field.label, day=day.isoformat())
    return "cell-date", message, _("write day, month and year: 31.12.2024")


def _of_kind(raw: Any, field: Field) -> Read:
    if field.kind in ("text", "date"):
        return _text(raw, field) if field.kind == "text" else _date(raw, field)
    if field.kind in ("number", "integer") and isinstance(raw, str) and (unsure := _UNSURE.fullmatch(raw)):
        return Read(error=_two_ways(raw, unsure, field))
    return Read(_PLAIN[field.kind](raw, field) if field.kind in _PLAIN else _whole(raw))


def _two_ways(raw: str, found: re.Match[str], field: Field) -> Told:
    message = _("«{label}»: «{text}» can be read in two ways").format(label=field.label, text=raw)
    decimals = f"{found[1]},{found[2].rstrip('0')}".rstrip(",")
    return "wrong-type", message, _("write {one} or {other}").format(one=found[1] + found[2], other=decimals)


def _whole(raw: Any) -> Any:
    """A number without decimals as a whole number; Excel knows no difference."""
    return int(raw) if isinstance(raw, float) and raw.is_integer() else raw


def _text(raw: Any, field: Field) -> Read:
    """A number that was written where text is wanted is text; zeros that Excel took away in front are put back."""
    pattern = field.schema.get("pattern")
    if isinstance(raw, (str, bool)):
        return Read(_without_quotes(raw, pattern) if isinstance(raw, str) else raw)
    written = str(_whole(raw))
    if not isinstance(pattern, str) or formats.regex(pattern) or re.search(pattern, written):
        return Read(written)
    longer = (written.zfill(length) for length in range(len(written) + 1, 13))
    found = next((each for each in longer if written.isdigit() and re.search(pattern, each)), None)
    if found is None:
        return Read(written)
    message = _("«{label}»: the number {number} is read as «{text}»")
    message = message.format(label=field.label, number=written, text=found)
    return Read(found, note=("lost-zero", message, _("format the cell as text to keep zeros in front")))


def _without_quotes(raw: str, pattern: Any) -> str:
    """A text of a certain form without the quotes that belong to YAML, which help texts speak of."""
    quoted = raw[:1] in _QUOTES and raw[-1:] in _QUOTES and isinstance(pattern, str) and not formats.regex(pattern)
    fits = quoted and not re.search(pattern, raw) and re.search(pattern, raw[1:-1])
    return raw[1:-1] if fits else raw


def _date(raw: Any, field: Field) -> Read:
    if not isinstance(raw, str):
        message = _("«{label}» must be a date, not {found}").format(label=field.label, found=_whole(raw))
        return Read(error=("cell-date", message, _("write day, month and year: 31.12.2024")))
    day = formats.as_date(raw)
    if day is None or not _SHORT_YEAR.fullmatch(raw):
        return Read(day or raw)
    message = _("«{label}»: «{text}» is read as {day}").format(label=field.label, text=raw, day=day)
    return Read(day, note=("cell-date", message, _("write the year with four digits: 31.12.2024")))


def _number(raw: Any, _field: Field) -> Any:
    """A number, also one that was written as text in the Norwegian way: `1 200`, `12,5`."""
    if not isinstance(raw, str):
        return _whole(raw)
    if _THOUSANDS.fullmatch(raw):
        raw = raw.replace(".", "")
    if not _NUMBER.fullmatch(raw):
        return raw
    plain = re.sub(r"\s", "", raw).replace(",", ".").replace("−", "-")
    return float(plain) if "." in plain else int(plain)


def _truth(raw: Any) -> Any:
    if raw in (0, 1):
        return bool(raw)
    word = str(raw).casefold()
    return True if word in _YES else False if word in _NO else raw


def _lines(raw: Any, _field: Field) -> list[str]:
    """Several values in one cell, a line each."""
    return [text(line) for line in str(_whole(raw)).split("\n") if text(line)]


def _choice(raw: Any, field: Field) -> Any:
    written = str(_whole(raw)).casefold()
    if isinstance(raw, bool) or _truth(raw) is not raw:
        same = [each for each in field.choices if each is _truth(raw)]
        if same:
            return same[0]
    return next((each for each in field.choices if str(each).casefold() == written), raw)


_PLAIN: Mapping[str, Callable[[Any, Field], Any]] = {
    "boolean": lambda raw, _field: _truth(raw),
    "choice": _choice,
    "integer": _number,
    "list": _lines,
    "number": _number,
}
"""How a value of each kind is read; others stay as they are."""
