"""Which project a command is about, and what of it a shell can complete."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from rapportbygger.messages import _

MANIFEST = Path("content", "report.yaml")


class NoProject(click.ClickException):
    """There is no manifest where one was looked for."""

    exit_code = 2


def project_option() -> click.Option:
    """`--project DIR`."""
    return click.Option(
        ["--project"],
        metavar=_("DIR"),
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help=_("The project's folder. Without it: this folder, or the nearest above it with a manifest."),
    )


def project_root(given: Path | None) -> Path:
    """The project's folder: the one given, else the current one or the nearest above it that has a manifest."""
    here = given or _current_folder()
    candidates = [given] if given else [here, *here.parents]
    for folder in candidates:
        if (folder / MANIFEST).is_file():
            return folder.resolve()
    raise NoProject(_no_project(given, here))


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except OSError as error:  # deleted in the meantime
        raise OSError(error.errno, error.strerror, ".") from None


def _no_project(given: Path | None, here: Path) -> str:
    found = (
        _("no {manifest} in «{path}»").format(manifest=MANIFEST.as_posix(), path=given)
        if given
        else _("no {manifest} in «{path}» or a folder above it").format(manifest=MANIFEST.as_posix(), path=here)
    )
    hint = _("name the project's folder with --project, or make a project with «rapportbygger new DIR»")
    return f"{found}\n  {hint}"


def complete_reports(context: click.Context, _parameter: click.Parameter, start: str) -> list[str]:
    """The project's reports that begin so."""
    with contextlib.suppress(Exception):  # a key press must never answer with an error
        return _completions(start, _manifest(context)["reports"])
    return []


def complete_municipalities(context: click.Context, _parameter: click.Parameter, start: str) -> list[str]:
    """The project's municipalities that begin so."""
    with contextlib.suppress(Exception):
        files = (_completed_root(context) / MANIFEST.parent).glob(_manifest(context)["municipalities"])
        return _completions(start, (path.stem for path in files))
    return []


def _completions(start: str, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name.startswith(start))


def _completed_root(context: click.Context) -> Path:
    given = context.params.get("project")
    return project_root(Path(given) if given else None)


def _manifest(context: click.Context) -> Any:
    import yaml

    return yaml.safe_load((_completed_root(context) / MANIFEST).read_text(encoding="utf-8"))
