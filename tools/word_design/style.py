"""One style, and how it is written."""

from dataclasses import dataclass, field

from word_design.formats import Paragraph, Run
from word_design.xml import Element, w


@dataclass(frozen=True)
class Style:
    """A style of word/styles.xml. Without `custom` it is one of Word's own, known by its name in every language."""

    identifier: str
    name: str
    based_on: str | None = "Normal"
    next: str | None = None
    link: str | None = None
    kind: str = "paragraph"
    priority: int | None = None
    hidden: bool = False
    hidden_until_used: bool = False
    gallery: bool = False
    custom: bool = False
    default: bool = False
    paragraph: Paragraph = field(default_factory=Paragraph)
    run: Run = field(default_factory=Run)
    table: tuple[Element, ...] = ()

    def element(self) -> Element:
        found = w("style", type=self.kind, **self._flags(), styleId=self.identifier)
        found.extend(child for child in (*self._description(), *self._look()) if child is not None)
        return found

    def _flags(self) -> dict[str, str]:
        flags = {"default": self.default, "customStyle": self.custom}
        return {name: "1" for name, on in flags.items() if on}

    def _description(self) -> list[Element | None]:
        return [
            w("name", val=self.name),
            w("basedOn", val=self.based_on) if self.based_on else None,
            w("next", val=self.next) if self.next else None,
            w("link", val=self.link) if self.link else None,
            w("uiPriority", val=self.priority) if self.priority is not None else None,
            w("semiHidden") if self.hidden or self.hidden_until_used else None,
            w("unhideWhenUsed") if self.hidden_until_used else None,
            w("qFormat") if self.gallery else None,
        ]

    def _look(self) -> list[Element | None]:
        return [self.paragraph.element(), self.run.element(), *self.table]
