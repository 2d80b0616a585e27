"""citeproc-js, by way of npm's `citeproc`: what it makes of citations and of a reference list."""

from __future__ import annotations

import html
import json
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from judges.outside import available, lacking
from rapportbygger.nodes import Node

_SCRIPT = Path(__file__).with_suffix(".js")
_PACKAGE = Path(__file__).parents[2] / "node_modules" / "citeproc"
_TAGS = {"Emph": "i", "Strong": "b", "Superscript": "sup", "Subscript": "sub"}


@dataclass(frozen=True)
class Judged:
    """The text of every cluster, and of every entry with its key, in the order of the list, as HTML."""

    clusters: tuple[str, ...]
    keys: tuple[str, ...]
    entries: tuple[str, ...]


def require() -> None:
    """Skip the test unless node and the package are here; with CI=true in the environment, fail it."""
    if available("node") is None or not _PACKAGE.is_dir():
        lacking("node, or its package citeproc (npm ci)")


def citeproc_js(jobs: Iterable[dict[str, Any]]) -> list[Judged]:
    """What citeproc-js answers to the jobs, each as in citeproc.js but for the locales, which are citeproc-py's."""
    import citeproc

    locales = Path(str(citeproc.__file__)).parent / "data" / "locales"
    lines = [json.dumps({**job, "locales": str(locales)}) for job in jobs]
    done = subprocess.run(
        [str(available("node")), str(_SCRIPT)],
        input="\n".join(lines),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return [_judged(json.loads(line)) for line in done.stdout.splitlines()]


def _judged(answer: dict[str, list[str]]) -> Judged:
    clusters, entries = (tuple(_tidied(text) for text in answer[name]) for name in ("clusters", "entries"))
    return Judged(clusters, tuple(answer["keys"]), entries)


def _tidied(text: str) -> str:
    """citeproc-js's HTML with characters for entities, and its upright text in italics as what closes them."""
    text = text.replace('<span style="font-style:normal;">', "</i>").replace("</span>", "<i>")
    return html.unescape(text).replace("<i></i>", "")


def as_html(nodes: Sequence[Node]) -> str:
    """Inlines as citeproc-js would have them, links as their text."""
    return "".join(_as_html(node) for node in nodes).replace("</i><i>", "")


def _as_html(node: Node) -> str:
    kind = node["t"]
    if kind == "Str":
        return str(node["c"])
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind in ("Link", "Span"):
        return as_html(node["c"][1])
    tag = _TAGS.get(kind)
    return f"<{tag}>{as_html(node['c'])}</{tag}>" if tag else as_html(node["c"])
