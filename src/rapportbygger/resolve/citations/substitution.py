"""What stands in for missing names (CSL 1.0.2, substitute): chosen for each reference, and not written again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from rapportbygger.resolve.citations.csl import NAMESPACE, Element

STANDING_IN = "standing-in:"
"""Begins the names of macros and variables that are used where something stands in for names."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """The variable with names, and what may stand in for them, by the flag that chooses it."""

    names: str
    others: tuple[tuple[str, Element], ...]

    def chosen(self, made: Mapping[str, str], kind: str) -> tuple[str, Element] | None:
        """The first that writes something, where there are no names."""
        if self.names in made:
            return None
        return next(((flag, other) for flag, other in self.others if _writes(other, made, kind)), None)


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


def standing_in(root: Element) -> frozenset[Element]:
    """The elements that write what stands in for names."""
    macros = [macro for macro in root.iter(f"{NAMESPACE}macro") if macro.get("name").startswith(STANDING_IN)]
    return frozenset(one for place in (*macros, *root.iter(f"{NAMESPACE}substitute")) for one in place.iter())


def variables_in(element: Element, made: Mapping[str, str], kind: str) -> Iterator[str]:
    """Every variable an element of a prepared style writes of a reference, also through its macros."""
    if element.tag == f"{NAMESPACE}choose":
        branch = next((one for one in element if _holds(one, made, kind)), ())
        inside = list(branch)
    elif name := element.get("macro"):
        inside = list(_macro(element, name))
    else:
        inside = list(element)
    if element.tag == f"{NAMESPACE}text" and (variable := element.get("variable")):
        yield variable
    for child in inside:
        yield from variables_in(child, made, kind)


def _macro(element: Element, name: str) -> Element:
    root = element.getroottree().getroot()
    return next(macro for macro in root.iterfind(f"{NAMESPACE}macro") if macro.get("name") == name)


def _writes(element: Element, made: Mapping[str, str], kind: str) -> bool:
    """Whether an element of a prepared style writes something."""
    tag = element.tag.removeprefix(NAMESPACE)
    if tag == "text":
        if name := element.get("macro"):
            return _writes(_macro(element, name), made, kind)
        variable = element.get("variable")
        return bool(element.get("value")) if variable is None else _is_given(variable, element, made)
    if tag == "choose":
        branch = next((one for one in element if _holds(one, made, kind)), None)
        return branch is not None and _any(branch, made, kind)
    return _any(element, made, kind)


def _is_given(variable: str, element: Element, made: Mapping[str, str]) -> bool:
    return variable in made or (element.get("form") == "short" and f"{variable}-short" in made)


def _any(element: Element, made: Mapping[str, str], kind: str) -> bool:
    """Whether a child writes something; in a group, one that writes a variable."""
    grouped = element.tag == f"{NAMESPACE}group"
    return any(_writes(child, made, kind) for child in element if not (grouped and child.get("value") is not None))


def _holds(branch: Element, made: Mapping[str, str], kind: str) -> bool:
    if branch.tag == f"{NAMESPACE}else":
        return True
    results = [one == kind for one in branch.get("type", "").split()]
    results += [name in made for name in branch.get("variable", "").split()]
    match branch.get("match", "all"):
        case "any":
            return any(results)
        case "none":
            return not any(results)
    return all(results)
