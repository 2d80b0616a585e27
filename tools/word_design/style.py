"""One style, and how it is written."""

from dataclasses import dataclass, field
from typing import Any

from word_design.formats import Paragraph, Run
from word_design.xml import Element, w


@dataclass(frozen=True)
class Style:
    """A style of word/styles.xml. Without `custom` it is one of Word's own, known by its name in every language."""

    identifier: str
    name: str
    paragraph: Paragraph = field(default_factory=Paragraph)
    run: Run = field(default_factory=Run)
    kind: str = "paragraph"
    based_on: str | None = "Normal"
    next: str | None = None
    link: str | None = None
    priority: int | None = None
    hidden_until_used: bool = False
    gallery: bool = False
    custom: bool = False
    default: bool = False
    table: tuple[Element, ...] = ()

    def element(self) -> Element:
        """`w:style`."""
        flags = {"default": self.default, "customStyle": self.custom}
        on = {name: "1" for name, value in flags.items() if value}
        return w("style", *self._description(), *self._look(), type=self.kind, styleId=self.identifier, **on)

    def _description(self) -> list[Element | None]:
        return [
            w("name", val=self.name),
            w("basedOn", val=self.based_on) if self.based_on else None,
            w("next", val=self.next) if self.next else None,
            w("link", val=self.link) if self.link else None,
            w("uiPriority", val=self.priority) if self.priority is not None else None,
            w("semiHidden") if self.hidden_until_used else None,
            w("unhideWhenUsed") if self.hidden_until_used else None,
            w("qFormat") if self.gallery else None,
        ]

    def _look(self) -> list[Element | None]:
        return [self.paragraph.element(), self.run.element(), *self.table]


_PLAIN, _BLACK = Paragraph(), Run()


def builtin(
    identifier: str, name: str, paragraph: Paragraph = _PLAIN, run: Run = _BLACK, *, hidden: bool = False, **more: Any
) -> Style:
    """One of Word's own styles for paragraphs; a hidden one is shown when it is first used."""
    return Style(identifier, name, paragraph, run, hidden_until_used=hidden, **more)


def custom(identifier: str, name: str, paragraph: Paragraph, run: Run = _BLACK, **more: Any) -> Style:
    """A style for paragraphs that Word does not know, among the ones it shows first."""
    return Style(identifier, name, paragraph, run, custom=True, priority=1, **more)


def character(identifier: str, name: str, run: Run = _BLACK, *, hidden: bool = False, **more: Any) -> Style:
    """A style for characters."""
    settings: dict[str, Any] = {"based_on": "DefaultParagraphFont", "hidden_until_used": hidden} | more
    return Style(identifier, name, run=run, kind="character", **settings)
