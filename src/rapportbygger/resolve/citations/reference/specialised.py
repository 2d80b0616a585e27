"""A style's layouts cut to what one kind of reference needs: conditions decided, macros in their places, no dead ends.

citeproc-py writes the same with them, in a fraction of the time. That needs its own rule for groups, which are silent
where they call variables and none of them is there: it asks every element whether it `calls_variable`, and a `choose`
answers for the branches that do not hold too. So an element that would answer otherwise once it is cut is put in a
`choose` that answers as it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from rapportbygger.resolve.citations.csl import NAMESPACE, Element

_AFFIXES_AND_FONTS = frozenset(
    ("prefix", "suffix", "font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")
)
_TESTS = frozenset(("type", "variable", "is-numeric", "is-uncertain-date", "match"))
_CALLING = frozenset(("date", "group", "names", "number"))
_NO_VARIABLES = frozenset(("id", "key", "type"))
_ASKING = ("variable", "is-numeric", "is-uncertain-date")
_NEVER = "never"
"""A type that no reference has."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a style can ask of a reference: its type, and which variables are there (`locator` with a citation)."""

    type: str
    variables: frozenset[str]


class Cut:
    """Cuts the layouts of one style as citeproc-py has parsed it. The style itself is not changed."""

    def __init__(self, root: Element) -> None:
        self._macros = {macro.get("name"): macro for macro in root.findall(f"{NAMESPACE}macro")}
        self._named = _named(root)
        self._known: dict[Element, bool] = {}

    def shape(self, type_: str, names: Iterable[str]) -> Shape:
        """The shape of a reference with some variables: those that the style does not name make no difference."""
        there = {name.replace("_", "-") for name in names}
        return Shape(type_, (self._named & there) - _NO_VARIABLES)

    def forget(self) -> None:
        """Let go of what was found out of elements."""
        self._known.clear()

    def content(self, parent: Element, shape: Shape) -> list[Element]:
        """What stands in a layout, macro or branch for references of a shape; they are new elements."""
        return [piece for child in parent for piece in self._pieces(child, shape)]

    def _pieces(self, element: Element, shape: Shape) -> list[Element]:
        kind = _kind(element)
        if kind == "choose":
            return self._chosen(element, shape)
        if kind == "group":
            return self._group(element, shape)
        if kind == "text" and element.get("macro") is not None:
            return self._called(element, shape)
        return [deepcopy(element)] if _lives(element, kind, shape) else []

    # ------------------------------------------------------------------------------------------------------ conditions

    def _chosen(self, choose: Element, shape: Shape) -> list[Element]:
        """The content of the branch that holds; what cannot be decided stays a choice."""
        left: list[tuple[Element, bool]] = []
        for branch in choose:
            holds = _holds(branch, shape)
            if holds is not False:
                left.append((branch, holds is True))
            if holds:
                break
        if left and left[0][1]:
            return self.content(left[0][0], shape)
        branches = [self._branch(branch, at, shape, decided=decided) for at, (branch, decided) in enumerate(left)]
        return [_filled(choose, "choose", {}, branches)] if any(len(branch) for branch in branches) else []

    def _branch(self, branch: Element, at: int, shape: Shape, *, decided: bool) -> Element:
        tag = "else" if decided else "else-if" if at else "if"
        return _filled(branch, tag, {} if decided else dict(branch.attrib), self.content(branch, shape))

    # ---------------------------------------------------------------------------------------------------------- groups

    def _group(self, group: Element, shape: Shape) -> list[Element]:
        content: list[Element] = []
        calls = answers = False
        for child in group:
            called, pieces = self._calls(child), self._pieces(child, shape)
            calls, answers = calls or called, answers or bool(called and pieces)
            content += pieces if all(self._calls(piece) == called for piece in pieces) else [_choice(pieces, called)]
        if not content or (calls and not answers):
            return []
        if len(content) == 1 and not _AFFIXES_AND_FONTS & set(group.keys()) and self._is_as_good_as_a_group(content[0]):
            return content
        return [_filled(group, "group", dict(group.attrib), content)]

    def _is_as_good_as_a_group(self, element: Element) -> bool:
        return _kind(element) != "choose" and self._calls(element)

    # ---------------------------------------------------------------------------------------------------------- macros

    def _called(self, text: Element, shape: Shape) -> list[Element]:
        """A macro in the place of its call; the call itself where the call does more to the text than a group can."""
        attributes = {name: value for name, value in text.attrib.items() if name != "macro"}
        macro = self._macros[text.get("macro")]
        content = self.content(macro, shape)
        if len(content) == 1 and not attributes and _kind(content[0]) != "choose":
            return content
        if not content:
            return []
        if not attributes.keys() <= _AFFIXES_AND_FONTS or not self._calls(macro):
            return [deepcopy(text)]
        inner = content if all(self._calls(piece) for piece in content) else [_choice(content, True)]
        return [_filled(text, "group", attributes, inner)]

    # ------------------------------------------------------------------------------------------------- calls_variable

    def _calls(self, element: Element) -> bool:
        """What citeproc-py's `calls_variable` says of an element."""
        if element not in self._known:
            self._known[element] = self._asked(element)
        return self._known[element]

    def _asked(self, element: Element) -> bool:
        kind = _kind(element)
        if kind == "text" and element.get("variable") is not None:
            return bool(element.get("variable") != "year-suffix")
        if kind == "text":
            return element.get("macro") is not None and self._calls(self._macros[element.get("macro")])
        if kind == "label":
            return bool(element.get("variable") == "locator")
        return kind in _CALLING or any(self._calls(child) for child in element)


