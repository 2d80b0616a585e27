"""The PDF's tags in the order in which a page is painted: notes after the text of their page, as a reader meets them.

Typst puts a footnote's tags in the middle of the sentence that refers to it; programs that read a page aloud, or let it
reflow, do so by the tags or by the order of painting, and ought to come to the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from rapportbygger.write.pdf.objects import Objects, taken_apart

_KID = rb"\d+ 0 R|\d+|<<[^<>]*>>"
_KIDS = re.compile(_KID)
_ELEMENT = re.compile(
    rb"(\d+) 0 obj\s*<</Type/StructElem/S/(\w+)/P (\d+) 0 R(.*)/K\[((?:"
    + _KID
    + rb"|\s)*)\](?:/Pg (\d+) 0 R)?>>\s*endobj\s*\Z",
    re.DOTALL,
)
_REFERENCE = re.compile(rb"(\d+) 0 R")
_MARKED = re.compile(rb"<</Type/MCR/MCID (\d+)/Pg (\d+) 0 R>>")
_STRING = rb"(<[0-9A-Fa-f]*>|\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*\))*\))"
_ALT = re.compile(rb"/Alt" + _STRING, re.DOTALL)
_CONTENTS = re.compile(rb"/Contents ?" + _STRING, re.DOTALL)
_ANNOTATION = re.compile(rb"/Type/OBJR/Pg \d+ 0 R/Obj (\d+) 0 R")
_HEADERS = re.compile(rb"(?:/Scope/Column)?/Headers\[[^\]]*\]")
_HEADING = re.compile(rb"H[1-6]?")


class Element(NamedTuple):
    """A structure element (ISO 32000-1, 14.7.2). `more` is what it says beside kind, parent, kids and page.

    A kid is as it is written: `12 0 R`, a number of marked content, or a dictionary.
    """

    number: int
    kind: bytes
    parent: int
    more: bytes
    kids: tuple[bytes, ...]
    page: int | None

    def written(self) -> bytes:
        """The element as an object of the file."""
        page = b"" if self.page is None else b"/Pg %d 0 R" % self.page
        start = b"%d 0 obj\n<</Type/StructElem/S/%s/P %d 0 R" % (self.number, self.kind, self.parent)
        return start + self.more + b"/K[" + b" ".join(self.kids) + b"]" + page + b">>\nendobj\n"

    def child(self, kid: bytes) -> int | None:
        """The number of the element that a kid is, if it is one."""
        return int(kid[:-4]) if kid[-1:] == b"R" else None

    def content(self, kid: bytes) -> tuple[int, int] | None:
        """Page (its object) and number of the marked content that a kid is, if it is any."""
        if kid.isdigit():
            return None if self.page is None else (self.page, int(kid))
        found = _MARKED.fullmatch(kid) if kid[:1] == b"<" else None
        return (int(found[2]), int(found[1])) if found else None


def in_order_of_painting(pdf: bytes) -> bytes:
    """The same pages, with tags in the order in which they are painted; a file that is built otherwise, as it is."""
    objects = taken_apart(pdf)
    if objects is None:
        return pdf
    before = {number: element for number, body in objects.bodies.items() if (element := _element(body))}
    root = next((element.number for element in before.values() if element.kind == b"Document"), None)
    pages = _page_order(objects)
    if root is None or not pages:
        return pdf
    tree = _Tree(before, pages)
    tree.put_notes_after_their_page(root)
    tree.put_captions_where_they_are_painted()
    tree.name_links_without_words(objects)
    tree.make_labels_of_rows_headers()
    tree.make_headings_plain()
    first_new = max(objects.bodies) + 1
    owners = tree.wrap_what_follows_a_child(first_new)
    changed = {n: element.written() for n, element in tree.elements.items() if before.get(n) is not element}
    return objects.changed({**changed, **_parent_tree(objects, owners)}).written()


def _element(body: bytes) -> Element | None:
    found = _ELEMENT.match(body)
    if found is None:
        return None
    number, kind, parent, more, kids, page = found.groups()
    apart = (kids,) if kids.isdigit() else tuple(_KIDS.findall(kids))
    return Element(int(number), kind, int(parent), more, apart, int(page) if page else None)


def _page_order(objects: Objects) -> dict[int, int]:
    """The place of each page (by its object) among the pages."""
    kids = next((found[1] for body in objects.bodies.values() if (found := _PAGES.search(body))), b"")
    return {int(number): i for i, number in enumerate(_REFERENCE.findall(kids))}


_PAGES = re.compile(rb"<</Type/Pages/Count \d+/Kids\[([^\]]*)\]")


class _Tree:
    """The elements of one file, while they change: each change puts a new element in place of an old one."""

    def __init__(self, elements: Mapping[int, Element], pages: Mapping[int, int]) -> None:
        self.elements, self._pages = dict(elements), pages

    def _children(self, element: Element) -> Iterator[Element]:
        for kid in element.kids:
            number = element.child(kid)
            if number in self.elements:
                yield self.elements[number]

    def _painted(self, element: Element) -> Iterator[tuple[int, int]]:
        """Place of the page, and number, of all marked content in an element."""
        for kid in element.kids:
            place, number = element.content(kid), element.child(kid)
            if place is not None and place[0] in self._pages:
                yield self._pages[place[0]], place[1]
            elif number in self.elements:
                yield from self._painted(self.elements[number])

    def put_notes_after_their_page(self, root: int) -> None:
        """Each Note becomes the last that is said of the text that begins on its (last) page (ISO 14289-1, 7.9)."""
        notes = [(max(self._painted(note), default=(0, 0))[0], note) for note in self._of_kind(b"Note")]
        for _, note in notes:
            parent = self.elements.get(note.parent)
            if parent is None or root == parent.number:
                continue
            kids = tuple(kid for kid in parent.kids if parent.child(kid) != note.number)
            self.elements[parent.number] = parent._replace(kids=kids)
            self.elements[note.number] = note._replace(parent=root)
        top = self.elements[root]
        moved = {note.number for _, note in notes}
        blocks = [kid for kid in top.kids if top.child(kid) not in moved]
        starts = list(accumulate((self._start(top, kid) for kid in blocks), max))
        self.elements[root] = top._replace(kids=_merged(blocks, starts, notes))

    def _start(self, parent: Element, kid: bytes) -> int:
        """The page on which a block begins; the first for one without content."""
        number = parent.child(kid)
        return next(self._painted(self.elements[number]), (0, 0))[0] if number in self.elements else 0

    def _of_kind(self, kind: bytes) -> list[Element]:
        return [element for element in self.elements.values() if element.kind == kind]

    def put_captions_where_they_are_painted(self) -> None:
        """A figure's caption below it comes after it; Typst's tags have it first."""
        for element in self._of_kind(b"Div"):
            children = list(self._children(element))
            if len(children) != len(element.kids) or not children or children[0].kind != b"Caption":
                continue
            order = sorted(children, key=lambda child: min(self._painted(child), default=(0, 0)))
            if order[0] is not children[0]:
                kids = (*element.kids[1:], element.kids[0])
                self.elements[element.number] = element._replace(kids=kids)

    def name_links_without_words(self, objects: Objects) -> None:
        """A link that is a picture is called what the picture is called; one without anything, what it leads to."""
        for link in self._of_kind(b"Link"):
            if b"/Alt" in link.more or any(owner.kind != b"Figure" for owner in self._owners(link)):
                continue
            names = [_ALT.search(owner.more) for owner in self._owners(link)]
            names += [
                _CONTENTS.search(objects.bodies[int(number)]) for number in _ANNOTATION.findall(b"".join(link.kids))
            ]
            name = next((found[1] for found in names if found), None)
            if name is not None:
                self.elements[link.number] = link._replace(more=link.more + b"/Alt" + name)

    def _owners(self, element: Element) -> Iterator[Element]:
        """The elements in an element, and itself, that hold marked content."""
        if any(element.content(kid) for kid in element.kids):
            yield element
        for child in self._children(element):
            yield from self._owners(child)

    def make_labels_of_rows_headers(self) -> None:
        """Where the first column has an empty header cell, what stands in it names the rows (ISO 32000-1, 14.8.5.7).

        Typst lists the headers of every cell by name; without that list they follow from each header's scope.
        """
        for table in self._of_kind(b"Table"):
            rows = [list(self._children(row)) for part in self._children(table) for row in self._children(part)]
            cells = [row for row in rows if row and row[0].kind in (b"TH", b"TD")]
            merged = any(b"/RowSpan" in cell.more or b"/ColSpan" in cell.more for row in cells for cell in row)
            if merged or not cells or cells[0][0].kind != b"TH" or any(self._owners(cells[0][0])):
                continue
            self._retag(cells[0][0], b"TD", b"")
            for label, *others in (row for row in cells if row[0].kind == b"TD"):
                named = any(self._owners(label))
                self._retag(label, b"TH" if named else b"TD", b"/Scope/Row" if named else b"")
                for cell in others:
                    self._retag(cell, cell.kind, b"")

    def _retag(self, cell: Element, kind: bytes, scope: bytes) -> None:
        more = _HEADERS.sub(b"", cell.more).replace(b"/O/Table", b"/O/Table" + scope, 1)
        self.elements[cell.number] = cell._replace(kind=kind, more=more)

    def make_headings_plain(self) -> None:
        """A heading holds its words, not a paragraph with its words (ISO 32000-1, 14.8.4.3: an H is itself a block)."""
        for paragraph in self._of_kind(b"P"):
            parent = self.elements.get(paragraph.parent)
            if parent is not None and _HEADING.fullmatch(parent.kind):
                self.elements[paragraph.number] = paragraph._replace(kind=b"Span")

    def wrap_what_follows_a_child(self, number: int) -> dict[tuple[int, int], int]:
        """Content behind a link or the like gets a Span of its own: some read an element's own content before its
        children's. New elements are numbered from `number`; returned is the new owner of each such content."""
        owners: dict[tuple[int, int], int] = {}
        for element in list(self.elements.values()):
            if len(element.kids) < 2 or len({kid[-1:] == b"R" for kid in element.kids}) < 2:
                continue  # content only, or children only, as most are
            kids: list[bytes] = []
            for run, places in _runs(element):
                if not kids or not places:
                    kids += run
                    continue
                self.elements[number] = Element(number, b"Span", element.number, b"", run, element.page)
                owners |= dict.fromkeys(places, number)
                kids.append(b"%d 0 R" % number)
                number += 1
            if tuple(kids) != element.kids:
                self.elements[element.number] = element._replace(kids=tuple(kids))
        return owners


