"""Runs of a paragraph in their order, with the fields that they are the results of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rapportbygger.theme.markup import MC, W
from rapportbygger.theme.properties import Element, child, value

_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_CLOSED = frozenset(
    {
        *(W + name for name in ("drawing", "pict", "object", "del", "moveFrom", "pPr", "sdtPr", "sdtEndPr")),
        MC + "AlternateContent",
    }
)
"""What has text in it that is not the paragraph's own."""


@dataclass(frozen=True, slots=True)
class Live:
    """A field that the PDF works out itself: its kind (see `look.Piece`), and its form or level."""

    kind: str
    text: str = ""


def live(instruction: str) -> Live | None:
    """What a field's instruction asks for, where it is known (§17.16.5); others show the result that they have."""
    words = instruction.replace('"', " ").split()
    name = words[0].upper() if words else ""
    if name in _PAGES:
        forms = [words[i + 1] for i, word in enumerate(words[:-1]) if word == "\\*"]
        return Live(name, next((form for form in forms if form.casefold() not in _NO_FORMS), ""))
    if name == "STYLEREF" and len(words) > 1 and (level := heading_level(words[1:])):
        return Live("HEADING", str(level))
    if name == "TITLE" or (name == "STYLEREF" and words[1:2] in (["Title"], ["Tittel"])):
        return Live("TITLE")
    return None


_CHANGING = (
    "DATE",
    "TIME",
    "SAVEDATE",
    "PRINTDATE",
    "FILENAME",
    "FILESIZE",
    "USERNAME",
    "SECTION",
    "DOCPROPERTY",
    "IF",
)


def lost_field(instruction: str) -> str:
    """The name of a field that Word works out anew and the PDF does not, else ""."""
    name = (instruction.split() or [""])[0].upper()
    return name if name in _CHANGING or (name == "STYLEREF" and live(instruction) is None) else ""


_NO_FORMS = ("mergeformat", "charformat")


def heading_level(words: list[str]) -> int:
    """The level of «Heading 1», «Overskrift 1» or just «1»; 0 for another style, or for a heading's number (\\n)."""
    forms = [i + 1 for i, word in enumerate(words) if word == "\\*"]
    named = [word for i, word in enumerate(words) if not word.startswith("\\") and i not in forms]
    if any(word[1:2] in ("n", "r", "w", "s", "p") for word in words if word.startswith("\\")):
        return 0
    level = named[-1] if named and named[0].casefold() in ("heading", "overskrift", named[-1]) else ""
    return int(level) if level.isdigit() and len(level) == 1 else 0


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    found: Live | None = None
    result: bool = False


@dataclass(slots=True)
class _Reading:
    """How deep in fields a run stands."""

    fields: list[_Field] = field(default_factory=list)

    @property
    def shown(self) -> bool:
        """Whether runs here are text: in the results of fields that are not worked out anew."""
        return all(each.result and each.found is None for each in self.fields)

    def mark(self, kind: str) -> Live | None:
        """The field that begins to show its result here."""
        if kind == "begin":
            self.fields.append(_Field())
        elif kind in ("separate", "end") and self.fields:
            last, begun = self.fields[-1], not self.fields[-1].result
            if begun:
                last.result, last.found = True, live(last.instruction)
            if kind == "end":
                self.fields.pop()
            return last.found if begun and all(each.found is None for each in self.fields[:-1]) else None
        return None


def runs(paragraph: Element) -> Iterator[tuple[Element, Live | None]]:
    """Each run that shows something, with the field that it stands for, if it is one that is worked out."""
    reading = _Reading()
    for run in _own_runs(paragraph):
        simple = run.getparent()
        if simple is not None and simple.tag == W + "fldSimple" and (found := live(value(simple, "instr"))):
            if run is simple.find(W + "r"):
                yield run, found
            continue
        marks = [value(mark, "fldCharType") for mark in run.findall(W + "fldChar")]
        if reading.fields and not reading.fields[-1].result:
            reading.fields[-1].instruction += "".join(text.text or "" for text in run.iter(W + "instrText"))
        begun = [field for kind in marks if (field := reading.mark(kind)) is not None]
        if begun:
            yield run, begun[0]
        elif not marks and reading.shown and child(run, "instrText") is None:
            yield run, None


def _own_runs(element: Element) -> Iterator[Element]:
    """The runs of a paragraph itself, also in links and content controls, but not those in a text box of its."""
    for inner in element:
        if inner.tag == W + "r":
            yield inner
        elif inner.tag not in _CLOSED:
            yield from _own_runs(inner)
