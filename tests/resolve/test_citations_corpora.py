"""What depends on the whole document: on random corpora dense in ambiguity, it is what citeproc-js makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpora import Cited, Corpus, corpus
from judges import citeproc
from judges.citeproc import Judged, as_html
from rapportbygger.resolve.citations import csl
from rapportbygger.resolve.citations.clusters import Formatted
from rapportbygger.resolve.citations.engines import CITEPROC_PY, Task, Tools, format_citations

SEEDS = range(101, 109)


@cache
def compared() -> tuple[tuple[Corpus, Formatted, Judged], ...]:
    citeproc.require()
    made = [corpus(seed, ("nb", "nn")[seed % 2]) for seed in SEEDS]
    judged = citeproc.citeproc_js(one.job(str(csl.OWN)) for one in made)
    return tuple((one, ours(one), theirs) for one, theirs in zip(made, judged, strict=True))


def ours(made: Corpus) -> Formatted:
    style, _problems = csl.read(None)
    return format_citations(Task(made.cited(), made.references(), style, made.lang), Tools(), CITEPROC_PY)


def clusters() -> Iterator[tuple[Corpus, Cited, str, str]]:
    for made, formatted, judged in compared():
        for cluster, text, theirs in zip(made.clusters, formatted.clusters, judged.clusters, strict=True):
            yield made, cluster, as_html(text), theirs


def nameless(made: Corpus, cluster: Cited) -> set[str]:
    works = made.references()
    return {cite["id"] for cite in cluster["items"] if "author" not in works[cite["id"]]}


def in_doubt(made: Corpus, cluster: Cited) -> bool:
    """Whether citeproc-js is in doubt about works without authors.

    In running text it leaves out the italics and quotation marks of a title that stands where the author would, and it
    has two orders for several such works: one at first, and another if it writes the citation again because of
    something that is cited later.
    """
    works = nameless(made, cluster)
    return len(works) > 1 or bool(works and cluster.get("mode") == "composite")


def share(pairs: Sequence[tuple[str, str]]) -> float:
    return sum(one == other for one, other in pairs) / len(pairs)


def test_citations_are_those_of_citeproc_js() -> None:
    settled = [(text, theirs) for made, cluster, text, theirs in clusters() if not in_doubt(made, cluster)]
    assert len(settled) > 500
    assert share(settled) >= 0.995


def test_the_other_citations_have_the_same_words() -> None:
    doubtful = [(parts(text), parts(theirs)) for made, cluster, text, theirs in clusters() if in_doubt(made, cluster)]
    assert doubtful
    assert share(doubtful) >= 0.98


def parts(text: str) -> str:
    """The works in alphabetical order, without italics and quotation marks."""
    return "; ".join(sorted(re.sub("</?i>|[«»‘’()]", "", text).split("; ")))


def test_the_list_is_in_the_same_order() -> None:
    for _made, formatted, judged in compared():
        assert [entry.key for entry in formatted.entries] == list(judged.keys)


def test_entries_are_those_of_citeproc_js() -> None:
    pairs = [
        (as_html(entry.inlines), theirs)
        for _made, formatted, judged in compared()
        for entry, theirs in zip(formatted.entries, judged.entries, strict=True)
    ]
    assert share(pairs) >= 0.995


def test_the_same_seed_gives_the_same_corpus() -> None:
    assert corpus(7) == corpus(7)
    assert corpus(7) != corpus(8)
