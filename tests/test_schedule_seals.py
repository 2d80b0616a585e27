"""Outputs are not read again while nobody writes to them."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from rapportbygger.memory import Memory
from rapportbygger.schedule import seals
from rapportbygger.schedule.outcomes import Written


def test_what_was_written_is_known_until_it_is_changed(tmp_path: Path) -> None:
    memory, file = Memory(), tmp_path / "a" / "b.pdf"
    file.parent.mkdir()
    file.write_bytes(b"one")
    seals.remember(tmp_path, [Written(file, 3, 0.1, "a", "known")], memory)
    assert seals.sha256(tmp_path, "a/b.pdf", memory) == "known"
    file.write_bytes(b"two")
    os.utime(file, ns=(1, 1))
    assert seals.sha256(tmp_path, "a/b.pdf", memory) == sha256(b"two").hexdigest()
    assert seals.sha256(tmp_path, "a/b.pdf", None) == sha256(b"two").hexdigest()


def test_what_is_not_there_has_none(tmp_path: Path) -> None:
    assert seals.sha256(tmp_path, "b.pdf", Memory()) == ""
