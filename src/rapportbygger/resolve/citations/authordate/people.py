"""Who shares a name with whom among those that are cited, and how much of a given name it takes to tell them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapportbygger.resolve.citations.authordate.cited_names import Given, level
from rapportbygger.resolve.citations.authordate.style import AuthorDateStyle
from rapportbygger.resolve.citations.reference.initials import initials_alone
from rapportbygger.resolve.citations.reference.items import Name
from rapportbygger.resolve.citations.reference.name_lists import NameForm


class People:
    """Who shares a family name, and who initials too. Of the later names only some rules ask."""

    def __init__(self, style: AuthorDateStyle) -> None:
        self._adds = style.adds_given
        self._rule = style.rule
        self._by_family: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def meet(self, names: Iterable[Name]) -> None:
        """Count in the names of one list."""
        for at, name in enumerate(names):
            initials = _initials(name)
            if initials and not (at and self._rule.startswith("primary-name")):
                self._by_family[_family(name)][initials].add(_spaced(name.get("given", "")))

    def level(self, name: Name, at: int, form: NameForm, wanted: int = 0) -> int:
        """How much of the given name it takes to know the person."""
        usual = int(level(form))
        namesakes = self._by_family.get(_family(name), {})
        if "literal" in name or not self._adds or _initials(name) not in namesakes:
            return max(usual, wanted) if self._rule == "by-cite" or not name.get("given") else usual
        if self._rule == "by-cite":
            spelled = wanted == Given.INITIALS and "initialize-with" not in form.options
            return max(usual, Given.ALL if spelled else wanted)
        if at and self._rule.startswith("primary-name"):
            return usual
        if self._rule.endswith("-with-initials"):
            return max(usual, Given.INITIALS) if len(namesakes) > 1 else usual
        return self._full(name, namesakes, form, usual)

    def _full(self, name: Name, namesakes: Mapping[str, set[str]], form: NameForm, usual: int) -> int:
        several = len(namesakes) > 1
        if len(namesakes[_initials(name)]) > 1 or (several and "initialize-with" not in form.options):
            return Given.ALL
        return max(usual, Given.INITIALS) if several else usual


def _family(name: Name) -> str:
    return " ".join(filter(None, (_spaced(name.get("family", "")), name.get("non-dropping-particle"))))


def _initials(name: Name) -> str:
    return initials_alone(_spaced(name.get("given", ""))) if "literal" not in name else ""


def _spaced(text: str) -> str:
    return " ".join(text.replace(".", " ").split())
