"""Finds and reads a project's files: by name or pattern, never outside the project, as text with places."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISLNK

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity, nearest
from rapportbygger.messages import _

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_WILD = frozenset("*?[")
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")
"""How files of Office, PDF and pictures begin."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def name(root: Path, path: Path) -> str:
    """The path as places name it: from the project's folder, with `/`."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # another drive on Windows
        return path.as_posix()


def find(root: Path, folder: Path, pattern: str, at: Location) -> tuple[tuple[Path, ...], Problems]:
    """The files that `pattern`, seen from `folder`, means: one by its name, or all that match, sorted by name.

    `at` is where the pattern is written: there stands the problem where it leads out of the project or to nothing.
    """
    path = Path(os.path.normpath(folder / pattern.replace("\\", "/")))
    root = Path(os.path.normpath(root))
    if not path.is_relative_to(root) or (_DRIVE.match(pattern) and os.name != "nt"):
        return (), (_outside(pattern, at),)
    if not _is_file(path) and not _WILD.intersection(pattern):
        return (), (_missing(root, path, pattern, at),)
    found = [path] if _is_file(path) else sorted(_matching(root, path), key=lambda file: file.parts)
    inside = {file: is_inside(root, file) for file in found}
    problems = tuple(_outside(name(root, file), at) for file in found if not inside[file])
    return tuple(filter(inside.get, found)), problems if found else (_nothing(root, folder, pattern, at),)


def is_inside(root: Path, path: Path) -> bool:
    """Whether what stands at a path is in the project, and not elsewhere with only a link to it here.

    Links that lead to each other lead nowhere.
    """
    if _is_below(root, path):
        return True
    try:
        real = Path(os.path.realpath(path))
        return real.is_relative_to(os.path.realpath(root)) and not real.is_symlink()
    except (OSError, ValueError):
        return False


def _is_below(root: Path, path: Path) -> bool:
    """Whether nothing on the way from the one to the other is a link: most often so, and quickly seen."""
    at = str(root)
    try:
        for name in path.relative_to(root).parts:
            at = f"{at}{os.sep}{name}"
            if name == os.pardir or _is_link(os.lstat(at)):
                return False
    except (OSError, ValueError):
        return False
    return True


def _is_link(found: os.stat_result) -> bool:
    return S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) != 0  # Windows has links of its own


def outside(file: str) -> Diagnostic:
    """A file of the project that is only a link to one elsewhere."""
    return _outside(file, Location(file))


def _matching(root: Path, path: Path) -> Iterable[Path]:
    """What matches in the project; the name of its own folder may have brackets in it."""
    parts = path.relative_to(root).parts
    wild = next(number for number, part in enumerate(parts) if _WILD.intersection(part))
    try:
        matches = list(root.joinpath(*parts[:wild]).glob("/".join(parts[wild:])))
    except (OSError, ValueError, NotImplementedError):
        return []
    return [match for match in matches if _is_file(match) and not match.name.startswith((".", "~$"))]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that is too long, or that no file can have
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def siblings(folder: Path) -> tuple[str, ...]:
    """The names of the files in a folder, sorted; none where it cannot be read."""
    try:
        return tuple(sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith((".", "~$"))))
    except (OSError, ValueError):
        return ()


def _outside(pattern: str, at: Location) -> Diagnostic:
    hint = _("move the file into the project, and name it from the folder content")
    return Diagnostic("outside-project", _("«{path}» is outside the project").format(path=pattern), at, hint)


def _missing(root: Path, path: Path, pattern: str, at: Location) -> Diagnostic:
    if _is_folder(path):
        hint = _("name the files in it, such as «{pattern}»").format(pattern=f"{pattern.rstrip('/')}/*")
        return Diagnostic("file-missing", _("«{path}» is a folder").format(path=pattern), at, hint)
    near = nearest(path.name, siblings(path.parent))
    hint = _("did you mean «{name}»?").format(name=near) if near else ""
    message = _("the file «{path}» does not exist").format(path=name(root, path))
    return Diagnostic("file-missing", message, at, hint)


def _nothing(root: Path, folder: Path, pattern: str, at: Location) -> Diagnostic:
    hint = _("patterns are seen from the folder {folder}").format(folder=name(root, folder))
    return Diagnostic("no-match", _("no file matches «{pattern}»").format(pattern=pattern), at, hint)


# --------------------------------------------------------------------------------------------------------------- text


def read(path: Path, file: str) -> tuple[str | None, Problems]:
    """The text of a UTF-8 file, with or without a byte order mark, its lines ending in `\\n`; None if it has none.

    `file` is the file's name in places.
    """
    try:
        if not path.is_file():
            return None, (_not_a_file(path, file),)
        content = path.read_bytes()
    except OSError as error:
        message = _("the file cannot be read: {reason}").format(reason=error.strerror or type(error).__name__)
        return None, (Diagnostic("unreadable-file", message, Location(file)),)
    return _decoded(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), file)


def read_in_older_encoding(path: Path, file: str) -> tuple[str | None, Problems]:
    """As `read`, but a file in UTF-16 or in Windows' encoding of Western languages is read too, with a warning."""
    text, problems = read(path, file)
    if text is not None or not problems or problems[0].code != "not-utf8":
        return text, problems
    content = path.read_bytes()
    encoding = "UTF-16" if content.startswith(_UTF16) else "Windows-1252"
    try:
        text = content.decode(encoding.lower())
    except UnicodeDecodeError:
        return None, problems
    message = _("the file is not in UTF-8; it is read as {encoding}").format(encoding=encoding)
    hint = _("see that æ, ø and å are right in the list of references, and save the file with the encoding UTF-8")
    warning = Diagnostic("older-encoding", message, problems[0].location, hint, Severity.WARNING)
    return text.replace("\r\n", "\n").replace("\r", "\n"), (warning,)


def _not_a_file(path: Path, file: str) -> Diagnostic:
    if path.is_dir():
        return Diagnostic("unreadable-file", _("this is a folder, not a file"), Location(file))
    near = nearest(path.name, siblings(path.parent))
    hint = _("did you mean «{name}»?").format(name=near) if near else ""
    return Diagnostic("file-missing", _("the file does not exist"), Location(file), hint)


def _decoded(content: bytes, file: str) -> tuple[str | None, Problems]:
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        # The codec counts from after the byte order mark.
        bad = error.start + 3 * content.startswith(b"\xef\xbb\xbf")
    return None, (_not_utf8(content, bad, file),)


def _not_utf8(content: bytes, bad: int, file: str) -> Diagnostic:
    if content.startswith(_NOT_TEXT):
        hint = _("write it as plain text, in UTF-8")
        return Diagnostic(
            "not-text", _("this is not a text file, but one of Word, Excel or the like"), Location(file), hint
        )
    hint = _("save the file with the encoding UTF-8")
    if content.startswith(_UTF16):
        return Diagnostic("not-utf8", _("the file is in UTF-16, not UTF-8"), Location(file, 1, 1), hint)
    line_start = content.rfind(b"\n", 0, bad) + 1
    column = len(content[line_start:bad].decode("utf-8-sig" if line_start == 0 else "utf-8", "replace")) + 1
    letter = content[bad : bad + 1].decode("cp1252", "replace")
    message = _("a byte ({byte}) that is not UTF-8; in an older encoding it would be «{letter}»")
    return Diagnostic(
        "not-utf8",
        message.format(byte=f"0x{content[bad]:02X}", letter=letter),
        Location(file, content.count(b"\n", 0, bad) + 1, column),
        hint,
    )
