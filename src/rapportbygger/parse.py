"""Merged Markdown to one document, with what pandoc saw on the way as diagnostics at the chapter's own lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from rapportbygger import citation_keys, page_breaks, plain_markdown
from rapportbygger.attributes import cleaned
from rapportbygger.chapter_pieces import belong_together, pieces
from rapportbygger.chapter_reader import Reader
from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.interning import interned
from rapportbygger.messages import _
from rapportbygger.model import Document, Metadata, Text
from rapportbygger.nodes import Change, Node, attr, div, elements, walk, words
from rapportbygger.pandoc import Parsed
from rapportbygger.recent import Recent


def parse(texts: Sequence[Text], metadata: Metadata, reader: Reader) -> tuple[Document, Problems]:
    """The chapters in order as one document.

    Every chapter is parsed apart, so that footnotes and link names in one do not meet those in another; identifiers
    that pandoc made itself are made unique across chapters, those that were written are left for `resolve` to judge.
    """
    used: set[str] = set()
    blocks: list[Node] = []
    problems: list[Diagnostic] = []
    chapters = _chapters(texts, reader)
    for text, chapter in zip(texts, chapters, strict=True):
        problems += chapter.problems
        blocks += _unique(chapter.blocks, text.markdown, used)
    ready = chain.from_iterable(chapter.blocks for chapter in chapters)
    return Document(metadata, interned(blocks, ready), tuple(texts)), tuple(problems)


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter by itself, and what pandoc saw in it."""

    blocks: tuple[Node, ...]
    problems: Problems


_known = Recent[Text, _Chapter]()
"""The last chapters in which nothing was seen, by their texts: those that are the same in every document are read once,
and their blocks are the same ones."""


_known_pieces = Recent[str, tuple[Node, ...]]()
"""The blocks of the last pieces of chapters in which nothing was seen, likewise."""


def _chapters(texts: Sequence[Text], reader: Reader) -> list[_Chapter]:
    found = {text: known for text in texts if (known := _known.get(text))}
    new = [text for text in dict.fromkeys(texts) if text not in found]
    for text, chapter in zip(new, _read(new, reader) if new else (), strict=True):
        found[text] = chapter
        if not chapter.problems:  # messages are in the language of the moment
            _known.put(text, chapter)
    return [found[text] for text in texts]


def _read(texts: Sequence[Text], reader: Reader) -> list[_Chapter]:
    """The chapters in pieces, of which most are known; those that cannot be told so are read whole."""
    divided = [pieces(text.markdown) for text in texts]
    every = dict.fromkeys(piece for parts in divided for piece in parts)
    known = {piece: blocks for piece in every if (blocks := _known_pieces.get(piece) or _plain(piece)) is not None}
    new = [piece for piece in every if piece not in known]
    read = dict(zip(new, _parsed(new, reader) if new else (), strict=True))
    made = [_of_pieces(text, parts, known, read) for text, parts in zip(texts, divided, strict=True)]
    left = [text for text, chapter in zip(texts, made, strict=True) if chapter is None]
    whole = map(_chapter, left, _parsed([text.markdown for text in left], reader) if left else ())
    return [next(whole) if chapter is None else chapter for chapter in made]


def _plain(piece: str) -> tuple[Node, ...] | None:
    """The blocks of a piece that pandoc need not be asked for: there is nothing in them that no chapter may say."""
    blocks = plain_markdown.read(piece)
    return None if blocks is None else _kept(piece, blocks)


def _kept(piece: str, blocks: Sequence[Node]) -> tuple[Node, ...]:
    # One block is known by its piece; of several, some may stand in other pieces too.
    known = interned(blocks) if len(blocks) > 1 else tuple(blocks)
    _known_pieces.put(piece, known)
    return known


def _of_pieces(
    text: Text, parts: Sequence[str], known: Mapping[str, tuple[Node, ...]], read: Mapping[str, Parsed]
) -> _Chapter | None:
    """A chapter put together; None where anything was seen in it that is to be told of the whole."""
    if len(parts) == 1 and parts[0] in read:
        return _chapter(text, read[parts[0]])
    every: list[Node] = []
    for piece in parts:
        blocks = known.get(piece)
        if blocks is None:
            parsed = read[piece]
            new, problems = _blocks(text, parsed, piece)
            if parsed.log or parsed.meta or problems:
                return None
            blocks = _kept(piece, new)
        every += blocks
    return _Chapter(interned(_whole(text, every), every), ()) if belong_together(every) else None


