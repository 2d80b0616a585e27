"""The small project that `rapportbygger new` makes: the files in `project/`, as they are, and a Word template."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

TEMPLATE = "rapport.docx"
"""What the project's Word template is called, as its manifest has it."""


def copy_to(folder: Path) -> None:
    """Copy the starter project into a folder that is empty or does not exist; its parents are made.

    Its Word template is a copy of the package's own, for the editor to change.

    Raises FileExistsError, with nothing touched, where `folder` is a file or holds anything; OSError where it cannot
    be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(folder)
    with as_file(files(__name__) / "project") as starter:
        for source in sorted(path for path in starter.rglob("*") if path.is_file()):
            target = folder / source.relative_to(starter)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    own = folder / "templates" / TEMPLATE
    own.parent.mkdir(exist_ok=True)
    own.write_bytes(files("rapportbygger").joinpath("templates", "standard.docx").read_bytes())
