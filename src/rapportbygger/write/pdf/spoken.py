"""A formula in words, as it is read aloud (PDF/UA-1, 7.7): not as TeX, which a screen reader spells out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapportbygger.write.tex import Formula, Part, parse

_SIGNS = {"=": 0, "+": 1, "-": 2, "\u2212": 2, "/": 3, "<": 4, ">": 5, "\\cdot": 6, "\\times": 6, "*": 6}
_SIGNS |= {"\\le": 7, "\\leq": 7, "\\ge": 8, "\\geq": 8, "\\ne": 9, "\\neq": 9, "\\approx": 10, "\\in": 11}
_SIGNS |= {"\\infty": 12, "\\pm": 13, "\\%": 14, "\\rightarrow": 15, "\\to": 15, "\\div": 3, "\\ldots": 16}
_SIGNS |= {"\\dots": 16, "\\cdots": 16, "\\sum": 17, "\\prod": 18, "\\int": 19}
"""Signs and commands, and where their words stand in the list of each language."""
_WORDS: Mapping[str, tuple[str, ...]] = {
    "nb": (
        *("er lik", "pluss", "minus", "delt på", "er mindre enn", "er større enn", "ganger"),
        *("er mindre enn eller lik", "er større enn eller lik", "er ikke lik", "er omtrent lik", "er i"),
        *("uendelig", "pluss minus", "prosent", "går mot", "og så videre", "summen", "produktet", "integralet"),
    ),
    "nn": (
        *("er lik", "pluss", "minus", "delt på", "er mindre enn", "er større enn", "gonger"),
        *("er mindre enn eller lik", "er større enn eller lik", "er ikkje lik", "er om lag lik", "er i"),
        *("uendeleg", "pluss minus", "prosent", "går mot", "og så vidare", "summen", "produktet", "integralet"),
    ),
    "en": (
        *("equals", "plus", "minus", "divided by", "is less than", "is greater than", "times"),
        *("is at most", "is at least", "is not equal to", "is about", "is in"),
        *("infinity", "plus or minus", "per cent", "goes to", "and so on", "the sum", "the product", "the integral"),
    ),
}
_FORMS: Mapping[str, Mapping[str, str]] = {
    "nb": {
        "frac": "brøken {} over {} slutt",
        "binom": "{} over {}",
        "sqrt": "kvadratroten av {} slutt",
        "root": "roten av grad {1} av {0} slutt",
        "above": "opphøyd i {}",
        "below": "indeks {}",
        "square": "i andre",
        "from": "fra {}",
        "to": "til {}",
        "of": "av",
        "rows": "; ",
    },
    "nn": {
        "frac": "brøken {} over {} slutt",
        "binom": "{} over {}",
        "sqrt": "kvadratrota av {} slutt",
        "root": "rota av grad {1} av {0} slutt",
        "above": "opphøgd i {}",
        "below": "indeks {}",
        "square": "i andre",
        "from": "frå {}",
        "to": "til {}",
        "of": "av",
        "rows": "; ",
    },
    "en": {
        "frac": "the fraction {} over {} end",
        "binom": "{} over {}",
        "sqrt": "the square root of {} end",
        "root": "the root of degree {1} of {0} end",
        "above": "to the power of {}",
        "below": "index {}",
        "square": "squared",
        "from": "from {}",
        "to": "to {}",
        "of": "of",
        "rows": "; ",
    },
}
_SILENT = ("\\,", "\\;", "\\:", "\\ ", "\\quad", "\\qquad", "\\{", "\\}", "~")
_OVER_ALL = ("\\sum", "\\prod", "\\int", "\\iint", "\\oint")


def spoken(tex: str, language: str) -> str:
    """The formula in words of nb, nn or en; what has no words is named by its command, without its backslash."""
    code = language[:2] if language[:2] in _WORDS else "en"
    return re.sub(r"\s+", " ", _say(parse(tex), code)).strip() or "–"


def _say(formula: Formula, code: str) -> str:
    return " ".join(_part(part, code) for part in formula)


def _part(part: Part, code: str) -> str:
    forms = _FORMS[code]
    said = _bare(part, code)
    if part.kind in _OVER_ALL:
        below, above = (_say(script, code) for script in (part.below, part.above))
        limits = [forms["from"].format(below)] * bool(below) + [forms["to"].format(above)] * bool(above)
        return " ".join((said, *limits, forms["of"]))
    if part.below:
        said += " " + forms["below"].format(_say(part.below, code))
    if part.above:
        above = _say(part.above, code)
        said += " " + (forms["square"] if above == "2" else forms["above"].format(above))
    return said


def _bare(part: Part, code: str) -> str:
    inner = [_say(argument, code) for argument in part.arguments]
    forms, name = _FORMS[code], part.kind.removeprefix("\\").lstrip("dtc")
    if part.kind in _SIGNS:
        return _WORDS[code][_SIGNS[part.kind]]
    if part.kind == "rows":
        return forms["rows"].join(inner)
    if part.kind == "\\sqrt":
        return forms["root" if len(inner) > 1 else "sqrt"].format(*inner)
    if name in ("frac", "binom") and len(inner) > 1:
        return forms[name].format(*inner)
    return " ".join(inner) if part.kind == "{" or inner else _sign(part.kind)


def _sign(kind: str) -> str:
    """A sign or a command without words of its own."""
    if kind in _SILENT:
        return ""
    return kind.strip().removeprefix("\\").replace("{,}", ",") if kind[-1:].isalnum() else kind[-1:]
