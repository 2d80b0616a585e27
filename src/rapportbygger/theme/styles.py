"""styles.xml of a Word template: what each style says, and what follows when its ancestors are heard too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rapportbygger.theme.properties import (
    DEFAULTS,
    Element,
    Properties,
    ThemeFonts,
    W,
    child,
    inherit,
    paragraph_properties,
    run_properties,
    theme_fonts,
    value,
)


@dataclass(frozen=True, slots=True, eq=False)
class StyleSheet:
    """The styles by their id, and what holds where no style says anything."""

    by_id: Mapping[str, Element]
    base: Properties
    fonts: ThemeFonts
    _said: dict[str, Properties] = field(default_factory=dict)

    def effective(self, style_id: str) -> Properties:
        """Document defaults, then the basedOn chain from its root, then the style (§17.7.2)."""
        return inherit(self.base, self.own(style_id))

    def own(self, style_id: str) -> Properties:
        """What the style and its ancestors say, without the document's defaults."""
        if style_id not in self._said:
            self._said[style_id] = self._own(style_id)
        return self._said[style_id]

    def _own(self, style_id: str) -> Properties:
        out: Properties = {}
        for style in reversed(list(self.chain(style_id))):
            out = inherit(out, paragraph_properties(child(style, "pPr"), self.fonts))
            out = inherit(out, run_properties(child(style, "rPr"), self.fonts))
        return out

    def chain(self, style_id: str) -> Iterator[Element]:
        """The style, then what it is based on, one after the other."""
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            yield self.by_id[style_id]
            style_id = value(child(self.by_id[style_id], "basedOn"))

    def named(self, kind: str) -> Iterator[tuple[str, str]]:
        """(name in small letters, id) of every style of a kind: paragraph, character, table."""
        for style_id, style in self.by_id.items():
            if value(style, "type") == kind:
                yield value(child(style, "name")).casefold(), style_id

    def default(self, kind: str = "paragraph") -> str:
        """The id of the style of a kind that holds where none is named."""
        for style_id, style in self.by_id.items():
            if value(style, "type") == kind and value(style, "default") in ("1", "true", "on"):
                return style_id
        return ""


def style_sheet(styles: Element, theme: Element | None) -> StyleSheet:
    """The styles of styles.xml, with the fonts of theme1.xml."""
    fonts = theme_fonts(theme)
    base = inherit(DEFAULTS, paragraph_properties(child(styles, "docDefaults/pPrDefault/pPr"), fonts))
    base = inherit(base, run_properties(child(styles, "docDefaults/rPrDefault/rPr"), fonts))
    return StyleSheet({value(style, "styleId"): style for style in styles.findall(W + "style")}, base, fonts)
