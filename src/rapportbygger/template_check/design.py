"""Notes about the styles of a Word template: those that are missing, and those that cannot do what they are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapportbygger.diagnostics import Diagnostic
from rapportbygger.messages import _
from rapportbygger.template_check.words import NORWEGIAN, info, style_name, warning
from rapportbygger.theme import Theme
from rapportbygger.theme.look import Look, Style
from rapportbygger.theme.properties import Element, W, child, value
from rapportbygger.theme.styles import style_sheet
from rapportbygger.write.docx.template_styles import IDS, contrast, name_of
from rapportbygger.write.pdf.story_height import body_margins

ENOUGH, ENOUGH_FOR_LARGE = 4.5, 3.0
"""The contrast of text with its ground (WCAG 2.1, 1.4.3); letters are large from 18 pt, bold ones from 14 pt."""
_LARGE, _LARGE_BOLD = 360, 280
_WHITE = "FFFFFF"
_DEEPEST = 4
_NEAR = 60  # twips: nobody sees that a tab stop is 1 mm from the edge
_LISTS = ("toc 1", "toc 2", "toc 3", "table of figures")
_LINES = (
    *("body text", "first paragraph", "compact", "block text", "caption", "footnote text", "table of figures"),
    *(f"{kind} {level}" for kind in ("heading", "toc") for level in range(1, 4)),
)


def notes(look: Theme, parts: Mapping[str, Element], whole: Element) -> Iterator[Diagnostic]:
    """Notes on styles. `parts` are the template's own, `whole` its styles with those that were missing."""
    styles = parts["word/styles.xml"]
    there = {name_of(style) for style in styles.findall(W + "style")}
    yield from _missing(there, whole)
    used = {
        name: style
        for name, style in look.styles.items()
        if name in there and _is_near(name) and _is_used(name, styles, parts)
    }
    yield from _contrasts(look, used, there)
    yield from _outlines(used)
    yield from _contents(look, styles)
    yield from _line_spacing(used)
    yield from _edges(look)


def _is_used(name: str, styles: Element, parts: Mapping[str, Element]) -> bool:
    """Whether a report uses the style, or the template itself."""
    if name in IDS:
        return True
    ids = {value(style, "styleId") for style in styles.findall(W + "style") if name_of(style) == name}
    return any(value(node) in ids for part in parts.values() for node in part.iter(W + "pStyle"))


def _missing(there: set[str], whole: Element) -> Iterator[Diagnostic]:
    """Styles that had to be made: what they are based on is what they look like."""
    names = {value(style, "styleId"): _shown(style) for style in whole.findall(W + "style")}
    needed = {name for name in IDS if _is_near(name)} - there
    made = [style for style in whole.findall(W + "style") if name_of(style) in needed]
    for style in made:
        if name_of(style) in NORWEGIAN:
            message = _("the style «{name}» is missing; one like «{other}» is used instead")
            hint = _("choose All styles in the Options of the pane Home > Styles, then modify it there")
            yield warning("template-style", message.format(name=_shown(style), other=_base(style, names)), hint)
    own = [_shown(style) for style in made if name_of(style) not in NORWEGIAN]
    if own:
        message = _("styles are missing; ones like the text around are used instead: {names}")
        hint = _("make those that are to look different with Home > Styles > New Style, under just these names")
        yield info("template-style", message.format(names=", ".join(own)), hint)


def _is_near(name: str) -> bool:
    """Whether a style is of no level, or of one that reports often have."""
    return not name[-1:].isdigit() or int(name[-1]) <= _DEEPEST


def _shown(style: Element) -> str:
    return style_name(value(child(style, "name")))


def _base(style: Element, names: Mapping[str, str]) -> str:
    return names.get(value(child(style, "basedOn")), "-")


def _contrasts(look: Theme, used: Mapping[str, Style], there: set[str]) -> Iterator[Diagnostic]:
    for name, style in used.items():
        yield from _contrast(name, style.look, style.shading or _WHITE)
    for name in ("hyperlink", "verbatim char"):
        if name in there and name in look.characters:
            yield from _contrast(name, look.characters[name], _WHITE)
    head = look.styles.get("compact|head")
    if head is not None:
        yield from _contrast(_("the header row of the style Table"), head.look, look.table.header_shading or _WHITE)


def _contrast(name: str, look: Look, ground: str) -> Iterator[Diagnostic]:
    ratio = contrast(look.color) / contrast(ground)
    ratio = max(ratio, 1 / ratio)
    large = look.size >= (_LARGE_BOLD if look.bold else _LARGE)
    wanted = ENOUGH_FOR_LARGE if large else ENOUGH
    if ratio < wanted:
        message = _("«{name}»: the contrast of #{text} on #{ground} is {ratio}:1, less than {wanted}:1")
        yield warning(
            "template-contrast",
            message.format(
                name=style_name(name), text=look.color, ground=ground, ratio=f"{ratio:.1f}", wanted=f"{wanted:g}"
            ),
            _("choose a darker colour: Home > Styles > Modify > Format > Font"),
        )


def _outlines(used: Mapping[str, Style]) -> Iterator[Diagnostic]:
    for level in range(1, _DEEPEST + 1):
        style = used.get(f"heading {level}")
        if style is not None and style.outline != level - 1:
            yield warning(
                "template-outline",
                _("«{name}» is not at outline level {level}").format(name=style_name(style.name), level=level),
                _("set it in Home > Styles > Modify > Format > Paragraph > Outline level"),
            )


def _contents(look: Theme, styles: Element) -> Iterator[Diagnostic]:
    """Tab stops for the pages in lists, as the template has them: reports have them at the text's right edge."""
    edge, hint = look.section.text_width, _("set it in Home > Styles > Modify > Format > Tabs")
    sheet = style_sheet(styles, None)
    for name, ident in sheet.named("paragraph"):
        tabs = sheet.effective(ident)["tabs"] if name in _LISTS else ()
        stops = [(position, leader) for kind, position, leader in tabs if kind in ("right", "end")]
        if stops and abs(stops[-1][0] - edge) > _NEAR:
            message = _(
                "«{name}»: the tab stop for the page is {far} cm from the right edge of the text, and is moved there"
            )
            far = f"{abs(stops[-1][0] - edge) / 567:.1f}"
            yield info("template-tab", message.format(name=style_name(name), far=far), hint)
        elif stops and stops[-1][1] in ("none", ""):
            message = _("«{name}»: there are no dots before the page").format(name=style_name(name))
            yield info("template-tab", message, hint)


def _line_spacing(used: Mapping[str, Style]) -> Iterator[Diagnostic]:
    loose = [style_name(name) for name in _LINES if name in used and used[name].rule != "exact"]
    if loose:
        message = _("line spacing that is not exact, in: {names}").format(names=", ".join(loose))
        hint = _("pages then agree by measure; safest is Home > Styles > Modify > Format > Paragraph > Exactly")
        yield info("template-line-spacing", message, hint)


def _edges(look: Theme) -> Iterator[Diagnostic]:
    section = look.section
    top, bottom = body_margins(section, sum_spacing=look.sum_spacing)
    for room, margin, message in (
        (top, section.top, _("the header is taller than the top margin: the text is moved down")),
        (bottom, section.bottom, _("the footer is taller than the bottom margin: the text is moved up")),
    ):
        if room > margin:
            yield info("template-edge", message, _("make the margin larger: Layout > Margins > Custom Margins"))