def _chapter(text: Text, parsed: Parsed) -> _Chapter:
    blocks, problems = _blocks(text, parsed, text.markdown)
    return _Chapter(interned(_whole(text, blocks)), problems)


def _whole(text: Text, blocks: list[Node]) -> list[Node]:
    """The blocks of a chapter, in one Div where it is in another language than the report."""
    lang = text.chapter.lang
    return [div(blocks, lang=lang)] if lang and blocks else blocks


def _blocks(text: Text, parsed: Parsed, piece: str) -> tuple[list[Node], Problems]:
    """What pandoc has read of the text, or of a piece of it, without what no chapter may say."""
    clean, problems = cleaned(parsed.blocks, text, piece)
    left = (*_leftovers(text, parsed.blocks, piece), *_raw_problems(text, parsed.blocks))
    titled = _with_title(clean, parsed.meta)
    changes = {"RawInline": _without_raw, "RawBlock": _without_raw, "Cite": _unnumbered, **page_breaks.CHANGES}
    return walk(titled, changes), (*_pandoc_problems(text, parsed), *left, *problems)


def _unnumbered(cite: Node) -> Node:
    """pandoc numbers citations in each text that it reads; nobody asks for the number."""
    return {"t": "Cite", "c": [[{**one, "citationNoteNum": 0} for one in cite["c"][0]], cite["c"][1]]}


def _parsed(texts: Sequence[str], reader: Reader) -> list[Parsed]:
    """The texts as pandoc reads them, keys with spaces as keys too."""
    hidden = [citation_keys.hidden(text) for text in texts]
    return [
        one if changed == text else replace(one, blocks=citation_keys.shown(one.blocks))
        for text, changed, one in zip(texts, hidden, reader.parse(hidden), strict=True)
    ]


# ---------------------------------------------------------------------------------------------------------- identifiers


def _unique(blocks: tuple[Node, ...], markdown: str, used: set[str]) -> Sequence[Node]:
    """The blocks with automatic identifiers that were not used before; `used` learns them all."""
    renamed: dict[str, str] = {}
    for heading in elements(blocks, "Header"):
        identifier = heading["c"][1][0]
        if identifier in used and not _written(identifier, markdown):
            renamed[identifier] = _free(identifier, used)
        used.add(renamed.get(identifier, identifier))
    return walk(blocks, _renaming(renamed)) if renamed else blocks


def _written(identifier: str, markdown: str) -> bool:
    return re.search(r"\{[^}]*#" + re.escape(identifier) + r"[\s}]", markdown) is not None


def _free(identifier: str, used: set[str]) -> str:
    return next(name for n in range(1, len(used) + 2) if (name := f"{identifier}-{n}") not in used)


def _renaming(renamed: Mapping[str, str]) -> Mapping[str, Change]:
    def heading(node: Node) -> Node:
        level, (identifier, classes, pairs), inlines = node["c"]
        return {"t": "Header", "c": [level, [renamed.get(identifier, identifier), classes, pairs], inlines]}

    def link(node: Node) -> Node | None:
        attributes, inlines, (url, title) = node["c"]
        if not url.startswith("#") or url[1:] not in renamed:
            return None
        return {"t": "Link", "c": [attributes, inlines, ["#" + renamed[url[1:]], title]]}

    return {"Header": heading, "Link": link}


def _with_title(blocks: list[Node], meta: Mapping[str, Any]) -> list[Node]:
    """A chapter of a Quarto book may have its title in the front matter instead of as a heading."""
    title = meta.get("title")
    if title is None or any(block["t"] == "Header" and block["c"][0] == 1 for block in blocks[:1]):
        return blocks
    inlines = title["c"] if title["t"] == "MetaInlines" else words(str(title["c"]))
    identifier = re.sub(r"\W+", "-", "".join(i["c"] for i in inlines if i["t"] == "Str").lower()).strip("-")
    return [{"t": "Header", "c": [1, attr(identifier or "chapter"), inlines]}, *blocks]


# ------------------------------------------------------------------------------------------------------------- raw text


