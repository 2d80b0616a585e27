"""All that a build's documents need, as bytes, for machines that cannot read the project's folder.

What several documents read travels once: `Parcel`, whose files are kept by their SHA-256. What one alone reads (its
municipality's chapters and pictures) goes with its own task. All other files of the project are there by their names
only, so that what is told of a name that is wrong is the same everywhere.
"""

from __future__ import annotations

import io
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from rapportbygger.files import project_files
from rapportbygger.memory import key_of
from rapportbygger.schedule.inputs import Inputs
from rapportbygger.schedule.tree import Tree


@dataclass(frozen=True)
class Parcel:
    """What travels once: `supplies` as `packed` gives them, and every file of the project by its name.

    `listing` has the SHA-256 of each file that several documents read, "" for the others; `content` those files by it.
    """

    supplies: bytes
    listing: Mapping[str, str]
    content: Mapping[str, bytes]

    @cached_property
    def key(self) -> str:
        """Another one for another content."""
        return key_of(sha256(self.supplies).hexdigest(), sorted(self.listing.items()))


@dataclass(frozen=True, slots=True)
class Luggage:
    """The files that go with one document each, read when its turn comes."""

    root: Path
    names: Mapping[str, tuple[str, ...]]

    def of(self, document: str) -> dict[str, bytes]:
        """Its files by name; one that cannot be read is left out, as it is for a build in the project's folder."""
        found = ((name, _read(self.root, name)) for name in self.names.get(document, ()))
        return {name: content for name, content in found if content is not None}


def prepared(supplies: object, tree: Tree, root: Path, made_of: Mapping[str, Inputs]) -> tuple[Parcel, Luggage]:
    """What travels once and what goes with each document, by what the documents are made of.

    `root` is the project's folder as `supplies` names it.
    """
    needed = {document: [name for name in inputs.hashes if name in tree.files] for document, inputs in made_of.items()}
    readers = Counter(name for names in needed.values() for name in names)
    shared = {name: content for name in sorted(readers) if readers[name] > 1 and (content := _read(root, name))}
    hashes = {name: sha256(content).hexdigest() for name, content in shared.items()}
    inside = (name for name in sorted(tree.files) if name in hashes or project_files.is_inside(root, root / name))
    parcel = Parcel(
        packed(supplies, root),
        {name: hashes.get(name, "") for name in inside},
        {hashes[name]: content for name, content in shared.items()},
    )
    own = {document: tuple(name for name in names if name not in shared) for document, names in needed.items()}
    return parcel, Luggage(root, own)


def _read(root: Path, name: str) -> bytes | None:
    with suppress(OSError):
        if project_files.is_inside(root, root / name):
            return (root / name).read_bytes()
    return None


# ---------------------------------------------------------------------------------------------- values without a folder


def packed(value: object, root: Path) -> bytes:
    """A value as bytes that say nothing of where the project's folder is."""
    stream = io.BytesIO()
    _Packing(stream, root).dump(value)
    return stream.getvalue()


def unpacked(data: bytes, root: Path) -> Any:
    """What was packed, of a project in the folder `root`."""
    return _Unpacking(io.BytesIO(data), root).load()


class _Packing(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, root: Path) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._root = root

    def persistent_id(self, value: Any) -> tuple[str, ...] | None:
        if isinstance(value, Path) and value.is_relative_to(self._root):
            return value.relative_to(self._root).parts
        return None


class _Unpacking(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, root: Path) -> None:
        super().__init__(stream)
        self._root = root

    def persistent_load(self, parts: tuple[str, ...]) -> Path:
        return self._root.joinpath(*parts)


# ------------------------------------------------------------------------------------------------ a folder for a worker


def unpack(listing: Mapping[str, str], content: Callable[[str], bytes], root: Path) -> None:
    """Make the project's files in the folder `root`; `content` gives what a file holds by its SHA-256."""
    for folder in {str(PurePosixPath(name).parent) for name in listing}:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, digest in listing.items():
        (root / name).write_bytes(content(digest) if digest else b"")


@contextmanager
def placed(files: Mapping[str, bytes], root: Path) -> Iterator[None]:
    """The files of one document, in the folder `root` while it is made."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    try:
        yield
    finally:
        for name in files:
            (root / name).write_bytes(b"")
