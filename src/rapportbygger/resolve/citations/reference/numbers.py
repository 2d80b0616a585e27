"""Numbers as CSL sees them: «12», «A12», «1-2», «xii-xv», «3 & 4», and texts that are none (CSL 1.0.2, number)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapportbygger.resolve.citations.reference.csl_locale import CslLocale

# fmt: off
NUMERIC = frozenset((
    "call-number", "chapter-number", "collection-number", "division", "edition", "page", "issue", "locator", "number",
    "number-of-pages", "number-of-volumes", "part-number", "printing-number", "section", "supplement-number", "version",
    "volume",
))
"""The variables whose text is looked at for numbers in `is-numeric`."""
RANGED = frozenset((
    "chapter-number", "collection-number", "edition", "issue", "locator", "number", "number-of-pages",
    "number-of-volumes", "page", "volume",
))
"""The variables in which ranges are found and written with a dash, also where a style writes them as text."""
# fmt: on
_DASHED = frozenset(("page", "locator", "issue", "volume", "edition", "number"))
_DASH = "–"


@dataclass(frozen=True, slots=True)
class Number:
    """One number in a text, what stands before it in the same word, and what joins it to the next."""

    particle: str
    value: str
    joint: str = ""
    numeric: bool = True
    collapsible: bool = True


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a text says as numbers. `plural` is what its label becomes."""

    values: tuple[Number, ...]
    numeric: bool
    plural: bool


def parsed(variable: str, text: str, locale: CslLocale) -> Numbers:
    """The numbers in the text of a variable."""
    text = text.strip()
    parts = _split(text.replace(_DASH, "-") if variable == "page" else text, locale)
    values = _judged([_number(value, joint) for value, joint in parts])
    numeric = values[0].numeric
    if len(values) == 1 and re.fullmatch(r"\d+(?:/\d+)+", values[0].value):
        return Numbers((replace(values[0], collapsible=False),), numeric=True, plural=False)
    several = numeric and len(values) > 1 and values[0].collapsible
    counted = numeric and variable.startswith("number-of-") and _leading(text) > 1
    return Numbers(tuple(_with_dashes(variable, values, locale)), numeric, several or counted)


def _split(text: str, locale: CslLocale) -> list[tuple[str, str]]:
    """The values of a list or range, and what joins each to the next."""
    conjunction = "|".join(re.escape(word) for word in {"and", locale.text("and")} if word)
    joints = rf"(\s*&\s*|,\s+(?:{conjunction})\s+|\s+(?:{conjunction})\s+|;\s+|,\s+|\s*\\*[-–]+\s*)"
    pieces = re.split(joints, text)
    return [
        (value, re.sub(r"^\s*&\s*$", " & ", re.sub(r"^\s*-\s*$", "-", joint)))
        for value, joint in zip(pieces[::2], [*pieces[1::2], ""], strict=True)
    ]


def _number(value: str, joint: str) -> Number:
    found = re.fullmatch(r"(\d*[a-zA-Z]+0*)?(\d+(?:[a-zA-Z]*|[-,a-zA-Z]+))", value)
    return Number(found[1] or "", found[2], joint) if found else Number("", value, joint)


def _judged(values: Sequence[Number]) -> list[Number]:
    """The values, numeric and collapsible as the first one is."""
    first = values[0].value
    numeric = re.fullmatch(r"(?:\d+|[ixv]+)([-,:a-zA-Z]*|-[-\d]+)", first) is not None
    collapsible = _leading(first) >= 0 or re.fullmatch("[ivxlcmIVXLCM]+", first) is not None
    return [replace(value, numeric=numeric, collapsible=collapsible) for value in values]


def _leading(text: str) -> int:
    """The number a text begins with, -1 for none, and for one that nobody counts with."""
    found = re.match(r"\s*(\d{1,18})(?!\d)", text)
    return int(found[1]) if found else -1


# -------------------------------------------------------------------------------------------------------------- ranges


