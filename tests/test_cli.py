"""The command line, as its users meet it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

import judges
from rapportbygger import cli, messages, template, terminal
from rapportbygger.diagnostics import Diagnostic, Location, Severity


def run(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """`rapportbygger ...` as a process of its own, not on a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "rapportbygger", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def invoke(*arguments: str) -> Result:
    """The same in this process."""
    return CliRunner().invoke(cli.program(), arguments, prog_name="rapportbygger")


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# ---------------------------------------------------------------------------------------------------------------- help


def test_help_names_the_commands() -> None:
    result = invoke("--help")
    assert result.exit_code == 0
    named = [line.split()[0] for line in result.output.partition("Commands:\n")[2].splitlines() if line.strip()]
    assert {"build", "clean", "new", "schema", "template"} <= set(named)


def test_help_needs_nothing_but_click() -> None:
    code = "import sys, rapportbygger.cli as c; c.main(['build', '--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    heavy = {"rich", "yaml", "jinja2", "lxml", "typst", "babel", "docx", "jsonschema", "json", "difflib", "tempfile"}
    assert set(done.stderr.split()) & heavy <= {"tempfile"}
    assert "--municipality" in done.stdout


ENGLISH = {"and", "command", "commands", "did", "dir", "error", "exit", "folder", "is", "make", "mean", "message"}
ENGLISH |= {"missing", "not", "option", "options", "print", "report", "show", "the", "this", "try", "usage", "you"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["new", "--help"],
        ["build", "--help"],
        ["schema", "--help"],
        ["new"],
        ["bild"],
        ["build", "--strickt"],
        ["build", "--format", "html"],
        ["build", "--format"],
        ["build", "--strict=1"],
        ["build", "--project", "missing-folder"],
        ["schema", "x"],
        ["schema", "x", "y"],
    ],
    ids=" ".join,
)
def test_all_of_it_is_norwegian_to_norwegians(arguments: list[str]) -> None:
    done = run(*arguments, RAPPORTBYGGER_LANG="nb")
    words = (done.stdout + done.stderr).replace("'", " ").replace("«", " ").replace("»", " ").split()
    assert words
    assert {word.strip("[]().:,?").lower() for word in words} & ENGLISH == set()


def test_the_locale_chooses_the_language() -> None:
    assert messages.wanted({"LANG": "nb_NO.UTF-8"}) == "nb_NO.UTF-8"
    assert messages.wanted({"LANG": "en_GB.UTF-8", "LC_ALL": "nn_NO.UTF-8"}) == "nn_NO.UTF-8"
    assert messages.wanted({"RAPPORTBYGGER_LANG": "en", "LC_ALL": "nn_NO.UTF-8"}) == "en"
    assert messages.wanted({"RAPPORTBYGGER_LANG": "", "LC_ALL": "", "LC_MESSAGES": "nb_NO", "LANG": "C"}) == "nb_NO"


# ----------------------------------------------------------------------------------------------------------------- new


def test_new_makes_a_project(tmp_path: Path) -> None:
    result = invoke("new", str(tmp_path / "ny mappe" / "prøve på ærlighet"))
    assert result.exit_code == 0
    project = tmp_path / "ny mappe" / "prøve på ærlighet"
    assert (project / "content" / "report.yaml").is_file()
    assert (project / ".gitignore").read_text(encoding="utf-8") == "build/\n"
    assert f'cd "{project}"' in result.output


def test_new_takes_an_empty_folder(tmp_path: Path) -> None:
    assert invoke("new", str(tmp_path)).exit_code == 0
    assert (tmp_path / "README.md").is_file()


def test_new_leaves_a_folder_alone_that_holds_something(tmp_path: Path) -> None:
    note = write(tmp_path / "notat.txt", "viktig")
    result = invoke("new", str(tmp_path))
    assert result.exit_code == 2
    assert "not an empty folder" in result.output
    assert list(tmp_path.iterdir()) == [note]
    assert note.read_text(encoding="utf-8") == "viktig"