class Tailor:
    """Fits the layouts of a style that citeproc-py has parsed to one reference after the other.

    It keeps what it has cut for `most` kinds of references, and then begins anew.
    """

    def __init__(self, root: Element, most: int = 500) -> None:
        found = {name: root.find(f"{NAMESPACE}{name}/{NAMESPACE}layout") for name in ("citation", "bibliography")}
        self._layouts = {name: layout for name, layout in found.items() if layout is not None}
        self._whole = {name: deepcopy(layout) for name, layout in self._layouts.items()}
        self._cut = Cut(root)
        self._most = most
        self._made: dict[tuple[str, Shape], list[Element]] = {}
        self._worn: dict[str, Shape] = {}

    def fit(self, name: str, item: Mapping[str, Any]) -> None:
        """Cut the layout `name` (citation, bibliography) to a reference: its type, and the variables that it has."""
        shape = self._cut.shape(str(item["type"]), item)
        if self._worn.get(name) == shape:
            return
        if (name, shape) not in self._made:
            if len(self._made) >= self._most:
                self._made.clear()
                self._cut.forget()
            self._made[name, shape] = self._cut.content(self._whole[name], shape)
        self._layouts[name][:] = self._made[name, shape]
        self._worn[name] = shape


def _kind(element: Element) -> str:
    return str(element.tag).removeprefix(NAMESPACE)


def _named(root: Element) -> frozenset[str]:
    """Every variable that a style may ask for."""
    asked = (element.get(name, "") for element in root.iter() for name in _ASKING)
    names = {name for value in asked for name in value.split()}
    return frozenset(names | {f"{name}-short" for name in names} | {"page"})


def _holds(branch: Element, shape: Shape) -> bool | None:
    """Whether a branch is taken once it is reached; None where the shape does not tell."""
    if _kind(branch) == "else":
        return True
    found = list(_tested(branch, shape))
    match = branch.get("match")
    if match in ("any", "none"):
        some = True if True in found else None if None in found else False
        return some if match == "any" or some is None else not some
    return False if False in found else None if None in found else True


def _tested(branch: Element, shape: Shape) -> Iterator[bool | None]:
    for kind in branch.get("type", "").split():
        yield kind.lower() == shape.type
    for name in branch.get("variable", "").split():
        yield name in shape.variables
    for name in f"{branch.get('is-numeric', '')} {branch.get('is-uncertain-date', '')}".split():
        yield None if name in shape.variables else False
    if set(branch.keys()) - _TESTS:
        yield None


def _lives(element: Element, kind: str, shape: Shape) -> bool:
    """Whether an element can write anything."""
    names = element.get("variable", "").split()
    if kind == "names":
        return element.find(f"{NAMESPACE}substitute") is not None or not shape.variables.isdisjoint(names)
    if not names or (kind == "label" and names != ["locator"]) or names == ["citation-number"]:
        return True
    name = "page" if names[0] == "page-first" else names[0]
    return name in shape.variables or (element.get("form") == "short" and f"{name}-short" in shape.variables)


def _filled(like: Element, tag: str, attributes: dict[str, str], content: Iterable[Element]) -> Element:
    element = like.makeelement(f"{NAMESPACE}{tag}", attributes)
    element.extend(content)
    return element


def _choice(content: list[Element], calls: bool) -> Element:
    """The content in a `choose` that says of itself that it calls a variable, or does not."""
    like = content[0]
    never = _filled(like, "if", {"type": _NEVER}, [like.makeelement(f"{NAMESPACE}number", {"variable": _NEVER})])
    return _filled(like, "choose", {}, [*([never] if calls else []), _filled(like, "else", {}, content)])