def _with_dashes(variable: str, values: Sequence[Number], locale: CslLocale) -> list[Number]:
    if variable not in RANGED:
        return list(values)
    made = list(values)
    for at in _ranges(values):
        if made[at].joint == "-" and made[at + 1].value:
            made[at] = replace(made[at], joint=_dash(variable, made[at], made[at + 1], locale))
    return made


def _ranges(values: Sequence[Number]) -> Iterator[int]:
    """Where ranges begin: of three numbers with hyphens between them, citeproc-js takes the last two for one."""
    for at, value in enumerate(values[:-1]):
        if not value.collapsible or (values[at + 1].joint != "-" and value.particle == values[at + 1].particle):
            yield at


def _dash(variable: str, value: Number, after: Number, locale: CslLocale) -> str:
    counted = all(re.fullmatch(r"\d+|[ivxlcmIVXLCM]+", one.value) for one in (value, after))
    dash = locale.text("page-range-delimiter") or _DASH
    if variable in _DASHED and value.numeric:
        return dash
    if variable == "collection-number" and value.numeric and (dash == "-" or not counted):
        return locale.text("year-range-delimiter") or _DASH
    if value.collapsible and counted:
        return dash
    return "-"


def with_page_ranges(text: Numbers, form: str) -> Numbers:
    """The ranges in the form of `page-range-format`: `expanded`, `minimal`, `chicago` and so on, or none."""
    values = list(text.values)
    repeats = not form.startswith(("minimal", "chicago"))
    for at in _ranges(values):
        first, last = values[at], values[at + 1]
        if first.joint not in ("-", _DASH):
            continue
        if not form and _leading(first.value) > _leading(last.value):
            continue
        if _is_counted(first.value) and _is_counted(last.value) and (ended := _ended(first.value, last.value, form)):
            values[at + 1] = replace(last, value=ended, particle=last.particle if repeats else "")
    return replace(text, values=tuple(values))


def _is_counted(text: str) -> bool:
    return text.isdecimal() and _leading(text) >= 0


def _ended(first: str, last: str, form: str) -> str:
    """How a range of pages ends; nothing where it goes downwards."""
    full = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    if int(first) >= int(full):
        return ""
    match form:
        case "minimal":
            return _minimal(first, full, 0)
        case "minimal-two":
            return _minimal(first, full, 2)
        case "chicago" | "chicago-15":
            return _chicago(int(first), int(full))
        case "chicago-16":
            return _chicago_16(int(first), full)
    return full


def _minimal(first: str, last: str, least: int) -> str:
    if len(first) != len(last):
        return last
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(first))
    return last[min(same, max(len(last) - least, 0)) :]


def _chicago(first: int, last: int) -> str:
    if first > 100 and first % 100 and first // 100 == last // 100:
        return str(last % 100)
    return str(last % 1000) if first >= 10000 else str(last)


def _chicago_16(first: int, last: str) -> str:
    if first > 100 and first % 100:
        for digits in range(2, len(last)):
            if first // 10**digits == int(last) // 10**digits:
                return str(int(last) % 10**digits)
    return last


# --------------------------------------------------------------------------------------------------------------- texts


def written(text: Numbers, form: str, locale: CslLocale) -> str:
    """The numbers in a form of cs:number: `numeric`, `ordinal`, `long-ordinal` or `roman`."""
    return "".join(f"{value.particle}{_formed(value, form, locale)}{_joint(value.joint)}" for value in text.values)


def _joint(joint: str) -> str:
    return joint.replace("\\", "")


def _formed(value: Number, form: str, locale: CslLocale) -> str:
    if form == "numeric" or not (value.collapsible and re.fullmatch(r"[1-9]\d{0,17}", value.value)):
        return value.value
    number = int(value.value)
    match form:
        case "ordinal":
            return locale.ordinal(number)
        case "long-ordinal":
            return locale.long_ordinal(number)
        case "roman":
            return roman(number)
    return value.value


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_DIGITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def roman(number: int) -> str:
    """«xiv» for 14; numbers above 5999 stay digits."""
    if number >= 6000:
        return str(number)
    made = ""
    for value, letters in _ROMAN:
        made += letters * (number // value)
        number %= value
    return made + _ROMAN_DIGITS[number]