def test_new_leaves_a_file_alone(tmp_path: Path) -> None:
    note = write(tmp_path / "notat.txt", "viktig")
    assert invoke("new", str(note)).exit_code == 2
    assert note.read_text(encoding="utf-8") == "viktig"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows finds the file itself in the way")
def test_new_says_so_where_it_cannot_write(tmp_path: Path) -> None:
    result = invoke("new", str(write(tmp_path / "notat.txt", "viktig") / "prosjekt"))
    assert result.exit_code == 1
    assert "cannot write" in result.output


# -------------------------------------------------------------------------------------------------------------- schema


def test_schema_is_json_schema() -> None:
    done = run("schema")
    assert done.returncode == 0
    schema = json.loads(done.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "reports" in schema["properties"]


# --------------------------------------------------------------------------------------------------------------- build


def test_what_new_makes_builds_at_once(starter: Path) -> None:
    done = run("build", cwd=starter)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(path.name for path in (starter / "build").glob("rapport.*")) == ["rapport.docx", "rapport.pdf"]


def test_what_new_makes_has_a_word_template_to_change(starter: Path) -> None:
    own = starter / "templates" / "rapport.docx"
    assert own.read_bytes() == template.STANDARD.read_bytes()
    assert "template: rapport.docx" in (starter / "content" / "report.yaml").read_text(encoding="utf-8")
    own.write_bytes(b"")
    done = run("build", cwd=starter)
    assert done.returncode == 1
    assert "templates/rapport.docx: error: " in done.stderr


def test_what_new_makes_is_good_word_and_pdf(starter: Path) -> None:
    judges.require("ooxml-validator")
    assert run("build", cwd=starter).returncode == 0
    word, pdf = starter / "build" / "rapport.docx", starter / "build" / "rapport.pdf"
    assert judges.sdk_validator(word) + judges.openxml_audit(word) + judges.structure(word) == []
    assert judges.page_validation(pdf, "ua1") + judges.page_validation(pdf, "pdfa2a") == []


def test_what_new_makes_takes_a_municipality_that_has_delivered_little(starter: Path) -> None:
    write(
        starter / "content" / "municipalities" / "ny.yaml", 'navn: Ny\nkommunenummer: "9903"\nfylke: Eksempelfylket\n'
    )
    done = run("build", cwd=starter)
    assert (done.returncode, done.stderr) == (0, "")


def test_build_finds_the_project_above(starter: Path) -> None:
    done = run("build", "--format", "docx", cwd=starter / "content" / "chapters")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (starter / "build").glob("rapport.*")] == ["rapport.docx"]


def test_places_can_be_opened_from_where_one_stands(starter: Path) -> None:
    write(starter / "content" / "report.yaml", "title: Prøve\nreports: {}\nauther: KS\n")
    here = run("build", cwd=starter)
    above = run("build", "--project", starter.name, cwd=starter.parent)
    assert "content/report.yaml:3:1: error: " in here.stderr
    assert f"\n{starter.name}/content/report.yaml:3:1: error: " in f"\n{above.stderr}"
    assert (here.returncode, above.returncode) == (1, 1)


def test_problems_stand_line_by_line_in_a_log(starter: Path) -> None:
    write(starter / "content" / "report.yaml", "title: Prøve\nreports: {}\nauther: KS\n")
    done = run("build", cwd=starter, FORCE_COLOR="1")
    assert done.stdout == ""
    assert "\x1b" not in done.stderr
    assert done.stderr.splitlines()[-1] == "2 errors"


def test_no_project_is_a_usage_error(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)
    assert done.returncode == 2
    assert f"no content/report.yaml in «{tmp_path}»" in done.stderr
    assert "rapportbygger new" in done.stderr


