"""`rapportbygger clean`: away with what was built."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rapportbygger.cli.project import project_option, project_root
from rapportbygger.messages import _, counted


def command() -> click.Command:
    """`clean`."""
    return click.Command(
        "clean",
        callback=clean,
        options_metavar=_("[OPTIONS]"),
        short_help=_("Remove what was built."),
        help=_("Remove the files that builds have made, and what is remembered of them. Nothing else is touched."),
        params=[
            click.Option(["--stale"], is_flag=True, help=_("Only files of reports and municipalities that are gone.")),
            project_option(),
        ],
    )


def clean(project: Path | None, stale: bool) -> None:
    """Remove files, name them, and exit with 1 where one could not be removed."""
    from rapportbygger import terminal
    from rapportbygger.schedule import Result, cleaning

    root = project_root(project)
    removed = cleaning.clean_stale(root) if stale else cleaning.clean(root)
    for file in removed.files if stale else ():
        click.echo(file)
    count = len(removed.files)
    click.echo(counted("removed {n} file", "removed {n} files", count).format(n=count))
    terminal.report(Result(problems=removed.problems), root, sys.stderr)
    raise click.exceptions.Exit(int(terminal.fails(removed.problems, strict=False)))
