"""The last resort: a file with what whoever mends an error of the program needs to know of it."""

from __future__ import annotations

import platform
import tempfile
import traceback

from rapportbygger import __version__


def report(error: Exception) -> str:
    """Write the error with its traceback, the versions and the system into a new file, and return its path."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="rapportbygger-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
    ) as file:
        file.write(f"rapportbygger {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
        file.writelines(traceback.format_exception(error))
    return file.name
