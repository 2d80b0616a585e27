"""The command line: parse, call, report. The only module that knows Click, prints, and decides the exit code.

The commands are made by functions, so that their help is in the language in use when they are asked for. What they
need is imported when they run: `--help` costs no more than Click.

Exit codes: 0 done; 1 problems, with everything that could be built built; 2 usage (also no project, or a folder that
is not empty); 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import contextlib
import gc
import gettext
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rapportbygger import __version__, messages
from rapportbygger.messages import _

if TYPE_CHECKING:
    from rapportbygger.schedule import UnknownName

MANIFEST = Path("content", "report.yaml")
FORMATS = ("docx", "pdf")
STOPPED = 130


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
    except (click.Abort, KeyboardInterrupt):
        return STOPPED
    except OSError as error:
        return _refused(error)
    except Exception as error:
        return _crashed(error)


# ------------------------------------------------------------------------------------------------------------ commands


def program() -> click.Group:
    """The command line, with help in the language in use."""
    group = click.Group(
        "rapportbygger",
        commands=[new_command(), build_command(), schema_command()],
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
                ["reports"], nargs=-1, metavar=_("[REPORT]..."), required=False, shell_complete=_complete_reports
            ),
            click.Option(
                ["-m", "--municipality", "municipalities"],
                multiple=True,
                metavar="ID",
                shell_complete=_complete_municipalities,
                help=_("Build only for this municipality. May be given several times."),
            ),
            click.Option(
                ["-f", "--format", "formats"],
                multiple=True,
                type=click.Choice(FORMATS),
                help=_("Build only this format. May be given several times."),
            ),
            click.Option(["--strict"], is_flag=True, help=_("Let warnings fail the build too.")),
            click.Option(
                ["--project"],
                metavar=_("DIR"),
                type=click.Path(exists=True, file_okay=False, path_type=Path),
                help=_("The project's folder. Without it: this folder, or the nearest above it with a manifest."),
            ),
        ],
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


def build(
    reports: Sequence[str], municipalities: Sequence[str], formats: Sequence[str], strict: bool, project: Path | None
) -> None:
    """Build, show what was written and what is wrong, and exit with 1 where something is."""
    root = project_root(project)
    gc.set_threshold(50_000, 50, 50)  # documents are large trees without cycles: most collections would find nothing
    from rapportbygger import schedule as pipeline
    from rapportbygger import terminal

    with _usage_errors(pipeline.UnknownName), terminal.progress(sys.stderr) as show:
        result = pipeline.build(root, reports=reports, municipalities=municipalities, formats=formats, on_event=show)
    if not (result.written or result.problems or result.failed):
        raise click.UsageError(_("nothing to build: no report is made for what was asked"))
    terminal.report(result, root, sys.stderr)
    gc.freeze()  # the process ends here: nothing is looked through once more
    raise click.exceptions.Exit(int(bool(result.failed) or terminal.fails(result.problems, strict)))


def schema() -> None:
    """Print the manifest's schema, in ASCII: it means the same in whatever encoding it is redirected."""
    import json

    from rapportbygger.validate import manifest_schema

    click.echo(json.dumps(manifest_schema(), indent=2))


# ------------------------------------------------------------------------------------------------------------- project


class NoProject(click.ClickException):
    """There is no manifest where one was looked for."""

    exit_code = 2


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


@contextlib.contextmanager
def _usage_errors(unknown: type[UnknownName]) -> Iterator[None]:
    try:
        yield
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


def _complete_reports(context: click.Context, _parameter: click.Parameter, start: str) -> list[str]:
    with contextlib.suppress(Exception):  # a key press must never answer with an error
        return _completions(start, _manifest(context)["reports"])
    return []


def _complete_municipalities(context: click.Context, _parameter: click.Parameter, start: str) -> list[str]:
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
