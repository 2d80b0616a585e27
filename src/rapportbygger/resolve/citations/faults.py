"""What is wrong with the keys and locators that a document cites, and with the references it cites them from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import combinations

from rapportbygger import doi
from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.messages import _
from rapportbygger.model import Document, Reference
from rapportbygger.nodes import elements
from rapportbygger.recent import OfEach, Recent
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.locators import doubtful_label
from rapportbygger.resolve.citations.slips import slips

_IN_KEYS = r"\w:.#$%&\-+?<>~/"
"""What pandoc allows inside a key; at its end only letters, digits and `_`."""
_PLAIN_KEY = re.compile(rf"\w(?:[{_IN_KEYS}]*\w)?")


def faults(
    document: Document,
    references: Mapping[str, Item],
    bibliography: Mapping[str, Reference],
    listed: Iterable[str] = (),
) -> Problems:
    """Unknown and unusable keys as errors where they stand; everything that is doubtful of what is cited as warnings.

    `bibliography` has the places of the references, and what is wrong with each of them; `listed` are cited nowhere.
    """
    citations = [citation for element in elements(document.blocks, "Cite") for citation in element["c"][0]]
    counts = Counter(citation["citationId"] for citation in citations)
    used = tuple(dict.fromkeys((*counts, *listed)))
    cited = [key for key in used if key in references]
    return (
        *_unknown(document, counts, references, bibliography),
        *_examples(document, references),
        *(problem for key in used if key in bibliography for problem in bibliography[key].problems),
        *_similar(cited, references, bibliography),
        *_alike(cited, references, bibliography),
        *_labels(document, [citation["citationSuffix"] for citation in citations]),
        *slips(document),
    )


def unformatted(keys: Iterable[str]) -> Problems:
    """Warnings for works whose entry could not be formatted."""
    return tuple(
        _warning(
            "unformatted-reference",
            _("reference «{key}» could not be formatted").format(key=key),
            None,
            _("see that its fields are texts, names and dates as CSL has them"),
        )
        for key in sorted(keys)
    )


def _warning(code: str, message: str, at: Location | None, hint: str) -> Diagnostic:
    return Diagnostic(code, message, at, hint, Severity.WARNING)


# ------------------------------------------------------------------------------------------------------- where cited


def _unknown(
    document: Document,
    counts: Mapping[str, int],
    references: Mapping[str, Item],
    bibliography: Mapping[str, Reference],
) -> Iterator[Diagnostic]:
    for key, count in counts.items():
        if key in references:
            continue
        places = list(_places(document, key))[:count]
        # A key that a template has put together stands nowhere as it is: there is still one problem for each citation.
        missing: list[Location | None] = [None] * (count - len(places))
        for place in [*places, *missing]:
            if key in bibliography:
                yield _unusable(bibliography[key], place)
            else:
                yield _unknown_key(key, place, references)


_EXAMPLE = r"(?m)^(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*\(?@(KEY)[.)](?=\s|$)"
"""How pandoc knows that a list of numbered examples begins: `(@key)` or `@key.` first in a paragraph."""


_first_keys = Recent[str, list[str]]()
"""The keys that may begin such a list in the last texts."""


def _first_keys_in(markdown: str) -> list[str]:
    return _first_keys.of(markdown, lambda: re.findall(_EXAMPLE.replace("KEY", r"[\w-]+"), markdown))


def _examples(document: Document, references: Mapping[str, Item]) -> Iterator[Diagnostic]:
    """Citations that pandoc takes for the beginning of such a list: it writes a number wherever the key stands."""
    for key in dict.fromkeys(key for text in document.texts for key in _first_keys_in(text.markdown)):
        for place in document.locate(_EXAMPLE.replace("KEY", re.escape(key))) if key in references else ():
            message = _("«{key}» begins a numbered list here, and is no citation").format(key=f"@{key}")
            hint = _("write «{cited}», or begin the paragraph with another word").format(cited=f"[@{key}]")
            yield Diagnostic("example-list", message, place, hint)


def _places(document: Document, key: str) -> Iterator[Location]:
    escaped = re.escape(key)
    return document.locate(rf"(?<![\w\\])@(?:\{{{escaped}\}}|{escaped}(?![\w]|[{_IN_KEYS}]+\w))")


def _unusable(reference: Reference, place: Location | None) -> Diagnostic:
    hint = _("correct it there: what is wrong with it is told at that line")
    message = _("reference «{key}» in {place} cannot be used").format(key=reference.key, place=reference.at)
    return Diagnostic("unusable-reference", message, place, hint)


def _unknown_key(key: str, place: Location | None, references: Mapping[str, Item]) -> Diagnostic:
    plain = _("where no reference is meant, write «{escaped}»").format(escaped=f"\\@{key}")
    hint = f"{_meant(key, references)}\n{plain}"
    return Diagnostic("unknown-reference", _("unknown reference «{key}»").format(key=key), place, hint)


def _meant(key: str, references: Mapping[str, Item]) -> str:
    """What to write instead: keys with spaces and the like need braces."""
    longer = next((other for other in references if other.startswith(f"{key} ")), None)
    if longer is not None:
        return _("a key with spaces stands in braces: «{written}»").format(written=f"[@{{{longer}}}]")
    near = [_written(other) for other in _nearest(key, references)]
    if not near:
        return _("add it to the bibliography, or correct the key")
    return _("did you mean «{near}»?").format(near=f"»{_(' or ')}«".join(near))


def _written(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else f"@{{{key}}}"


def _nearest(key: str, references: Iterable[str]) -> list[str]:
    """The known keys most like one that is not, at most three, and only such as are nearly as near as the first."""
    by_folded = {other.casefold(): other for other in references}
    folded = key.casefold()
    close = get_close_matches(folded, by_folded, n=3)
    likeness = {other: SequenceMatcher(None, other, folded).ratio() for other in close}
    return [by_folded[other] for other in close if likeness[other] > likeness[close[0]] - 0.05]


def _labels(document: Document, suffixes: Iterable[Sequence[object]]) -> Iterator[Diagnostic]:
    for written, near in dict.fromkeys(filter(None, (doubtful_label(suffix) for suffix in suffixes if suffix))):
        pattern = rf"(?<!\w){re.escape(written)}(?=[ .\u00a0]*\d)"
        places: list[Location | None] = [*document.locate(pattern)]
        for place in places or [None]:
            message = _("«{label}» is not known as a kind of place in a work").format(label=written)
            hint = _("did you mean «{near}»?").format(near=near)
            yield _warning("unknown-locator", message, place, hint)


# ----------------------------------------------------------------------------------------------------- what is cited


def _similar(
    cited: Sequence[str], references: Mapping[str, Item], bibliography: Mapping[str, Reference]
) -> Iterator[Diagnostic]:
    by_folded: dict[str, list[str]] = defaultdict(list)
    for key in references:
        by_folded[key.casefold()].append(key)
    for folded in dict.fromkeys(key.casefold() for key in cited):
        keys = by_folded[folded]
        if len(keys) > 1:
            message = _("references {names} differ in case only").format(names=_named(keys, bibliography))
            hint = _("give them different keys, so that none is cited by mistake")
            yield _warning("similar-references", message, _at(keys[-1], bibliography), hint)


def _alike(
    cited: Sequence[str], references: Mapping[str, Item], bibliography: Mapping[str, Reference]
) -> Iterator[Diagnostic]:
    """Works that are cited under several keys: they stand twice in the list."""
    by_sign: dict[object, list[str]] = defaultdict(list)
    for key in cited:
        for sign in _signs(references[key]):
            by_sign[sign].append(key)
    pairs = dict.fromkeys(pair for keys in by_sign.values() for pair in combinations(keys[:_PAIRED], 2))
    for pair in pairs:
        message = _("references {names} are the same work").format(names=_named(pair, bibliography))
        hint = _("cite it by one of the keys, and delete the other")
        yield _warning("same-work", message, _at(pair[1], bibliography), hint)


_PAIRED = 4


def _signs_of(item: Item) -> Iterator[object]:
    """What no two works have in common: the DOI; title, year and authors."""
    identifier = doi.bare(str(item.get("DOI") or "")).lower()
    if identifier:
        yield "doi", identifier, str(item.get("type"))
    title = re.sub(r"<[^>]*>|\W", "", str(item.get("title") or "").casefold())
    if title and item.get("issued") and (item.get("author") or item.get("editor")):
        parts = (
            "issued",
            "author",
            "editor",
            "container-title",
            "volume",
            "number",
            "edition",
            "page",
            "type",
            "genre",
            "URL",
        )
        yield "title", title, *(str(item.get(part) or "") for part in parts)


_signs = OfEach[Item, tuple[object, ...]](lambda item: tuple(_signs_of(item)))


def _named(keys: Iterable[str], bibliography: Mapping[str, Reference]) -> str:
    """«ks2018» (kilder.bib:12), «KS2018» (kilder.bib:40)."""
    places = {key: f" ({bibliography[key].at})" if key in bibliography else "" for key in keys}
    return ", ".join(f"«{key}»{place}" for key, place in places.items())


def _at(key: str, bibliography: Mapping[str, Reference]) -> Location | None:
    return bibliography[key].at if key in bibliography else None
