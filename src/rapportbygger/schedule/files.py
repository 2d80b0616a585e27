"""The only place that gives build/ its files: those of documents, and the manifest that tells of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import move

from rapportbygger import build_manifest, crash
from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity, has_errors
from rapportbygger.messages import _
from rapportbygger.model import Project
from rapportbygger.schedule.document import Made
from rapportbygger.schedule.inputs import Inputs
from rapportbygger.schedule.laid import Laid
from rapportbygger.schedule.outcomes import Outcome, Written
from rapportbygger.schedule.plan import planned

STALE = "stale-output"


def write(name: str, made: Made, root: Path) -> Outcome:
    """A document's files, written into the project's folder `root`."""
    written: list[Written] = []
    problems = (*made.problems, *_crashed(name, made))
    contents: dict[str, bytes | Laid] = {**made.files, **made.laid}
    for suffix, data in contents.items():
        file = f"build/{name}.{suffix}"
        failure = write_whole(root / file, data, file)
        problems = (*problems, *failure)
        if not failure:
            size, digest = _told(data)
            written.append(Written(root / file, size, made.seconds, name, digest))
    whole = made.whole and not has_errors(problems)
    return Outcome(name, tuple(written), problems, whole, seconds=made.seconds)


def _told(data: bytes | Laid) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    return (data.size, data.sha256) if isinstance(data, Laid) else (len(data), sha256(data).hexdigest())


def _crashed(name: str, made: Made) -> Problems:
    """An error of the program itself is told of in a file, by the process that does not go away."""
    if not made.crash:
        return ()
    error = made.crash.strip().splitlines()[-1]
    message = _("internal error while making {name}, which is not your fault: {error}").format(name=name, error=error)
    hint = _("please report it, with the file «{path}»").format(path=crash.keep(made.crash))
    return (Diagnostic("internal-error", message, hint=hint),)


def say_what_was_built(
    project: Project, outcomes: Sequence[Outcome], citations: build_manifest.Entry, made_of: Mapping[str, Inputs]
) -> Problems:
    """Write the manifest of build/, with what it said before of documents that were not wanted or built now.

    `made_of` says what documents were made of, where that is known.
    """
    folder = project.root / "build"
    entries = {
        outcome.name: build_manifest.entry(
            {file.path.relative_to(folder).as_posix(): (file.sha256, file.size) for file in outcome.written},
            citations,
            outcome.problems,
            made_of=made_of.get(outcome.name) if outcome.whole else None,
            seconds=outcome.seconds,
        )
        for outcome in outcomes
        if not outcome.fresh
    }
    before = manifest(project.root)
    merged = build_manifest.merged(before, entries)
    failure = (
        () if merged == before else write_whole(folder / build_manifest.NAME, merged, f"build/{build_manifest.NAME}")
    )
    return (*failure, *_stale(merged, project, folder))


def manifest(root: Path) -> bytes | None:
    """The manifest of build/, None where there is none that can be read."""
    try:
        return (root / "build" / build_manifest.NAME).read_bytes()
    except OSError:
        return None


def _stale(manifest: bytes, project: Project, folder: Path) -> Problems:
    """What is still in build/ (`folder`) of documents that the project has no more; a report with errors is there."""
    known = planned(project).names
    outputs = build_manifest.outputs(manifest)
    gone = [name for name in outputs if name not in known and name.partition("/")[0] not in project.invalid]
    left = [path for name in gone for path in outputs[name] if (folder / path).is_file()]
    if not left:
        return ()
    files = ", ".join(f"«build/{path}»" for path in left)
    message = _("left from documents that the project has no more: {files}").format(files=files)
    hint = _("remove them with «rapportbygger clean --stale»")
    return (Diagnostic(STALE, message, Location(f"build/{build_manifest.NAME}"), hint, Severity.INFO),)


def write_whole(path: Path, data: bytes | Laid, name: str) -> Problems:
    """Write a file whole or not at all: beside it first, then in its place. `name` is what a problem calls it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, Laid):
            move(data.path, beside)  # which copies it where that is another file system
        else:
            beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        message = _("cannot write the file: {reason}").format(reason=error.strerror or error)
        hint = _hint_for_unwritable(error)
        return (Diagnostic("unwritable", message, Location(name), hint),)
    finally:
        with suppress(OSError):  # nothing is left there where all went well
            beside.unlink(missing_ok=True)
    return ()


def _hint_for_unwritable(error: OSError) -> str:
    if isinstance(error, (IsADirectoryError, NotADirectoryError, FileExistsError)):
        return _(
            "move away what has that name: a file where there must be a folder, or a folder where there must be a file"
        )
    return _("close it in Word or the PDF reader, and build again")
