"""build/manifest.json: what was built, of what, and with what: the same for the same build, but for its seconds.

    {"documents": {"rapport": {"citations": {"engine": {"name": "citeproc-py", "version": "0.11.1"},
                                             "style": {"id": "...", "sha256": "...", "title": "..."}},
                               "date": 1650000000,
                               "diagnostics": [{"code": "empty-chapter", ...}, ...],
                               "inputs": {"content/chapters/01.md": "...", "municipality asker": "...", ...},
                               "key": "...",
                               "language": "nb",
                               "outputs": {"rapport.docx": {"date": ..., "key": "...", "sha256": "...", "size": 84123},
                                           ...},
                               "problems": {"error": 0, "info": 1, "warning": 2},
                               "seconds": 0.8}},
     "version": 1}

`inputs` are the SHA-256 of what the document was made of, `key` is theirs together with all settings; both are empty
for a document that failed, and must be built again. `date` is the one that its files say, in seconds since 1970.
`diagnostics` are its problems, in `language`.

Outputs are all files of a document that build/ holds, named from there: what a build leaves as it was (a format that
was not wanted, a document that failed or that the project has no more) is said as before, until it is cleaned away.
Whoever reads it takes no notice of keys that it does not know: documents get more of them, their inputs with hashes
among them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol, TypeAlias

from rapportbygger import messages
from rapportbygger.diagnostics import Problems, Severity
from rapportbygger.model import Project
from rapportbygger.pandoc import Pandoc
from rapportbygger.resolve.citations import csl, wishes
from rapportbygger.resolve.citations.engines import CITEPROC_PY, PANDOC

NAME = "manifest.json"
VERSION = 1

Entry: TypeAlias = Mapping[str, Any]
"""What the manifest says of one document."""


class MadeOf(Protocol):
    """What a document was made of."""

    @property
    def key(self) -> str:
        """Another one for other inputs or settings."""

    @property
    def date(self) -> int:
        """Its date, in seconds since 1970."""

    @property
    def hashes(self) -> Mapping[str, str]:
        """The SHA-256 of each input, by its name."""


def entry(
    outputs: Mapping[str, tuple[str, int]],
    citations: Entry,
    problems: Problems,
    made_of: MadeOf | None = None,
    seconds: float = 0.0,
) -> Entry:
    """What is said of a document: `outputs` are SHA-256 and size by path, `citations` is what `citations_of` says."""
    counts = Counter(problem.severity for problem in problems)
    state = {"date": made_of.date, "key": made_of.key} if made_of else {"date": 0, "key": ""}
    return {
        **state,
        "citations": citations,
        "diagnostics": [asdict(problem) for problem in problems],
        "inputs": made_of.hashes if made_of else {},
        "language": messages.language(),
        "outputs": {path: {**state, "sha256": digest, "size": size} for path, (digest, size) in outputs.items()},
        "problems": {str(severity): counts[severity] for severity in Severity},
        "seconds": round(seconds, 1),
    }


def citations_of(project: Project, pandoc: Pandoc) -> Entry:
    """The style that a project's citations are written in, and the engine that formats them, with its version.

    Raises PandocError.
    """
    style, _problems = csl.read(project.csl)
    engine, _problems = wishes.engine(style, project.citation_engine)
    return {
        "engine": {"name": engine, "version": pandoc.version() if engine == PANDOC else _version()},
        "style": {"id": style.id, "sha256": style.sha256, "title": style.title},
    }


def _version() -> str:
    try:
        return version(CITEPROC_PY)
    except PackageNotFoundError:  # it was not installed as a package
        return ""


def merged(before: bytes | None, entries: Mapping[str, Entry]) -> bytes:
    """The manifest after a build of `entries`, with what it said `before` of other documents and other outputs."""
    known = documents(before)
    whole = {name: {**one, "outputs": {**_outputs(known.get(name)), **one["outputs"]}} for name, one in entries.items()}
    return written({**known, **whole})


def written(documents: Mapping[str, Entry]) -> bytes:
    """The manifest of these documents."""
    made = {"documents": documents, "version": VERSION}
    return (json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def outputs(manifest: bytes | None) -> Mapping[str, tuple[str, ...]]:
    """The files of each document that has any, named from build/."""
    return {name: tuple(paths) for name, one in documents(manifest).items() if (paths := _outputs(one))}


def _outputs(entry: Any) -> Mapping[str, Any]:
    found = entry.get("outputs") if isinstance(entry, dict) else None
    return found if isinstance(found, dict) else {}


def documents(manifest: bytes | None) -> Mapping[str, Any]:
    """What a manifest says, nothing where there is none, or one that cannot be read or is of another version."""
    try:
        read = json.loads(manifest or b"{}")
    except ValueError:
        return {}
    if not isinstance(read, dict) or read.get("version") != VERSION or not isinstance(read.get("documents"), dict):
        return {}
    found: Mapping[str, Any] = read["documents"]
    return found
