"""The PDF's tags in the order in which a page is painted: notes after the text of their page, as a reader meets them.

Typst puts a footnote's tags in the middle of the sentence that refers to it; programs that read a page aloud, or let it
reflow, do so by the tags or by the order of painting, and ought to come to the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from rapportbygger.write.pdf.objects import Objects

_REFERENCE = rb"\d+ 0 R"
_KIDS = re.compile(_REFERENCE + rb"|\d+|<<[^<>]*>>")
_ELEMENT = re.compile(
    rb"(\d+) 0 obj\s*<</Type/StructElem/S/(\w+)/P (\d+ 0 R)(.*)/K\[([^\[\]]*)\](?:/Pg (\d+ 0 R))?>>\s*endobj\s*\Z",
    re.DOTALL,
)
_REFERENCES = re.compile(_REFERENCE)
_OWN = rb"(?:\d+(?!\d| 0 R)|<</Type/MCR[^<>]*>>)"
_RUNS = re.compile(rb"%s(?:\s*%s)*|%s|<<[^<>]*>>" % (_OWN, _OWN, _REFERENCE))
"""Marked content, as far as nothing else comes between it, and each other kid alone."""
_BEHIND_A_KID = re.compile(rb"[R>]\s*" + _OWN)
_MARKED = re.compile(rb"<</Type/MCR/MCID (\d+)/Pg (\d+ 0 R)>>")
_STRING = rb"(<[0-9A-Fa-f]*>|\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*\))*\))"
_ALT = re.compile(rb"/Alt" + _STRING, re.DOTALL)
_CONTENTS = re.compile(rb"/Contents ?" + _STRING, re.DOTALL)
_ANNOTATION = re.compile(rb"/Type/OBJR/Pg \d+ 0 R/Obj (\d+) 0 R")
_HEADERS = re.compile(rb"(?:/Scope/Column)?/Headers\[[^\]]*\]")
_HEADING = re.compile(rb"H[1-6]?")
_PAGES = re.compile(rb"<</Type/Pages/Count \d+/Kids\[([^\]]*)\]")

Reference: TypeAlias = bytes
"""An object of the file as others name it: `12 0 R`."""
Place: TypeAlias = tuple[Reference, int]
"""A page, and the number of marked content on it."""


class Element(NamedTuple):
    """A structure element (ISO 32000-1, 14.7.2). `more` is what it says beside kind, parent, kids and page (b"": none).

    A kid is as it is written: `12 0 R`, a number of marked content, or a dictionary.
    """

    number: bytes
    kind: bytes
    parent: Reference
    more: bytes
    kids: bytes
    page: Reference

    def each(self) -> list[bytes]:
        """The kids, one by one."""
        return _KIDS.findall(self.kids)

    def places(self, kids: bytes) -> list[Place]:
        """Where the marked content among some of its kids is."""
        return [place for kid in _KIDS.findall(kids) if (place := self.content(kid))]

    def content(self, kid: bytes) -> Place | None:
        """The marked content that a kid is, if it is any."""
        if kid.isdigit():
            return (self.page, int(kid)) if self.page else None
        found = _MARKED.fullmatch(kid) if kid[:1] == b"<" else None
        return (found[2], int(found[1])) if found else None

    def written(self) -> bytes:
        """The element as an object of the file."""
        start = b"%s 0 obj\n<</Type/StructElem/S/%s/P %s" % (self.number, self.kind, self.parent)
        page = b"/Pg " + self.page if self.page else b""
        return b"%s%s/K[%s]%s>>\nendobj\n" % (start, self.more, b" ".join(self.each()), page)


def in_order_of_painting(objects: Objects) -> Objects:
    """The same pages, with tags in the order in which they are painted; a file that is built otherwise, as it is."""
    found = [Element._make(match.groups(b"")) for match in objects.matches(_ELEMENT)]
    tree = _Tree({element.number + b" 0 R": element for element in found}, _page_order(objects))
    if not tree.is_whole:
        return objects
    tree.put_notes_after_their_page()
    tree.put_captions_where_they_are_painted()
    tree.name_links_without_words(objects)
    tree.make_labels_of_rows_headers()
    tree.make_headings_plain()
    owners = tree.wrap_what_follows_a_child(objects.next_number)
    changed = {int(element.number): element.written() for element in tree.changed.values()}
    return objects.changed({**changed, **_parent_tree(objects, owners)})


def _page_order(objects: Objects) -> dict[Reference, int]:
    """The place of each page among the pages."""
    trees = (objects[number] for number in objects.holding(b"<</Type/Pages/"))
    kids = next((found[1] for tree in trees if (found := _PAGES.search(tree))), b"")
    return {page: i for i, page in enumerate(_REFERENCES.findall(kids))}


class _Tree:
    """The elements of one file, while they change: each change puts a new element in place of an old one."""

    def __init__(self, elements: dict[Reference, Element], pages: Mapping[Reference, int]) -> None:
        self._elements, self._pages = elements, pages
        self._kinds: dict[bytes, list[Reference]] = {}
        for each, element in elements.items():
            self._kinds.setdefault(element.kind, []).append(each)
        self.changed: dict[Reference, Element] = {}

    @property
    def is_whole(self) -> bool:
        """Whether it is that of a document with pages."""
        return bool(self._pages) and b"Document" in self._kinds

    def _of_kind(self, kind: bytes) -> list[tuple[Reference, Element]]:
        """The elements that were of this kind, as they are now."""
        return [(each, self._elements[each]) for each in self._kinds.get(kind, ())]

    def _put(self, each: Reference, element: Element) -> None:
        self._elements[each] = self.changed[each] = element

    def _children(self, element: Element) -> list[tuple[Reference, Element]]:
        return [(kid, self._elements[kid]) for kid in element.each() if kid in self._elements]

    def _painted(self, element: Element) -> Iterator[tuple[int, int]]:
        """Place of the page, and number, of all marked content in an element."""
        for kid in (found[0] for found in _KIDS.finditer(element.kids)):
            if kid in self._elements:
                yield from self._painted(self._elements[kid])
            elif (place := element.content(kid)) and place[0] in self._pages:
                yield self._pages[place[0]], place[1]

    def put_notes_after_their_page(self) -> None:
        """Each Note becomes the last that is said of the text that begins on its (last) page (ISO 14289-1, 7.9)."""
        notes = [(max(self._painted(note), default=(0, 0))[0], each) for each, note in self._of_kind(b"Note")]
        if not notes:
            return
        root, _ = self._of_kind(b"Document")[0]
        for _, each in notes:
            note = self._elements[each]
            parent = self._elements.get(note.parent)
            if parent is not None and note.parent != root:
                left = b" ".join(kid for kid in parent.each() if kid != each)
                self._put(note.parent, parent._replace(kids=left))
                self._put(each, note._replace(parent=root))
        top, moved = self._elements[root], {each for _, each in notes}
        blocks = [kid for kid in top.each() if kid not in moved]
        starts = list(accumulate((self._start(kid) for kid in blocks), max))
        self._put(root, top._replace(kids=b" ".join(_merged(blocks, starts, notes))))

    def _start(self, kid: bytes) -> int:
        """The page on which a block begins; the first for one without content."""
        return next(self._painted(self._elements[kid]), (0, 0))[0] if kid in self._elements else 0

    def put_captions_where_they_are_painted(self) -> None:
        """A figure's caption below it comes after it; Typst's tags have it first."""
        for each, element in self._of_kind(b"Div"):
            kids, children = element.each(), self._children(element)
            if len(children) != len(kids) or not children or children[0][1].kind != b"Caption":
                continue
            places = [min(self._painted(child), default=(0, 0)) for _, child in children]
            if min(places) < places[0]:
                self._put(each, element._replace(kids=b" ".join((*kids[1:], kids[0]))))

    def name_links_without_words(self, objects: Objects) -> None:
        """A link that is a picture is called what the picture is called; one without anything, what it leads to."""
        for each, link in self._of_kind(b"Link"):
            if b"/Alt" in link.more or any(owner.kind != b"Figure" for owner in self._owners(link)):
                continue
            names = [_ALT.search(owner.more) for owner in self._owners(link)]
            names += [_CONTENTS.search(objects[int(number)]) for number in _ANNOTATION.findall(link.kids)]
            name = next((found[1] for found in names if found), None)
            if name is not None:
                self._put(each, link._replace(more=link.more + b"/Alt" + name))

    def _owners(self, element: Element) -> Iterator[Element]:
        """The elements in an element, and itself, that hold marked content."""
        if element.places(element.kids):
            yield element
        for _, child in self._children(element):
            yield from self._owners(child)

    def make_labels_of_rows_headers(self) -> None:
        """Where the first column has an empty header cell, what stands in it names the rows (ISO 32000-1, 14.8.5.7).

        Typst lists the headers of every cell by name; without that list they follow from each header's scope.
        """
        for _, table in self._of_kind(b"Table"):
            rows = [self._children(row) for _, part in self._children(table) for _, row in self._children(part)]
            cells = [row for row in rows if row and row[0][1].kind in (b"TH", b"TD")]
            merged = any(b"/RowSpan" in cell.more or b"/ColSpan" in cell.more for row in cells for _, cell in row)
            if merged or not cells or cells[0][0][1].kind != b"TH" or any(self._owners(cells[0][0][1])):
                continue
            self._retag(*cells[0][0], b"TD", b"")
            for label, *others in (row for row in cells if row[0][1].kind == b"TD"):
                named = any(self._owners(label[1]))
                self._retag(*label, b"TH" if named else b"TD", b"/Scope/Row" if named else b"")
                for cell in others:
                    self._retag(*cell, cell[1].kind, b"")

    def _retag(self, each: Reference, cell: Element, kind: bytes, scope: bytes) -> None:
        more = _HEADERS.sub(b"", cell.more).replace(b"/O/Table", b"/O/Table" + scope, 1)
        self._put(each, cell._replace(kind=kind, more=more))

    def make_headings_plain(self) -> None:
        """A heading holds its words, not a paragraph with its words (ISO 32000-1, 14.8.4.3: an H is itself a block)."""
        for kind in filter(_HEADING.fullmatch, self._kinds):
            for _, heading in self._of_kind(kind):
                for each, paragraph in self._children(heading):
                    if paragraph.kind == b"P":
                        self._put(each, paragraph._replace(kind=b"Span"))

    def wrap_what_follows_a_child(self, number: int) -> dict[Place, Reference]:
        """Content behind a link or the like gets a Span of its own: some read an element's own content before its
        children's. New elements are numbered from `number`; returned is the new owner of each such content."""
        owners: dict[Place, Reference] = {}
        for each, element in list(self._elements.items()):
            if not _BEHIND_A_KID.search(element.kids):
                continue  # content only, or children only, as most are
            runs = _RUNS.findall(element.kids)
            kids = list(runs)
            for i, run in enumerate(runs[1:], 1) if any(run[-1:] == b"R" for run in runs) else ():
                if run[-1:] != b"R" and (places := element.places(run)):
                    kids[i] = b"%d 0 R" % number
                    self._put(kids[i], Element(b"%d" % number, b"Span", each, b"", run, element.page))
                    owners |= dict.fromkeys(places, kids[i])
                    number += 1
            if kids != runs:
                self._put(each, element._replace(kids=b" ".join(kids)))
        return owners


