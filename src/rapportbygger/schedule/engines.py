"""The versions of all that decides a document's bytes, to be compared with those of another machine."""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires, version

from rapportbygger import __version__
from rapportbygger.schedule import program

_OTHER_EXTRAS = re.compile(r"""extra\s*==\s*["'](test|dev|dask)["']""")
_FOR_THE_TERMINAL = ("click", "rich")


def found() -> dict[str, str]:
    """The version of each thing by its name, as they are here; ours with what its code is."""
    python = ".".join(map(str, sys.version_info[:2]))
    own = {
        "Python": python,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "rapportbygger": f"{__version__} ({program.code()[:8]})",
    }
    return own | {name: _version(name) for name in _needed()}


def differences(there: Mapping[str, str], here: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What is not the same: its name, and its version there and here ("" where there is none)."""
    names = sorted(there.keys() | here.keys())
    both = ((name, there.get(name, ""), here.get(name, "")) for name in names)
    return [(name, one, other) for name, one, other in both if one != other]


def _needed() -> Iterator[str]:
    """The packages that we stand on, those of extras that make documents too."""
    try:
        wanted = requires("rapportbygger") or []
    except PackageNotFoundError:  # it was not installed as a package
        return
    for requirement in wanted:
        name = re.match(r"[\w.-]+", requirement)
        if name and name[0] not in _FOR_THE_TERMINAL and not _OTHER_EXTRAS.search(requirement):
            yield name[0]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
