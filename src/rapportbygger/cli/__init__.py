"""The command line: parse, call, report. The only module that knows Click, prints, and decides the exit code.

The commands are made by functions, so that their help is in the language in use when they are asked for. What they
need is imported when they run: `--help` costs no more than Click.

Exit codes: 0 done; 1 problems, with everything that could be built built; 2 usage (also no project, or a folder that
is not empty); 130 stopped with Ctrl-C, 143 with SIGTERM.
"""

from __future__ import annotations

import contextlib
import gc
import gettext
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rapportbygger import __version__, messages
from rapportbygger.cli import clean, form, scheduler
from rapportbygger.cli.project import complete_municipalities, complete_reports, project_option, project_root
from rapportbygger.messages import _

if TYPE_CHECKING:
    from rapportbygger.schedule import UnknownName

FORMATS = ("docx", "pdf")
PDF_ENGINES = ("typst", "libreoffice")
STOPPED, TERMINATED = 130, 143


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. Nothing but that and the output comes out of it."""
    speak(messages.wanted(os.environ))
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that was replaced by something simpler
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return program().main(arguments, standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        from rapportbygger.schedule.interrupts import Terminated

        return TERMINATED if isinstance(error.__cause__, Terminated) else STOPPED
    except OSError as error:
        return _refused(error)
    except Exception as error:
        return _crashed(error)


# ------------------------------------------------------------------------------------------------------------ commands


def program() -> click.Group:
    """The command line, with help in the language in use."""
    group = click.Group(
        "rapportbygger",
        commands=[new_command(), build_command(), clean.command(), form.command(), schema_command(), template_group()],
        help=_("Builds reports in Word and PDF from chapters in Markdown and what municipalities deliver."),
        epilog=_("Begin with «rapportbygger new DIR»."),
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    return click.version_option(__version__, prog_name="rapportbygger")(group)


def new_command() -> click.Command:
    """`new DIR`."""
    return click.Command(
        "new",
        callback=new,
        options_metavar=_("[OPTIONS]"),
        help=_("Make a small project in the folder DIR that builds at once."),
        params=[click.Argument(["folder"], metavar=_("DIR"), type=click.Path(path_type=Path))],
    )


def build_command() -> click.Command:
    """`build [REPORT ...]`."""
    return click.Command(
        "build",
        callback=build,
        options_metavar=_("[OPTIONS]"),
        short_help=_("Build all reports, or the named ones."),
        help=_("Build everything in the manifest, or the named reports, into the folder build."),
        params=[
            click.Argument(
                ["reports"], nargs=-1, metavar=_("[REPORT]..."), required=False, shell_complete=complete_reports
            ),
            click.Option(
                ["-m", "--municipality", "municipalities"],
                multiple=True,
                metavar="ID",
                shell_complete=complete_municipalities,
                help=_("Build only for this municipality. May be given several times."),
            ),
            click.Option(
                ["-f", "--format", "formats"],
                multiple=True,
                type=click.Choice(FORMATS),
                help=_("Build only this format. May be given several times."),
            ),
            click.Option(
                ["--pdf-engine"],
                type=click.Choice(PDF_ENGINES),
                default="typst",
                help=_("What makes the PDF. LibreOffice shows every property of a template, and must be installed."),
            ),
            _jobs_option(),
            scheduler.option(),
            click.Option(["--force"], is_flag=True, help=_("Build what has not changed too.")),
            click.Option(["--strict"], is_flag=True, help=_("Let warnings fail the build too.")),
            project_option(),
        ],
    )


def _jobs_option() -> click.Option:
    return click.Option(
        ["-j", "--jobs"],
        type=click.IntRange(min=1),
        metavar="N",
        help=_("Build with so many processes. Without it: as many as there are cores, where it saves time."),
    )


def schema_command() -> click.Command:
    """`schema`."""
    return click.Command(
        "schema",
        callback=schema,
        options_metavar=_("[OPTIONS]"),
        short_help=_("Print the JSON Schema of the manifest."),
        help=_("Print the JSON Schema of the manifest (content/report.yaml), for editors."),
    )


def template_group() -> click.Group:
    """`template check FILE ...`."""
    check = click.Command(
        "check",
        callback=check_templates,
        options_metavar=_("[OPTIONS]"),
        short_help=_("Tell what a Word template lacks."),
        help=_("Tell what is missing in a Word template, and what will look different in the PDF."),
        params=[
            click.Argument(
                ["files"],
                nargs=-1,
                required=True,
                metavar=_("FILE..."),
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
            ),
            click.Option(["--strict"], is_flag=True, help=_("Let warnings make the exit code 1 too.")),
        ],
    )
    return click.Group(
        "template",
        commands=[check],
        help=_("For those who make Word templates."),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        options_metavar=_("[OPTIONS]"),
    )


def new(folder: Path) -> None:
    """Copy the starter project to an empty or new folder."""
    from rapportbygger.starter import copy_to

    try:
        copy_to(folder)
    except FileExistsError:
        raise click.UsageError(_("«{path}» exists already and is not an empty folder").format(path=folder)) from None
    except OSError as error:
        raise click.ClickException(_cannot_write(error, folder)) from None
    click.echo(_("made a project in «{path}»; build it with:").format(path=folder))
    click.echo(f"\n    cd {_quoted(folder)}\n    rapportbygger build")


def build(project: Path | None, strict: bool, **wanted: Any) -> None:
    """Build, show what was written and what is wrong, and exit with 1 where something is."""
    scheduler.refuse_jobs(wanted["jobs"], wanted["scheduler"])
    root = project_root(project)
    gc.set_threshold(50_000, 50, 50)  # documents are large trees without cycles: most collections would find nothing
    from rapportbygger import schedule as pipeline
    from rapportbygger import terminal
    from rapportbygger.schedule.interrupts import termination_stops

    with _told(pipeline.UnknownName), termination_stops(), terminal.progress(sys.stderr) as show:
        result = pipeline.build(root, on_event=show, **wanted)
    if not (result.written or result.problems or result.failed or result.fresh):
        raise click.UsageError(_("nothing to build: no report is made for what was asked"))
    terminal.report(result, root, sys.stderr)
    gc.freeze()  # the process ends here: nothing is looked through once more
    raise click.exceptions.Exit(int(bool(result.failed) or terminal.fails(result.problems, strict)))


def check_templates(files: Sequence[Path], strict: bool) -> None:
    """Show what is to be said of each template, and exit with 1 where something is wrong."""
    from rapportbygger import template_check, terminal
    from rapportbygger.schedule import Result

    problems = tuple(problem for file in files for problem in template_check.check(file))
    terminal.report(Result(problems=problems), Path.cwd(), sys.stderr)
    if not problems:
        click.echo(_("nothing is missing"))
    raise click.exceptions.Exit(int(terminal.fails(problems, strict)))


def schema() -> None:
    """Print the manifest's schema, in ASCII: it means the same in whatever encoding it is redirected."""
    import json

    from rapportbygger.validate import manifest_schema

    click.echo(json.dumps(manifest_schema(), indent=2))


