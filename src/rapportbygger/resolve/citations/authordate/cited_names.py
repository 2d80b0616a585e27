"""Names as they are cited: with as much of the given name as it takes to tell people apart, and as sort keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from typing import TypeAlias

from rapportbygger.resolve.citations.reference.csl_locale import CslLocale
from rapportbygger.resolve.citations.reference.finishing import finished
from rapportbygger.resolve.citations.reference.initials import initialized
from rapportbygger.resolve.citations.reference.items import Name
from rapportbygger.resolve.citations.reference.name_lists import NameForm, name_count, written_names
from rapportbygger.resolve.citations.reference.typography import quotes_of

Names: TypeAlias = Sequence[Name]


_WITHOUT_GIVEN = ("dropping-particle", "non-dropping-particle", "family", "suffix")


class Given(IntEnum):
    """How much of a given name is written."""

    NOTHING = 0
    INITIALS = 1
    ALL = 2


def level(form: NameForm) -> Given:
    """How much of given names a style writes where nothing has to be told apart."""
    if form.option("form", "long") != "long":
        return Given.NOTHING
    return Given.INITIALS if "initialize-with" in form.options else Given.ALL


def shown(count: int, form: NameForm) -> int:
    """How many of that many names a style writes."""
    least, first = form.number("et-al-min"), form.number("et-al-use-first", 1)
    if not least or count < least or least < first:
        return count
    # One fewer where the last name is written too: it is not to stand next to the one before it.
    return min(first, max(least - 2, 0), count) if keeps_last(form) else min(first, count)


def keeps_last(form: NameForm) -> bool:
    """Whether the last name is written behind those that are left out («A, B, … Z»)."""
    return form.option("et-al-use-last") == "true"


def cited(names: Names, form: NameForm, locale: CslLocale, levels: Sequence[int], count: int) -> str:
    """The first `count` names, each with at least that much of its given name, marked as `richtext` marks them."""
    made = [
        _levelled(name, form, locale, at, wanted) for at, (name, wanted) in enumerate(zip(names, levels, strict=True))
    ]
    least = count + 1 if count < len(made) else 0
    options = {**form.options, "et-al-min": str(least), "et-al-use-first": str(count)}
    text = written_names(made, replace(form, options=options), locale, quotes_of(locale).typeset)
    return finished(text, locale, "")


def _levelled(name: Name, form: NameForm, locale: CslLocale, at: int, wanted: int) -> Name:
    """The name as it is where the style writes enough of it, else in the words it is to be written with."""
    usual = level(form)
    if "literal" in name or wanted <= usual:
        return name
    if not name.get("given"):
        whole = " ".join(name[part] for part in _WITHOUT_GIVEN if name.get(part))
        return {"is": "person", "literal": whole}
    options = {**form.options, "form": "long"}
    if wanted == Given.ALL:
        options.pop("initialize-with", None)
    else:
        options.setdefault("initialize-with", "")
    if at and options.get("name-as-sort-order") == "first":
        del options["name-as-sort-order"]
    return {"is": "person", "literal": written_names([name], replace(form, options=options), locale, str)}


# ------------------------------------------------------------------------------------------------------------ sort keys


def sorted_as(names: Names, form: NameForm) -> str:
    """The names as a sort key has them: «Dahl A., Eng P.», without what stands for those that are left out."""
    if form.option("form") == "count":
        return str(name_count(names, form))
    count = shown(len(names), form)
    wanted = [*names[:count], *(names[-1:] if keeps_last(form) and count < len(names) else ())]
    return form.option("delimiter", ", ").join(_sorted_as(name, form) for name in wanted)


def _sorted_as(name: Name, form: NameForm) -> str:
    if "literal" in name:
        return name["literal"]
    given, long = _given(name, form), level(form) != Given.NOTHING
    dropping = _bare(name.get("dropping-particle", "")) if long else ""
    particle, family = _bare(name.get("non-dropping-particle", "")), name.get("family", "")
    first = form.option("demote-non-dropping-particle") == "never"
    parts = (particle, family, dropping, given) if first else (family, given, dropping, particle)
    return " ".join(part for part in (*parts, name.get("suffix", "") if long else "") if part)


def _given(name: Name, form: NameForm) -> str:
    given, mark = name.get("given", ""), form.options.get("initialize-with")
    if not given or level(form) == Given.NOTHING:
        return ""
    whole = form.option("initialize") == "false"
    return given if mark is None else initialized(given, mark, whole=whole, hyphenates=form.hyphenates)


def _bare(particle: str) -> str:
    return particle.replace("'", "").replace("’", "")
