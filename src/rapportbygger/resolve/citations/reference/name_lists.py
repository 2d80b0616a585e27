"""Lists of names as a style writes them (CSL 1.0.2, names and name)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rapportbygger.resolve.citations.csl import NAMESPACE, Element
from rapportbygger.resolve.citations.reference import richtext
from rapportbygger.resolve.citations.reference.csl_locale import CslLocale
from rapportbygger.resolve.citations.reference.initials import initialized
from rapportbygger.resolve.citations.reference.particles import with_particles
from rapportbygger.resolve.citations.reference.text_case import cased

Name = Mapping[str, str]
Typeset = Callable[[str], str]

_INHERITED = {"form": "name-form", "delimiter": "name-delimiter"}
_LETTERS = re.compile("[-0-9a-zA-Z\u00c0-\u017f\u0218-\u021b\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u1f00-\u1fff]")
_JOINING = ("’", "'", "-", " ")


@dataclass(frozen=True, slots=True)
class NameForm:
    """How names are written in one place of a style: the options of cs:name, of what is around it, and its parts."""

    options: Mapping[str, str]
    around: Mapping[str, str]
    attributes: Mapping[str, str]
    parts: Mapping[str, Mapping[str, str]]
    et_al: Mapping[str, str]
    sorts_particle: bool
    """Whether the particle that belongs to a family name goes after the given name («Gogh, V. van»)."""
    hyphenates: bool

    def option(self, name: str, default: str = "") -> str:
        """What is said of something, by the name of the option."""
        return self.options.get(name, default)

    def number(self, name: str, default: int = 0) -> int:
        """What is said of a number."""
        text = self.options.get(name, "")
        return int(text) if text.isdecimal() else default


def name_form(names: Element, area: Element) -> NameForm:
    """How a cs:names element in the citation or the list (`area`) writes its names."""
    root = area.getparent()
    name, et_al = names.find(f"{NAMESPACE}name"), names.find(f"{NAMESPACE}et-al")
    own = {} if name is None else dict(name.attrib)
    inherited = {_short(key): value for element in (root, area) for key, value in element.attrib.items()}
    parts = () if name is None else name.findall(f"{NAMESPACE}name-part")
    return NameForm(
        inherited | own,
        inherited,
        own,
        {part.get("name"): dict(part.attrib) for part in parts},
        {} if et_al is None else dict(et_al.attrib),
        root.get("demote-non-dropping-particle", "display-and-sort") == "display-and-sort",
        root.get("initialize-with-hyphen") != "false",
    )


def _short(option: str) -> str:
    return next((short for short, long in _INHERITED.items() if long == option), option)


def written_names(names: Sequence[Name], form: NameForm, locale: CslLocale, typeset: Typeset) -> str:
    """The names as one text, marked as `richtext` marks it."""
    least, first = form.number("et-al-min"), form.number("et-al-use-first", 1)
    shortened = bool(least) and len(names) >= least and first < len(names)
    shown = names[:first] if shortened else names
    made = [_written(name, form, typeset, at) for at, name in enumerate(shown)]
    if shortened and form.option("et-al-use-last") == "true" and len(names) - first > 1:
        last = _written(names[-1], form, typeset, len(names) - 1)
        text = "".join(f"{name}{_delimiter(form)}" for name in made) + "… " + last
    elif shortened:
        text = _with_et_al(made, form, locale)
    else:
        institution = "literal" in names[-1] and names[-1].get("is") != "person" if names else False
        text = _joined(made, form, locale, inverted=_inverts(form, len(made) - 2), institution=institution)
    return _affixed(richtext.formatted(text, form.attributes), form.attributes)


def name_count(names: Sequence[Name], form: NameForm) -> int:
    """How many names are written (`form="count"`)."""
    shortened = form.number("et-al-min") and len(names) >= form.number("et-al-min")
    return min(len(names), form.number("et-al-use-first", 1)) if shortened else len(names)


def _affixed(text: str, attributes: Mapping[str, str]) -> str:
    return f"{attributes.get('prefix', '')}{text}{attributes.get('suffix', '')}" if text else ""


# ------------------------------------------------------------------------------------------------------------- joining


def _delimiter(form: NameForm) -> str:
    return form.option("delimiter", ", ")


def _joined(made: Sequence[str], form: NameForm, locale: CslLocale, *, inverted: bool, institution: bool) -> str:
    """«Dahl, Eng og Gran».

    Before an institution, citeproc-js hears what is said of delimiters around cs:name only.
    """
    delimiter, conjunction = _delimiter(form), _conjunction(form, locale)
    if len(made) < 2 or not conjunction:
        return delimiter.join(made)
    several = len(made) > 2
    rules = form.around if institution else form.options
    precedes = _precedes(rules.get("delimiter-precedes-last", "contextual"), several=several, inverted=inverted)
    return delimiter.join(made[:-1]) + (delimiter if precedes else " ") + f"{conjunction} {made[-1]}"


def _conjunction(form: NameForm, locale: CslLocale) -> str:
    match form.option("and"):
        case "text":
            return locale.text("and")
        case "symbol":
            return "&"
    return ""


def _with_et_al(made: Sequence[str], form: NameForm, locale: CslLocale) -> str:
    term = richtext.formatted(locale.text(form.et_al.get("term", "et-al")), form.et_al)
    if not made or not term:
        return _delimiter(form).join(made)
    rule = form.option("delimiter-precedes-et-al", "contextual")
    precedes = _precedes(rule, several=len(made) > 1, inverted=_inverts(form, len(made) - 1))
    return _delimiter(form).join(made) + (_delimiter(form) if precedes else " ") + _affixed(term, form.et_al)


def _precedes(rule: str, *, several: bool, inverted: bool) -> bool:
    match rule:
        case "always":
            return True
        case "never":
            return False
        case "after-inverted-name":
            return inverted
    return several


def _inverts(form: NameForm, at: int) -> bool:
    rule = form.option("name-as-sort-order")
    return rule == "all" or (rule == "first" and at == 0)


# ------------------------------------------------------------------------------------------------------------ one name


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of one name as they are written, in no order yet."""

    family: str
    particle: str
    given: str
    dropping: str
    suffix: str


