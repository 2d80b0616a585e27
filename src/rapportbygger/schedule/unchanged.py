"""A project of which nothing has changed since it was built whole: known by its files alone, before any is read.

What is remembered is the result of a build, by all that its documents can depend on. It is only believed where every
output lies there as it was written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from rapportbygger import build_manifest, diagnostics, messages
from rapportbygger.memory import Memory, key_of
from rapportbygger.schedule import program, tree
from rapportbygger.schedule.files import STALE
from rapportbygger.schedule.outcomes import Result

KIND = "build"


def key(options: tuple[object, ...], files: tree.Tree) -> str:
    """Another one for another answer: other inputs, other options, another program, another language."""
    date = os.environ.get("SOURCE_DATE_EPOCH", "")
    return key_of(program.key(), options, messages.language(), date, files.key())


def recalled(memory: Memory, key: str, root: Path) -> Result | None:
    """The result of a build that would do nothing but what was done."""
    if not (root / "build" / build_manifest.NAME).is_file():  # nothing is looked for, nor a folder made for it
        return None
    try:
        said = json.loads(memory.get(KIND, key) or b"null")
        if said is None or not all(_place(root / "build" / path) == at for path, at in said["outputs"].items()):
            return None
        problems = diagnostics.recalled(said["problems"])
        shared = dict(zip(problems, said["shared"], strict=True))
        return Result(problems=problems, fresh=said["documents"], documents=shared)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def remember(memory: Memory, key: str, root: Path, result: Result, outputs: Iterable[str]) -> None:
    """Remember the result of a build, if nothing failed; `outputs` are named from build/."""
    if result.failed or any(problem.code == STALE for problem in result.problems):
        return
    places = {path: _place(root / "build" / path) for path in (*outputs, build_manifest.NAME)}
    if all(places.values()):
        documents = len({path.rpartition(".")[0] for path in places}) - 1
        shared = [result.documents.get(each, 0) for each in result.problems]
        problems = [asdict(each) for each in result.problems]
        said = {"documents": documents, "outputs": places, "problems": problems, "shared": shared}
        memory.put(KIND, key, json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _place(path: Path) -> list[int]:
    """Size and time, to the nanosecond, of a file as it was written; nothing where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return []
    return [stat.st_size, stat.st_mtime_ns]
