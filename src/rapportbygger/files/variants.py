"""A chapter in several languages: `03-x.md`, and beside it `03-x.nn.md` and `03-x.nb.md`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_NAME = re.compile(r"(.+)\.(nb|nn|en)(\.[^.]+)")
LANGUAGES = ("nb", "nn", "en")


def chapter(path: Path) -> Path:
    """The path without a language in its name: what all variants of a chapter have in common."""
    found = _NAME.fullmatch(path.name)
    return path.with_name(found[1] + found[3]) if found else path


def language(path: Path) -> str:
    """The language that a file's name says it is in, "" where it says none."""
    found = _NAME.fullmatch(path.name)
    return found[2] if found else ""


def variant(path: Path, lang: str) -> Path:
    """Where a chapter's variant in a language is, or would be."""
    common = chapter(path)
    return common.with_name(f"{common.stem}.{lang}{common.suffix}")


def existing(path: Path) -> tuple[Path, ...]:
    """All files of a chapter, the one without a language first."""
    names = (chapter(path), *(variant(path, lang) for lang in LANGUAGES))
    return tuple(name for name in names if name.is_file())


def once(paths: Iterable[Path]) -> tuple[Path, ...]:
    """One path for each chapter, where its first one stood: the one without a language, if that is there."""
    first: dict[Path, Path] = {}
    for path in paths:
        common = chapter(path)
        first[common] = path if path == common else first.get(common, path)
    return tuple(first.values())