def _merged(blocks: list[bytes], starts: list[int], notes: Iterable[tuple[int, Element]]) -> tuple[bytes, ...]:
    """The blocks with the notes of each page after the last block that begins on it."""
    after: dict[int, list[bytes]] = {}
    for page, note in notes:
        after.setdefault(bisect_right(starts, page), []).append(b"%d 0 R" % note.number)
    out = list(after.get(0, ()))
    for i, block in enumerate(blocks, 1):
        out += [block, *after.get(i, ())]
    return tuple(out)


def _runs(element: Element) -> Iterator[tuple[tuple[bytes, ...], tuple[tuple[int, int], ...]]]:
    """The kids in runs: of marked content, with where it is, and each other one alone, with nothing."""
    run: list[tuple[bytes, tuple[int, int]]] = []
    for kid in element.kids:
        place = None if kid[-1:] == b"R" else element.content(kid)
        if place:
            run.append((kid, place))
            continue
        if run:
            yield _apart(run)
            run = []
        yield (kid,), ()
    if run:
        yield _apart(run)


def _apart(run: Iterable[tuple[bytes, tuple[int, int]]]) -> tuple[tuple[bytes, ...], tuple[tuple[int, int], ...]]:
    kids, places = zip(*run, strict=True)
    return kids, places


