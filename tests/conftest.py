"""What tests share: the language they read messages in, and a project to build."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapportbygger import messages
from rapportbygger.starter import copy_to

# Commands run as processes of their own read it too; a test that wants Norwegian sets it itself.
os.environ["RAPPORTBYGGER_LANG"] = "en"
# A session that a script has started with `&` ignores Ctrl-C, and the processes that tests stop with it would too.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    messages.use("en")


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A fresh copy of the project that `rapportbygger new` makes."""
    copy_to(tmp_path / "prosjekt")
    return tmp_path / "prosjekt"