def _parts(name: Name, form: NameForm, typeset: Typeset) -> _Parts:
    family, particle = (
        _part(name.get(key, ""), "family", form, typeset) for key in ("family", "non-dropping-particle")
    )
    if form.option("form", "long") != "long":
        return _Parts(family, particle, "", "", "")
    given = _part(_given(name, form), "given", form, typeset)
    dropping = _part(name.get("dropping-particle", ""), "given", form, typeset)
    return _Parts(family, particle, given, dropping, typeset(_suffix(name, form)))


def _written(name: Name, form: NameForm, typeset: Typeset, at: int) -> str:
    """One name: «Tiller, K.», «K. Tiller», «Tiller», or what it is called."""
    if "literal" in name:
        return _part(name["literal"], "family", form, typeset)
    name = with_particles(name)
    parts = _parts(name, form, typeset)
    if not _LETTERS.search(name.get("family", "")):
        return parts.particle + parts.family + parts.given
    if name.get("static-ordering"):
        return _spaced(parts.particle, parts.family, parts.given)
    return _inverted(parts, form) if _inverts(form, at) else _plain(parts, name, form)


def _inverted(parts: _Parts, form: NameForm) -> str:
    family, given = parts.family, _spaced(parts.given, parts.dropping)
    if form.sorts_particle:
        given = _spaced(given, parts.particle)
    else:
        family = _touching(parts.particle, family)
    ordered = (_surrounded(family, "family", form), _surrounded(given, "given", form), parts.suffix)
    return form.option("sort-separator", ", ").join(filter(None, ordered))


def _plain(parts: _Parts, name: Name, form: NameForm) -> str:
    family, dropping = parts.family, parts.dropping
    if dropping and not parts.particle and dropping[-1] in _JOINING[:3]:
        family, dropping = dropping + family, ""
    family = _spaced(dropping, _touching(parts.particle, family))
    family = (", " if name.get("comma-suffix") else " ").join(filter(None, (family, parts.suffix)))
    return _spaced(_surrounded(parts.given, "given", form), _surrounded(family, "family", form))


def _given(name: Name, form: NameForm) -> str:
    given, mark = name.get("given", ""), form.options.get("initialize-with")
    if not given or mark is None or not name.get("family"):
        return given
    return initialized(given, mark, whole=form.option("initialize") == "false", hyphenates=form.hyphenates)


def _suffix(name: Name, form: NameForm) -> str:
    suffix, mark = name.get("suffix", ""), form.options.get("initialize-with")
    return initialized(suffix, mark, whole=True) if suffix and mark is not None else suffix


def _spaced(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _touching(particle: str, family: str) -> str:
    """«d’Ormesson», «van Gogh»."""
    return particle + family if particle.endswith(_JOINING) else _spaced(particle, family)


def _part(text: str, which: str, form: NameForm, typeset: Typeset) -> str:
    attributes = form.parts.get(which, {})
    return richtext.formatted(cased(attributes.get("text-case"), typeset(text)), attributes) if text else ""


def _surrounded(text: str, which: str, form: NameForm) -> str:
    return _affixed(text, form.parts.get(which, {}))
