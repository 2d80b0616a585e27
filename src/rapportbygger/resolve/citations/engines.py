"""One interface to the engines that format citations, and which of them formats which style."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from rapportbygger.protocols import Memory
from rapportbygger.recent import OfEach
from rapportbygger.resolve.citations import authordate, pandoc_citeproc, provenance, remembered
from rapportbygger.resolve.citations.authordate import style as authordate_style
from rapportbygger.resolve.citations.clusters import Formatted
from rapportbygger.resolve.citations.csl import Style
from rapportbygger.resolve.citations.task import Engine, Task, Tools

__all__ = ["CITEPROC_PY", "ENGINES", "PANDOC", "Engine", "Task", "Tools", "engine_for", "format_citations"]

CITEPROC_PY, PANDOC = "citeproc-py", "pandoc"

ENGINES: Mapping[str, Engine] = {CITEPROC_PY: authordate.formatted, PANDOC: pandoc_citeproc.formatted}


def engine_for(style: Style, wanted: str = "", memory: Memory | None = None) -> str:
    """The name of the engine for a style: the one that is `wanted`, if any, else by how the style cites.

    citeproc-py has author-date styles, but for those that need what its layer does not do; pandoc has all others.
    """
    return wanted or (PANDOC if why_not_citeproc_py(style, memory) else CITEPROC_PY)


def why_not_citeproc_py(style: Style, memory: Memory | None = None) -> tuple[str, ...]:
    """What in a style only pandoc does: nothing, where citeproc-py can format it."""
    if style.category != "author-date":
        return (style.category,)
    reasons = _reasons.get(style)
    if reasons is None:
        beyond = partial(authordate_style.beyond, style)
        reasons = tuple(provenance.remembered(memory, "beyond", style.xml.decode("utf-8"), beyond))
        _reasons.put(style, reasons)
    return reasons


_reasons = OfEach[Style, tuple[str, ...]]()
"""Those of the last documents' styles."""


def format_citations(task: Task, tools: Tools, engine: str | None = None) -> Formatted:
    """The text of each cluster, and the entries of the reference list in order.

    >>> style, _problems = csl.read(None)
    >>> task = Task([(Cite("ks2018"),)], {"ks2018": {"author": "KS", "issued": 2018, "title": "Mål"}}, style, "nb")
    >>> made = format_citations(task, Tools())
    >>> plain(made.clusters[0]), made.entries[0].key
    ('(KS, 2018)', 'ks2018')

    `engine` is one of `ENGINES` (None: the style's own, as `engine_for` says). With a memory among the tools, what was
    formatted before is not formatted again.
    """
    name = engine or engine_for(task.style, memory=tools.memory)
    return remembered.formatted(task, tools, name, ENGINES[name])
