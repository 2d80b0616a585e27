"""What stands in for missing names (CSL 1.0.2, substitute): chosen for each reference, and not written again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from rapportbygger.resolve.citations.csl import NAMESPACE, Element

STANDING_IN = "standing-in:"
"""Begins the names of macros and variables that are used where something stands in for names."""


def separated(root: Element) -> None:
    """Give what stands in for names its own variables and macros, so that the same can be left out elsewhere."""
    macros = {macro.get("name"): macro for macro in root.findall(f"{NAMESPACE}macro")}
    for substitute in list(root.iter(f"{NAMESPACE}substitute")):
        _separate(substitute, macros)


def _separate(element: Element, macros: dict[str, Element]) -> None:
    for text in list(element.iter(f"{NAMESPACE}text")):
        name, variable = text.get("macro"), text.get("variable")
        if name in macros and not name.startswith(STANDING_IN):
            text.set("macro", STANDING_IN + name)
            if STANDING_IN + name not in macros:
                copy = macros[STANDING_IN + name] = deepcopy(macros[name])
                copy.set("name", STANDING_IN + name)
                macros[name].addnext(copy)
                _separate(copy, macros)
        elif variable and not variable.startswith(STANDING_IN):
            text.set("variable", STANDING_IN + variable)


_NAMES, _SUBSTITUTE = f"{NAMESPACE}names", f"{NAMESPACE}substitute"


def flattened(root: Element) -> None:
    """Let what stands in for names that stand in for others stand beside them."""
    for inner in [one for one in root.iter(_SUBSTITUTE) if one.getparent().getparent().tag == _SUBSTITUTE]:
        names = inner.getparent()
        names.remove(inner)
        for child in reversed(list(inner)):
            if child.tag == _NAMES and child.find(f"{NAMESPACE}name") is None:
                child[:] = [deepcopy(one) for one in names]
            names.addnext(child)


def standing_in(root: Element) -> frozenset[Element]:
    """The elements that write what stands in for names."""
    macros = [macro for macro in root.iter(f"{NAMESPACE}macro") if macro.get("name").startswith(STANDING_IN)]
    return frozenset(one for place in (*macros, *root.iter(f"{NAMESPACE}substitute")) for one in place.iter())


@dataclass(frozen=True, slots=True)
class Substitution:
    """The choice that a cs:names with cs:substitute became: the variable with names, and by flag what stands in."""

    choice: Element
    names: str
    others: tuple[tuple[str, Element], ...]


@dataclass(slots=True)
class Reading:
    """Goes through a layout of a prepared style as citeproc-py will for one reference, of a type, with variables."""

    macros: Mapping[str, Element]
    kind: str
    made: Mapping[str, str]
    substitutions: Mapping[Element, Substitution] = field(default_factory=dict)

    def met(self, element: Element) -> Iterator[Substitution]:
        """The substitutions on the way, each before what follows from it."""
        if found := self.substitutions.get(element):
            yield found
        for child in self._inside(element):
            yield from self.met(child)

    def chosen(self, substitution: Substitution) -> tuple[str, Element] | None:
        """The first that writes something, where there are no names."""
        if substitution.names in self.made:
            return None
        return next(((flag, other) for flag, other in substitution.others if self._writes(other)), None)

    def variables(self, element: Element) -> Iterator[str]:
        """Every variable that an element writes."""
        if element.tag == f"{NAMESPACE}text" and (variable := element.get("variable")):
            yield variable
        for child in self._inside(element):
            yield from self.variables(child)

    def _inside(self, element: Element) -> Iterable[Element]:
        """What is gone through in an element: of a choice the branch that holds, of a call its macro."""
        if element.tag == f"{NAMESPACE}choose":
            found: Iterable[Element] = next((branch for branch in element if self._holds(branch)), ())
            return found
        name = element.get("macro")
        called: Iterable[Element] = self.macros.get(name, ()) if name else element
        return called

    def _writes(self, element: Element) -> bool:
        if element.tag == f"{NAMESPACE}text" and element.get("macro") is None:
            variable = element.get("variable")
            return bool(element.get("value")) if variable is None else self._is_given(variable, element)
        grouped = element.tag == f"{NAMESPACE}group"
        return any(
            self._writes(child) for child in self._inside(element) if not (grouped and child.get("value") is not None)
        )

    def _is_given(self, variable: str, element: Element) -> bool:
        return variable in self.made or (element.get("form") == "short" and f"{variable}-short" in self.made)

    def _holds(self, branch: Element) -> bool:
        if branch.tag == f"{NAMESPACE}else":
            return True
        results = [one == self.kind for one in branch.get("type", "").split()]
        results += [name in self.made for name in branch.get("variable", "").split()]
        match branch.get("match", "all"):
            case "any":
                return any(results)
            case "none":
                return not any(results)
        return all(results)