# ------------------------------------------------------------------------------------------------------ the parent tree

_NUMBERS = re.compile(rb"/ParentTree<</Nums\[([^\]]*)\]")
_PARENTS = re.compile(rb"/StructParents (\d+)")
_ITEM = re.compile(rb"\d+ 0 R|null")


def _parent_tree(objects: Objects, owners: Mapping[tuple[int, int], int]) -> dict[int, bytes]:
    """The pages' lists of who owns which marked content (ISO 32000-1, 14.7.4.4), with the new owners in them."""
    numbers = next((found[1] for body in objects.bodies.values() if (found := _NUMBERS.search(body))), b"")
    arrays = {int(key): int(array) for key, array in re.findall(rb"(\d+) (\d+) 0 R", numbers)}
    out: dict[int, bytes] = {}
    for page in dict.fromkeys(page for page, _ in owners):
        found = _PARENTS.search(objects.bodies[page])
        if found is None or int(found[1]) not in arrays:
            continue
        array = arrays[int(found[1])]
        items = _ITEM.findall(objects.bodies[array].partition(b"[")[2])
        new = [b"%d 0 R" % owners[page, i] if (page, i) in owners else item for i, item in enumerate(items)]
        out[array] = b"%d 0 obj\n[" % array + b" ".join(new) + b"]\nendobj\n"
    return out