def _merged(blocks: list[bytes], starts: list[int], notes: Iterable[tuple[int, Reference]]) -> list[bytes]:
    """The blocks with the notes of each page after the last block that begins on it."""
    after: dict[int, list[bytes]] = {}
    for page, note in notes:
        after.setdefault(bisect_right(starts, page), []).append(note)
    out = list(after.get(0, ()))
    for i, block in enumerate(blocks, 1):
        out += [block, *after.get(i, ())]
    return out


# ------------------------------------------------------------------------------------------------------ the parent tree

_NUMBERS = re.compile(rb"/ParentTree<</Nums\[([^\]]*)\]")
_PARENTS = re.compile(rb"/StructParents (\d+)")
_ITEM = re.compile(rb"\d+ 0 R|null")


def _parent_tree(objects: Objects, owners: Mapping[Place, Reference]) -> dict[int, bytes]:
    """The pages' lists of who owns which marked content (ISO 32000-1, 14.7.4.4), with the new owners in them."""
    trees = (objects[number] for number in objects.holding(b"/ParentTree<<"))
    numbers = next((found[1] for tree in trees if (found := _NUMBERS.search(tree))), b"")
    arrays = {int(key): int(array) for key, array in re.findall(rb"(\d+) (\d+) 0 R", numbers)}
    out: dict[int, bytes] = {}
    for page, own in groupby(sorted(owners), key=itemgetter(0)):
        found = _PARENTS.search(objects[int(page[:-4])])
        if found is None or int(found[1]) not in arrays:
            continue
        array = arrays[int(found[1])]
        items = _ITEM.findall(objects[array].partition(b"[")[2])
        for place in own:
            items[place[1] : place[1] + 1] = [owners[place]]
        out[array] = b"%d 0 obj\n[" % array + b" ".join(items) + b"]\nendobj\n"
    return out
