"""What a manifest asks for beside its citations: an engine, and works that are listed though they are not cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapportbygger.diagnostics import Diagnostic, Problems, Said, nearest
from rapportbygger.messages import _
from rapportbygger.protocols import Memory
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.csl import Style
from rapportbygger.resolve.citations.engines import CITEPROC_PY, engine_for, why_not_citeproc_py

EVERY = "*"


def engine(style: Style, wanted: Said | None, memory: Memory | None = None) -> tuple[str, Problems]:
    """The engine for a style. A wish that cannot be met is an error at the manifest's own line."""
    reasons = why_not_citeproc_py(style) if wanted is not None and wanted.value == CITEPROC_PY else ()
    if wanted is None or not reasons:
        return engine_for(style, wanted.value if wanted else "", memory), ()
    message = _("«{engine}» cannot format citations in the style «{style}», because of «{reason}»").format(
        engine=wanted.value, style=style.title or style.id, reason=", ".join(reasons)
    )
    hint = _("write «citation-engine: pandoc», or leave it out")
    return engine_for(style), (Diagnostic("impossible-engine", message, wanted.at, hint),)


def listed(nocite: Sequence[Said], references: Mapping[str, Item]) -> tuple[tuple[str, ...], Problems]:
    """The keys of works that are listed though they may not be cited; those that are not known are errors."""
    if any(said.value == EVERY for said in nocite):
        return tuple(references), ()
    keys = [(said.value.removeprefix("@"), said.at) for said in nocite]
    unknown = ((key, at, nearest(key, references)) for key, at in keys if key not in references)
    problems = tuple(
        Diagnostic(
            "unknown-reference",
            _("unknown reference «{key}»").format(key=key),
            at,
            _("did you mean «{near}»?").format(near=near)
            if near is not None
            else _("add it to the bibliography, or correct the key"),
        )
        for key, at, near in unknown
    )
    return tuple(dict.fromkeys(key for key, _at in keys if key in references)), problems