@contextlib.contextmanager
def _told(unknown: type[UnknownName]) -> Iterator[None]:
    """Why a build was refused, and what is left of one that is stopped."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("\n" + _("stopped: what was built is kept, and the next build goes on from there"), err=True)
        raise
    except unknown as error:
        raise click.UsageError(_unknown_name(error), click.get_current_context()) from None


def _unknown_name(error: UnknownName) -> str:
    from rapportbygger.diagnostics import nearest

    sentence = {
        "report": _("no report is called «{name}»"),
        "municipality": _("no municipality has the id «{name}»"),
    }[error.kind].format(name=error.name)
    near = nearest(error.name, error.known)
    if near:
        return f"{sentence}\n  " + _("did you mean «{name}»?").format(name=near)
    return f"{sentence}\n  " + _("known: {names}").format(names=", ".join(sorted(error.known)) or _("none"))


# ---------------------------------------------------------------------------------------- language, and the last resort


def speak(chosen: str) -> None:
    """Speak a language from now on: our messages, and Click's own, which it asks gettext's default domain for."""
    messages.use(chosen)
    gettext.bindtextdomain("click", str(messages.LOCALE))
    gettext.textdomain("click")
    os.environ["LANGUAGE"] = messages.catalogue(chosen) or "en"


def _crashed(error: Exception) -> int:
    import traceback

    from rapportbygger import crash

    if os.environ.get("RAPPORTBYGGER_DEBUG"):
        traceback.print_exception(error)
        return 1
    message = _("internal error, which is not your fault: {error}\n  please report it, with the file «{path}»")
    click.echo(message.format(error=f"{type(error).__name__}: {error}", path=crash.report(error)), err=True)
    return 1


def _refused(error: OSError) -> int:
    """Say what the system does not let us read or write: a full disk, a folder that is gone."""
    reason = error.strerror or str(error)
    named = _("cannot read or write «{path}»: {reason}").format(path=error.filename, reason=reason)
    with contextlib.suppress(OSError):
        click.ClickException(
            named if error.filename else _("cannot read or write: {reason}").format(reason=reason)
        ).show()
    try:
        sys.stdout.flush()
    except OSError:  # Python would try once more at its end, and complain
        with contextlib.suppress(OSError):
            sys.stdout.close()
    return 1


def _cannot_write(error: OSError, folder: Path) -> str:
    return _("cannot write «{path}»: {reason}").format(path=error.filename or folder, reason=error.strerror or error)


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
