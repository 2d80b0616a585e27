"""What a paragraph and its characters look like, in the order that the schema of WordprocessingML wants."""

from dataclasses import dataclass

from word_design.xml import Element, w

MAJOR = "major"  # the theme's font for headings, tables and captions
MINOR = "minor"  # the theme's font for running text


@dataclass(frozen=True)
class Rule:
    """A rule beside or around a paragraph: thickness in eighths of a point, distance to the text in points."""

    size: int
    colour: str
    space: int = 0

    def element(self, side: str) -> Element:
        return w(side, val="single", sz=self.size, space=self.space, color=self.colour)


@dataclass(frozen=True)
class Tab:
    """A tab stop, in twips from the left margin."""

    kind: str
    position: int
    leader: str = "none"

    def element(self) -> Element:
        return w("tab", val=self.kind, leader=self.leader, pos=self.position)


@dataclass(frozen=True)
class Paragraph:
    """What a style says of paragraphs; None is what the style it is based on says."""

    before: int | None = None
    after: int | None = None
    line: int | None = None
    rule: str = "exact"
    left: int | None = None
    right: int | None = None
    hanging: int | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    page_break_before: bool | None = None
    widow_control: bool | None = None
    borders: tuple[tuple[str, Rule], ...] = ()
    shade: str | None = None
    tabs: tuple[Tab, ...] = ()
    outline: int | None = None
    align: str | None = None

    def element(self) -> Element | None:
        children = [
            _toggle("keepNext", self.keep_next),
            _toggle("keepLines", self.keep_lines),
            _toggle("pageBreakBefore", self.page_break_before),
            _toggle("widowControl", self.widow_control),
            w("pBdr", *(rule.element(side) for side, rule in self.borders)) if self.borders else None,
            w("shd", val="clear", color="auto", fill=self.shade) if self.shade else None,
            w("tabs", *(tab.element() for tab in self.tabs)) if self.tabs else None,
            self._spacing(),
            _present("ind", left=self.left, right=self.right, hanging=self.hanging),
            _present("jc", val=self.align),
            _present("outlineLvl", val=self.outline),
        ]
        return w("pPr", *children) if any(child is not None for child in children) else None

    def _spacing(self) -> Element | None:
        rule = self.rule if self.line is not None else None
        return _present("spacing", before=self.before, after=self.after, line=self.line, lineRule=rule)


@dataclass(frozen=True)
class Run:
    """What a style says of characters; None is what the style it is based on says."""

    font: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    theme_colour: str | None = None
    size: int | None = None
    underline: str | None = None
    shade: str | None = None
    position: str | None = None
    language: str | None = None

    def element(self) -> Element | None:
        children = [
            _fonts(self.font),
            _toggle("b", self.bold),
            _toggle("bCs", self.bold),
            _toggle("i", self.italic),
            _toggle("iCs", self.italic),
            _present("color", val=self.colour, themeColor=self.theme_colour),
            _present("sz", val=self.size),
            _present("szCs", val=self.size),
            _present("u", val=self.underline),
            w("shd", val="clear", color="auto", fill=self.shade) if self.shade else None,
            _present("vertAlign", val=self.position),
            w("lang", val=self.language, eastAsia="en-US", bidi="ar-SA") if self.language else None,
        ]
        return w("rPr", *children) if any(child is not None for child in children) else None


def _fonts(font: str | None) -> Element | None:
    if font is None:
        return None
    return w(
        "rFonts",
        asciiTheme=f"{font}HAnsi",
        eastAsiaTheme=f"{font}EastAsia",
        hAnsiTheme=f"{font}HAnsi",
        cstheme=f"{font}Bidi",
    )


def _toggle(tag: str, value: bool | None) -> Element | None:
    if value is None:
        return None
    return w(tag) if value else w(tag, val=0)


def _present(tag: str, **attributes: str | int | None) -> Element | None:
    """The element with the attributes that are given, or nothing when none is."""
    given = {name: value for name, value in attributes.items() if value is not None}
    return w(tag, **given) if given else None