def test_a_named_folder_must_be_the_project_itself(starter: Path) -> None:
    result = invoke("build", "--project", str(starter / "content"))
    assert result.exit_code == 2
    assert f"no content/report.yaml in «{starter / 'content'}»" in result.output


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["raport"], "no report is called «raport»\n  did you mean «rapport»?"),
        (["årsmelding"], "no report is called «årsmelding»\n  known: rapport"),
        (["-m", "fjordvig"], "no municipality has the id «fjordvig»\n  did you mean «fjordvik»?"),
    ],
)
def test_unknown_names_get_the_nearest_one(starter: Path, arguments: list[str], answer: str) -> None:
    done = run("build", *arguments, cwd=starter)
    assert done.returncode == 2
    assert answer in done.stderr
    assert not (starter / "build").exists()


def test_jobs_and_a_scheduler_do_not_go_together(starter: Path) -> None:
    pytest.importorskip("distributed")
    done = run("build", "--jobs", "2", "--scheduler", "tcp://127.0.0.1:9", cwd=starter)
    assert done.returncode == 2
    assert "`--jobs` and `--scheduler`" in done.stderr


def test_nothing_to_build_is_said(starter: Path) -> None:
    done = run("build", "--municipality", "fjordvik", cwd=starter)
    assert done.returncode == 2
    assert "nothing to build" in done.stderr


def test_a_broken_chapter_gives_exit_code_1_and_its_place(starter: Path) -> None:
    write(starter / "content" / "chapters" / "04-feil.md", "# Feil\n\n{{ finnes_ikke }}\n")
    done = run("build", cwd=starter)
    assert done.returncode == 1
    assert "content/chapters/04-feil.md:3" in done.stderr
    assert "Traceback" not in done.stderr


def test_warnings_fail_under_strict_only() -> None:
    warning = Diagnostic("w", "careful", severity=Severity.WARNING)
    assert not terminal.fails((warning,), strict=False)
    assert terminal.fails((warning,), strict=True)
    assert not terminal.fails((Diagnostic("i", "by the way", severity=Severity.INFO),), strict=True)
    assert terminal.fails((Diagnostic("e", "wrong"),), strict=False)


# ---------------------------------------------------------------------------------------------------------- completion


def complete(*words: str) -> list[str]:
    """What the shell is offered for the last of the words."""
    shell = ShellComplete(cli.program(), {}, "rapportbygger", "_RAPPORTBYGGER_COMPLETE")
    return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]


def test_the_shell_completes_names_from_the_manifest(starter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(starter / "content" / "chapters")
    assert complete("bu") == ["build"]
    assert complete("build", "ra") == ["rapport"]
    assert complete("build", "-m", "f") == ["fjordvik"]
    assert complete("build", "rapport", "--municipality", "") == ["dalasen", "fjordvik"]


def test_the_shell_completes_names_of_the_project_named(starter: Path) -> None:
    assert complete("build", "--project", str(starter), "ra") == ["rapport"]


def test_completion_never_fails(starter: Path, tmp_path: Path) -> None:
    assert complete("build", "--project", str(tmp_path), "ra") == []
    write(starter / "content" / "report.yaml", "\treports: [")
    assert complete("build", "--project", str(starter), "ra") == []
    assert complete("build", "--project", str(starter), "-m", "f") == []


# ------------------------------------------------------------------------------------------------------- last resorts


def failing(error: BaseException) -> click.Group:
    def fail() -> None:
        raise error

    return click.Group("rapportbygger", commands=[click.Command("fail", callback=fail)])


def test_an_internal_error_is_a_message_and_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "program", lambda: failing(ZeroDivisionError("nothing to divide by")))
    assert cli.main(["fail"]) == 1
    output = capsys.readouterr().err
    assert "Traceback" not in output
    assert "ZeroDivisionError: nothing to divide by" in output
    file = Path(output.rpartition("«")[2].partition("»")[0])
    assert "Traceback" in file.read_text(encoding="utf-8")
    file.unlink()


