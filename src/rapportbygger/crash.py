"""The last resort: a file with what whoever mends an error of the program needs to know of it."""

from __future__ import annotations

import platform
import tempfile
import traceback

from rapportbygger import __version__


def report(error: Exception) -> str:
    """Write the error with its traceback, the versions and the system into a new file, and return its path."""
    return keep(told(error))


def told(error: Exception) -> str:
    """The error with its traceback, as text: it may have happened in another process."""
    return "".join(traceback.format_exception(error))


def keep(text: str) -> str:
    """Write what `told` gave, with the versions and the system, into a new file, and return its path."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="rapportbygger-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
    ) as file:
        file.write(f"rapportbygger {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
        file.write(text)
    return file.name
