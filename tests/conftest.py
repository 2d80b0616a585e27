"""What tests share: the language they read messages in, a project to build, and the judges from outside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rapportbygger import messages
from rapportbygger.starter import copy_to

ROOT = Path(__file__).parent.parent

# Commands run as processes of their own read it too; a test that wants Norwegian sets it itself.
os.environ["RAPPORTBYGGER_LANG"] = "en"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    messages.use("en")


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A fresh copy of the project that `rapportbygger new` makes."""
    copy_to(tmp_path / "prosjekt")
    return tmp_path / "prosjekt"


@pytest.fixture
def judge() -> Callable[[str], str]:
    """Finds a program (`ooxml-validator`, `soffice`, `pdftoppm`); without it the test is skipped, not in CI."""

    def find(name: str) -> str:
        path = shutil.which(name) or shutil.which(name, path=str(ROOT / "node_modules" / ".bin"))
        if path is None and os.environ.get("CI"):
            pytest.fail(f"{name} is missing")
        if path is None:
            pytest.skip(f"{name} is missing")
        return path

    return find
