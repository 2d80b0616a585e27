"""`rapportbygger form`: the workbook that a municipality fills in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rapportbygger.cli.project import complete_municipalities, project_option, project_root
from rapportbygger.messages import _

if TYPE_CHECKING:
    from rapportbygger.diagnostics import Problems
    from rapportbygger.model import Data, Sources


def command() -> click.Command:
    """`form ID`."""
    return click.Command(
        "form",
        callback=form,
        options_metavar=_("[OPTIONS]"),
        short_help=_("Write the Excel workbook that a municipality fills in."),
        help=_(
            "Write the Excel workbook that the municipality ID fills in, by the project's schema, with what is already "
            "known. What comes back is put among the municipalities' files, in place of its YAML file."
        ),
        params=[
            click.Argument(["municipality"], metavar="ID", shell_complete=complete_municipalities),
            click.Option(
                ["-o", "--output"],
                metavar=_("FILE"),
                type=click.Path(dir_okay=False, path_type=Path),
                help=_("The file to write; it must not exist. Without it: build/forms/ID.xlsx."),
            ),
            project_option(),
        ],
    )


def form(municipality: str, output: Path | None, project: Path | None) -> None:
    """Write the workbook, tell what it could not hold, and exit with 1 where something is wrong."""
    from rapportbygger import terminal
    from rapportbygger.schedule import Result

    root = project_root(project)
    path = _output(output, root, municipality)
    problems = _written(root, municipality, path)
    terminal.report(Result(problems=problems), root, sys.stderr)
    if path.is_file():
        click.echo(_("wrote «{path}»").format(path=path))
    raise click.exceptions.Exit(int(terminal.fails(problems, strict=False)))


def _output(wanted: Path | None, root: Path, municipality: str) -> Path:
    from rapportbygger import formats

    if told := formats.file_name(municipality):
        raise click.UsageError(told[1])
    if wanted is None:
        path = root / "build" / "forms" / f"{municipality}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        return path
    if wanted.suffix.lower() != ".xlsx":
        raise click.UsageError(_("the name of the file must end in .xlsx: «{path}»").format(path=wanted))
    if wanted.exists():
        raise click.UsageError(_("«{path}» exists already").format(path=wanted))
    return wanted


def _written(root: Path, municipality: str, path: Path) -> Problems:
    from rapportbygger import form as forms
    from rapportbygger import load
    from rapportbygger.diagnostics import has_errors
    from rapportbygger.json_schema import mapping
    from rapportbygger.load import workbooks
    from rapportbygger.schedule.files import write_whole

    sources, problems = load.sources(root)
    known = _known(sources, municipality) if sources else None
    concerned = tuple(_concerned(problems, sources, municipality, known))
    if sources is None or sources.schema is None:
        return concerned or (workbooks.no_schema(f"{municipality}.xlsx"),)
    if has_errors(concerned):
        return concerned
    schema = sources.schema.value
    values = known.value if known and isinstance(known.value, dict) else {}
    if "id" in mapping(schema, "properties"):  # so that the file can come back under any name
        values = {"id": municipality, **values}
    content = forms.workbook(schema, values)
    read, _problems = workbooks.read(content, path.name, schema)
    lost = forms.lost(values, read.value if read else {})
    return (*concerned, *_lost(known, lost), *write_whole(path, content, str(path)))


def _known(sources: Sources, municipality: str) -> Data | None:
    from rapportbygger.validate.municipalities import identifier

    return next((one for one in sources.municipalities if identifier(one.file, one.value) == municipality), None)


def _concerned(problems: Problems, sources: Sources | None, municipality: str, known: Data | None) -> Iterator[Any]:
    """The problems of the manifest, the schema and the municipality's own file."""
    files = {sources.manifest.file, sources.schema.file if sources.schema else ""} if sources else set()
    for problem in problems:
        file = problem.location.file if problem.location else ""
        own = file == known.file if known else Path(file).stem == municipality
        if sources is None or sources.schema is None or file in files or own:
            yield problem


def _lost(known: Data | None, paths: tuple[tuple[str | int, ...], ...]) -> Iterator[Any]:
    from rapportbygger.diagnostics import Diagnostic, Severity

    for path in paths:
        name = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
        message = _("«{name}» has no place in the workbook, and is not in it").format(name=name)
        hint = _("keep the YAML file, or give the schema a field for it")
        at = known.location(path) if known else None
        yield Diagnostic("not-in-form", message, at, hint, Severity.WARNING)
