"""A small notation for WordprocessingML: `w("jc", val="left")` is `<w:jc w:val="left"/>`."""

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

_PREFIXES = {"w": MAIN, "r": RELATIONS}


def w(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """An element of WordprocessingML. Children that are None are left out, so that optional ones can be written inline.

    Word leaves a toggle that is on without a value: give `val=0` to switch one off.
    """
    found = etree.Element(f"{{{MAIN}}}{tag}", nsmap={"w": MAIN})
    for name, value in attributes.items():
        found.set(f"{{{MAIN}}}{name}", str(value))
    found.extend([child for child in children if child is not None])
    return found


def text(tag: str, content: str) -> Element:
    """`w:t` or `w:instrText` with its white space kept."""
    found = w(tag)
    found.text = content
    found.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return found


def relation(element: Element, identifier: str) -> Element:
    """The element with the `r:id` of a relation."""
    element.set(f"{{{RELATIONS}}}id", identifier)
    return element


def root(tag: str, *children: Element) -> Element:
    """The root of a part, with the two namespaces every part may need declared once."""
    found = etree.Element(f"{{{MAIN}}}{tag}", nsmap=_PREFIXES)
    found.extend(children)
    etree.cleanup_namespaces(found, top_nsmap=_PREFIXES, keep_ns_prefixes=["w", "r"])
    return found


def plain(namespace: str, tag: str, *children: Element, content: str | None = None, **attributes: str) -> Element:
    """An element of another vocabulary whose attributes stand in no namespace: relations, content types, DrawingML."""
    prefixes = {"a" if namespace == DRAWING else None: namespace}
    found = etree.Element(f"{{{namespace}}}{tag}", nsmap=prefixes)  # type: ignore[arg-type]  # the stubs know no default
    for name, value in attributes.items():
        found.set(name, value)
    found.extend(children)
    found.text = content
    return found


def serialise(element: Element) -> bytes:
    """A part as it stands in the package."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