def test_a_developer_sees_the_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cli, "program", lambda: failing(ZeroDivisionError("nothing to divide by")))
    monkeypatch.setenv("RAPPORTBYGGER_DEBUG", "1")
    assert cli.main(["fail"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PermissionError(13, "Permission denied", "x.md"), "cannot read or write «x.md»: Permission denied"),
        (OSError(28, "No space left on device"), "cannot read or write: No space left on device"),
    ],
)
def test_what_the_system_refuses_is_no_error_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: OSError, message: str
) -> None:
    monkeypatch.setattr(cli, "program", lambda: failing(error))
    assert cli.main(["fail"]) == 1
    assert capsys.readouterr().err == f"Error: {message}\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a file that is always full")
def test_what_cannot_be_printed_is_said_in_a_line() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "rapportbygger", "schema"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert b"cannot read or write" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no folder that someone stands in")
def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    shell = f'rmdir "$PWD" && exec "{sys.executable}" -m rapportbygger build'
    gone = tmp_path / "borte"
    gone.mkdir()
    done = subprocess.run(["sh", "-c", shell], cwd=gone, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot read or write «.»: No such file or directory" in done.stderr


def test_ctrl_c_stops_without_a_word(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cli, "program", lambda: failing(KeyboardInterrupt()))
    assert cli.main(["fail"]) == 130
    assert capsys.readouterr().err.strip() == ""


def test_a_narrow_encoding_does_not_stop_it(starter: Path) -> None:
    write(starter / "content" / "chapters" / "04-feil.md", "# Feil\n\n{{ ŋ }}\n")
    done = subprocess.run(
        [sys.executable, "-m", "rapportbygger", "build"],
        cwd=starter,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"content/chapters/04-feil.md:3" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(shutil.which("script") is None, reason="needs script(1) for a terminal")
def test_a_terminal_gets_a_table_of_what_was_written(starter: Path) -> None:
    command = f"{sys.executable} -m rapportbygger build"
    done = subprocess.run(
        ["script", "--quiet", "--return", "--command", command, os.devnull],
        cwd=starter,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "100", "RAPPORTBYGGER_LANG": "nb"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "build/rapport.docx" in done.stdout
    assert "Størrelse" in done.stdout


# ------------------------------------------------------------------------------------------------------ what is shown


def test_a_problem_is_a_line_and_its_hint_the_next() -> None:
    problem = Diagnostic("unknown-key", "unknown key «auther»", Location("content/report.yaml", 3, 1), "write «author»")
    assert terminal.lines(problem) == [
        "content/report.yaml:3:1: error: unknown key «auther» [unknown-key]",
        "  write «author»",
    ]
    assert terminal.lines(Diagnostic("c", "odd", severity=Severity.WARNING)) == ["warning: odd [c]"]


def test_problems_stand_in_the_order_of_the_files() -> None:
    places = [Location("b.md", 2), Location("a.md", 10), Location("a.md", 9)]
    shown = terminal.ordered(tuple(Diagnostic("c", "odd", place) for place in places))
    assert [str(problem.location) for problem in shown] == ["a.md:9", "a.md:10", "b.md:2"]


def test_places_are_named_from_where_one_stands() -> None:
    problem = Diagnostic("c", "odd", Location("content/a.md", 2))
    assert terminal.lines(problem, "prosjekt/") == ["prosjekt/content/a.md:2: error: odd [c]"]
    elsewhere = Diagnostic("c", "odd", Location(Path("a.md").resolve().as_posix()))
    assert terminal.lines(elsewhere, "prosjekt/") == [f"{Path('a.md').resolve().as_posix()}: error: odd [c]"]


def test_the_closing_line_counts() -> None:
    problems = (Diagnostic("c", "odd"), Diagnostic("d", "odd"), Diagnostic("w", "odd", severity=Severity.WARNING))
    assert terminal.closing(problems, ("rapport",)) == ["2 errors, 1 warning", "not built: rapport"]
    assert terminal.closing((), ()) == []


def test_sizes_and_times_are_as_people_write_them() -> None:
    assert [terminal.size(n) for n in (12, 84_211, 1_234_567)] == ["1 kB", "84 kB", "1.2 MB"]
    assert terminal.duration(0.84) == "0.8 s"