def _without_raw(node: Node) -> Any:
    """Raw text of another format cannot be in both outputs: a line break is kept, the rest is left out."""
    if node["t"] == "RawInline" and node["c"][0] == "html" and re.fullmatch(r"<br\s*/?>", node["c"][1], re.IGNORECASE):
        return {"t": "LineBreak"}
    return []


def _raw_problems(text: Text, blocks: list[Node]) -> Iterable[Diagnostic]:
    for element in elements(blocks, "RawInline", "RawBlock"):
        raw = element["c"][1].strip().partition("\n")[0][:60]
        if raw and not re.match(r"<!--|</|<br\b", raw):
            yield Diagnostic(
                "raw-markup",
                _("«{raw}» is markup of another format and is left out").format(raw=raw),
                next(text.occurrences(re.escape(raw)), Location(text.chapter.file)),
                _("write it in Markdown: *emphasis*, **strong**, [text](address)"),
                Severity.WARNING,
            )


# ------------------------------------------------------------------------------------------------------ what pandoc saw


def _pandoc_problems(text: Text, parsed: Parsed) -> Iterable[Diagnostic]:
    if parsed.error:
        line = re.search(r"line (\d+)", parsed.error)
        yield Diagnostic(
            "markdown",
            _("this chapter cannot be read: {reason}").format(reason=" ".join(parsed.error.split())),
            _source(text, int(line[1]) if line else 1, 1),
            _("look at the block between --- lines at the start of the chapter"),
        )
    yield from _formula_problems(text, [entry for entry in parsed.log if entry["type"] == "CouldNotConvertTeXMath"])
    for entry in parsed.log:
        message = _message(entry)
        if message:
            place = entry.get("openpos", entry)
            location = _source(text, int(place.get("line", 1)), int(place.get("column", 1)))
            yield Diagnostic("markdown", message, location, severity=Severity.WARNING)


def _formula_problems(text: Text, entries: Sequence[Mapping[str, Any]]) -> Iterable[Diagnostic]:
    """Formulas that pandoc's texmath cannot read; of several that are alike each is told of at its own place."""
    told = Counter[str]()
    for entry in entries:
        tex = str(entry["contents"])
        lines = (re.escape(line.strip()) for line in tex.strip().split("\n"))
        places = text.occurrences(r"\$\s*" + r"[\s>]*".join(lines))
        place = next(islice(places, told[tex], None), Location(text.chapter.file))
        told[tex] += 1
        unknown = re.search(r"unexpected control sequence (\\[a-zA-Z]+)", str(entry["message"]))
        hint = _("look for a brace that is not closed, and for a line break outside «aligned»")
        if unknown:
            hint = _("«{command}» is not known, or cannot stand there").format(command=unknown[1])
        shown = " ".join(tex.split())[:60]
        message = _("the formula «{tex}» cannot be read, and stands as it is written").format(tex=shown)
        yield Diagnostic("formula", message, place, hint, Severity.WARNING)


def _message(entry: Mapping[str, Any]) -> str:
    name = str(entry.get("contents", entry.get("key", "")))
    known = {
        "DuplicateNoteReference": _("footnote «{name}» is defined twice in this chapter; the last one is used"),
        "DuplicateLinkReference": _("link «{name}» is defined twice in this chapter; the first one is used"),
        "UnclosedDiv": _("the block that begins with ::: here is never closed with :::"),
        "NoteDefinedButNotUsed": _("footnote «{name}» is defined but not used in the text"),
    }
    return known.get(str(entry["type"]), "").format(name=name.strip("[]"))


def _leftovers(text: Text, blocks: list[Node], piece: str) -> Iterable[Diagnostic]:
    """Notations that pandoc left as text because something in them is missing."""
    for element in elements(blocks, "Str") if "[^" in piece else ():
        name = re.fullmatch(r".*\[\^([^\]\s]+)\].*", element["c"])
        if name:
            yield Diagnostic(
                "unknown-footnote",
                _("footnote «{name}» has no text").format(name=name[1]),
                next(text.occurrences(re.escape(f"[^{name[1]}]")), Location(text.chapter.file)),
                _("write [^{name}]: and the text on a line of its own in the same chapter").format(name=name[1]),
            )


def _source(text: Text, line: int, column: int) -> Location:
    """A place in the merged text as a place in the chapter's file."""
    known = 0 < line <= len(text.lines)
    return Location(text.chapter.file, text.lines[line - 1] if known else line, column)
