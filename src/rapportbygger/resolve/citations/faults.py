"""What is wrong with the keys that a document cites and with the references it cites them from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity, nearest
from rapportbygger.messages import _
from rapportbygger.model import Document
from rapportbygger.nodes import elements
from rapportbygger.resolve.citations.clusters import Item

_IN_KEYS = r"\w:.#$%&\-+?<>~/"
"""What pandoc allows inside a key; at its end only letters, digits and `_`."""


def faults(document: Document, references: Mapping[str, Item]) -> Problems:
    """Unknown keys as errors where they stand; keys that differ in case only and works without title as warnings."""
    counts = Counter(
        citation["citationId"] for element in elements(document.blocks, "Cite") for citation in element["c"][0]
    )
    cited = [key for key in counts if key in references]
    return (*_unknown(document, counts, references), *_similar(cited, references), *_untitled(cited, references))


def unformatted(keys: Iterable[str]) -> Problems:
    """Warnings for works whose entry could not be formatted."""
    return tuple(
        Diagnostic(
            "unformatted-reference",
            _("reference «{key}» could not be formatted").format(key=key),
            hint=_("see that its fields are texts, names and dates as CSL has them"),
            severity=Severity.WARNING,
        )
        for key in sorted(keys)
    )


def _unknown(document: Document, counts: Mapping[str, int], references: Mapping[str, Item]) -> Iterator[Diagnostic]:
    for key, count in counts.items():
        if key in references:
            continue
        places = list(_places(document, key))[:count]
        # A key that a template has put together stands nowhere as it is: there is still one problem for each citation.
        missing: list[Location | None] = [None] * (count - len(places))
        yield from (_unknown_key(key, place, references) for place in [*places, *missing])


def _places(document: Document, key: str) -> Iterator[Location]:
    escaped = re.escape(key)
    return document.locate(rf"(?<![\w\\])@(?:\{{{escaped}\}}|{escaped}(?![\w]|[{_IN_KEYS}]+\w))")


def _unknown_key(key: str, place: Location | None, references: Mapping[str, Item]) -> Diagnostic:
    near = nearest(key, references)
    hint = (
        _("did you mean «{near}»?").format(near=near)
        if near is not None
        else _("add it to the bibliography, or correct the key")
    )
    plain = _("where no reference is meant, write «{escaped}»").format(escaped=f"\\@{key}")
    return Diagnostic("unknown-reference", _("unknown reference «{key}»").format(key=key), place, f"{hint}\n{plain}")


def _similar(cited: Sequence[str], references: Mapping[str, Item]) -> Iterator[Diagnostic]:
    by_folded: dict[str, list[str]] = defaultdict(list)
    for key in references:
        by_folded[key.casefold()].append(key)
    for folded in dict.fromkeys(key.casefold() for key in cited):
        keys = by_folded[folded]
        if len(keys) > 1:
            names = ", ".join(f"«{key}»" for key in keys)
            yield Diagnostic(
                "similar-references",
                _("references {names} differ in case only").format(names=names),
                hint=_("give them different keys, so that none is cited by mistake"),
                severity=Severity.WARNING,
            )


def _untitled(cited: Sequence[str], references: Mapping[str, Item]) -> Iterator[Diagnostic]:
    for key in cited:
        if not str(references[key].get("title") or references[key].get("title-short") or "").strip():
            yield Diagnostic(
                "untitled-reference",
                _("reference «{key}» has no title").format(key=key),
                hint=_("add `title` to it in the bibliography"),
                severity=Severity.WARNING,
            )
