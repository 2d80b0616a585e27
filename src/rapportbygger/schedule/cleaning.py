"""Removes what builds have made, and nothing else: whatever else lies in build/ is left there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rapportbygger import build_manifest, load, validate
from rapportbygger.diagnostics import Diagnostic, Location, Problems, has_errors
from rapportbygger.memory import FOLDER, files_in
from rapportbygger.messages import _
from rapportbygger.schedule.files import manifest, write_whole
from rapportbygger.schedule.laid import left_in
from rapportbygger.schedule.plan import planned


@dataclass(frozen=True, slots=True)
class Removed:
    """The files that were removed, named from the project's folder, and why others could not be."""

    files: tuple[str, ...] = ()
    problems: Problems = ()


def clean(root: Path) -> Removed:
    """Remove every output that the manifest of build/ tells of, the manifest itself, and the memory."""
    outputs = build_manifest.outputs(manifest(root))
    paths = [root / "build" / path for paths in outputs.values() for path in paths]
    memory = [*files_in(root / FOLDER), *left_in(root / FOLDER)]
    return _removed(root, [*paths, *memory, root / "build" / build_manifest.NAME])


def clean_stale(root: Path) -> Removed:
    """Remove outputs of documents that the project has no more: of nobody, where the project cannot be read whole."""
    sources, problems = load.sources(root)
    project, found = validate.project(sources) if sources else (None, ())
    if project is None or has_errors((*problems, *found)):
        return Removed(problems=(*problems, *found))
    before, known = manifest(root), planned(project).names
    outputs = build_manifest.outputs(before)
    removed = _removed(root, [root / "build" / path for name in outputs if name not in known for path in outputs[name]])
    kept = {name: one for name, one in build_manifest.documents(before).items() if name in known}
    if before is None or removed.problems:
        return removed
    failure = write_whole(root / "build" / build_manifest.NAME, build_manifest.written(kept), build_manifest.NAME)
    return Removed(removed.files, failure)


def _removed(root: Path, paths: Iterable[Path]) -> Removed:
    """Remove files in build/, and the folders that are empty then."""
    build = root / "build"
    inside = [path for path in paths if ".." not in path.parts and path.is_relative_to(build)]
    gone: list[str] = []
    problems: list[Diagnostic] = []
    for path in inside:
        name = path.relative_to(root).as_posix()
        try:
            path.unlink()
            gone.append(name)
        except FileNotFoundError:
            continue
        except OSError as error:
            message = _("cannot remove the file: {reason}").format(reason=error.strerror or error)
            hint = _("close it in Word or the PDF reader, and try again")
            problems.append(Diagnostic("unwritable", message, Location(name), hint))
    for folder in _folders(inside, build):
        with suppress(OSError):  # it is not empty, or there is none
            folder.rmdir()
    return Removed(tuple(gone), tuple(problems))


def _folders(paths: Collection[Path], build: Path) -> Iterator[Path]:
    """The folders that the files were in, the inner ones first, and build/ itself."""
    found = {folder for path in paths for folder in path.parents if folder.is_relative_to(build)}
    yield from sorted(found, key=lambda folder: len(folder.parts), reverse=True)
