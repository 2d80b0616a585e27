"""The files of a project, with their hashes: which ones there are is known at once, what they hold when it is asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from rapportbygger.clock import FOLDERS
from rapportbygger.drawings import ENDINGS
from rapportbygger.memory import key_of

TABLES = (".csv", ".tsv", ".xlsx")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", *ENDINGS)
_ELSEWHERE = frozenset(
    (
        *(*PICTURES, ".md", ".yaml", ".yml", ".json", ".csv", ".tsv", ".bib", ".ris", ".csl", ".docx", ".xlsx"),
        *(".xml", ".txt"),
    )
)
"""What a project may keep outside its own folders: pictures are looked up in all of it."""
_NEVER = frozenset(("node_modules", "__pycache__"))


@dataclass(frozen=True, slots=True)
class Tree:
    """The files by name (as in `Location`), with the second in which each was last written.

    `stamps` are their sizes and times, to the nanosecond. Hidden files and what is in build/ are no part of it.
    """

    root: Path
    files: Mapping[str, int]
    hashes: dict[str, str] = field(default_factory=dict)
    folders: dict[str, list[str]] = field(default_factory=dict)
    stamps: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def sha256(self, name: str) -> str:
        """The SHA-256 of a file, "" where there is none that can be read."""
        if name not in self.hashes:
            self.hashes[name] = hash_of(self.root / name)
        return self.hashes[name]

    def below(self, folder: str) -> Sequence[str]:
        """The names of the files in a folder, in depth."""
        if not self.folders:
            for name in self.files:
                for at, sign in enumerate(name):
                    if sign == "/":
                        self.folders.setdefault(name[:at], []).append(name)
        return self.folders.get(folder, ())

    def newest(self, names: Iterable[str]) -> Iterator[int]:
        """When each of these was last written."""
        return (self.files[name] for name in names if name in self.files)

    def is_untouched(self) -> bool:
        """Whether all files are still those that were seen here, by their sizes and times."""
        return read(self.root).stamps == self.stamps

    def key(self) -> str:
        """Another one for another tree: other files, other content."""
        return key_of([(name, self.sha256(name)) for name in sorted(self.files)])


def read(root: Path) -> Tree:
    """The files of the project in `root`."""
    found = {name: stat for name, stat in _files(root, "", set()) if _is_read(name)}
    stamps = {name: (stat.st_size, stat.st_mtime_ns) for name, stat in found.items()}
    return Tree(root, {name: int(stat.st_mtime) for name, stat in found.items()}, stamps=stamps)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, "" where it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _is_read(name: str) -> bool:
    return name.startswith(tuple(f"{folder}/" for folder in FOLDERS)) or Path(name).suffix.lower() in _ELSEWHERE


def _files(folder: Path, prefix: str, followed: set[str]) -> Iterator[tuple[str, os.stat_result]]:
    """Each file below a folder; a link to a folder is followed once."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        name = f"{prefix}{entry.name}"
        if entry.name.startswith((".", "~$")) or entry.name in _NEVER or name == "build":
            continue
        try:
            if entry.is_file():
                yield name, entry.stat()
            elif entry.is_dir() and not _was_followed(entry, followed):
                yield from _files(folder / entry.name, f"{name}/", followed)
        except OSError:
            continue


def _was_followed(entry: os.DirEntry[str], followed: set[str]) -> bool:
    if not entry.is_symlink():
        return False
    real = os.path.realpath(entry.path)
    if real in followed:
        return True
    followed.add(real)
    return False
