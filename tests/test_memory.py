"""What was made before: found again, by others too, and never missed where it is lost."""

from __future__ import annotations

import os
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rapportbygger.memory import Memory, key_of
from rapportbygger.memory_file import NAME


def remembering(folder: Path, **values: str) -> None:
    memory = Memory(folder)
    for key, value in values.items():
        memory.put("word", key, value.encode())
    memory.close()


def test_what_was_put_is_found_in_the_same_run() -> None:
    memory = Memory()
    memory.put("word", "a", b"A")
    assert (memory.get("word", "a"), memory.get("word", "b"), memory.get("picture", "a")) == (b"A", None, None)


def test_an_empty_value_is_a_value() -> None:
    memory = Memory()
    memory.put("word", "a", b"")
    assert memory.get("word", "a") == b""


def test_what_was_put_is_found_in_the_next_run(tmp_path: Path) -> None:
    remembering(tmp_path, a="A")
    assert Memory(tmp_path).get("word", "a") == b"A"


def test_nothing_is_written_where_nothing_was_put(tmp_path: Path) -> None:
    Memory(tmp_path / "cache").close()
    assert not (tmp_path / "cache").exists()


def test_it_can_be_used_after_it_was_closed(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.put("word", "a", b"A")
    memory.close()
    memory.put("word", "b", b"B")
    memory.close()
    assert Memory(tmp_path).get("word", "b") == b"B"


def test_a_worker_has_the_same_file_and_hands_back_what_it_put(tmp_path: Path) -> None:
    remembering(tmp_path, a="A")
    memory = Memory(tmp_path)
    worker = pickle.loads(pickle.dumps(memory))
    assert worker.get("word", "a") == b"A"
    worker.put("word", "b", b"B")
    memory.add(pickle.loads(pickle.dumps(worker.taken())))
    worker.close()
    assert Memory(tmp_path).get("word", "b") is None
    memory.close()
    assert Memory(tmp_path).get("word", "b") == b"B"


def test_several_threads_use_one_memory(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda at: memory.put("word", str(at), str(at).encode()), range(200)))
        memory.close()
        assert list(threads.map(lambda at: memory.get("word", str(at)), range(200))) == [b"%d" % n for n in range(200)]


def test_several_processes_write_one_file(tmp_path: Path) -> None:
    write = (
        "import sys; from pathlib import Path; from rapportbygger.memory import Memory\n"
        "for at in range(20):\n"
        "    memory = Memory(Path(sys.argv[1]))\n"
        "    memory.put('word', f'{sys.argv[2]} {at}', sys.argv[2].encode())\n"
        "    memory.close()\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", write, str(tmp_path), str(name)]) for name in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    memory = Memory(tmp_path)
    assert {memory.get("word", f"{name} {at}") for name in range(3) for at in range(20)} == {b"0", b"1", b"2"}


# ------------------------------------------------------------------------------------------------------------ its size


def test_the_file_is_bounded_and_what_is_used_stays(tmp_path: Path) -> None:
    limit = 2**20
    for run in range(60):
        memory = Memory(tmp_path, limit)
        memory.put("word", str(run), os.urandom(limit // 20))
        memory.get("word", "0")
        memory.close()
    memory = Memory(tmp_path, limit)
    assert memory.get("word", "0") is not None
    assert memory.get("word", "1") is None
    assert memory.get("word", "59") is not None
    assert (tmp_path / NAME).stat().st_size < 1.2 * limit


def test_a_value_that_would_take_all_the_room_is_not_kept(tmp_path: Path) -> None:
    memory = Memory(tmp_path, 2**16)
    memory.put("word", "a", bytes(2**16))
    memory.close()
    assert Memory(tmp_path, 2**16).get("word", "a") is None


# ---------------------------------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize("data", [b"", b"this is no database", b"SQLite format 3\0" + bytes(3000)])
def test_a_broken_file_is_done_without_and_begun_anew(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    memory = Memory(tmp_path)
    assert memory.get("word", "a") is None
    memory.put("word", "a", b"A")
    assert memory.get("word", "a") == b"A"
    memory.close()
    remembering(tmp_path, a="A")
    assert Memory(tmp_path).get("word", "a") == b"A"


def test_a_file_that_is_cut_gives_nothing_wrong(tmp_path: Path) -> None:
    remembering(tmp_path, **{f"k{at}": f"{at}" * 5000 for at in range(20)})
    whole = (tmp_path / NAME).read_bytes()
    for part in range(0, len(whole), 4096 * 3):
        (tmp_path / NAME).write_bytes(whole[:part] + bytes(len(whole) - part))
        memory = Memory(tmp_path)
        for at in range(20):
            assert memory.get("word", f"k{at}") in (None, (f"{at}" * 5000).encode())
        memory.close()


def test_a_value_that_was_changed_is_not_believed(tmp_path: Path) -> None:
    remembering(tmp_path, a="A")
    with sqlite3.connect(tmp_path / NAME) as file:
        file.execute("UPDATE entries SET value = ?", (b"B",))
    file.close()
    assert Memory(tmp_path).get("word", "a") is None


def test_another_table_in_its_place_is_done_without(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / NAME) as file:
        file.execute("CREATE TABLE entries (other TEXT)")
    file.close()
    remembering(tmp_path, a="A")
    assert Memory(tmp_path).get("word", "a") is None


def test_a_file_where_the_folder_should_be_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    remembering(tmp_path / "cache", a="A")
    assert Memory(tmp_path / "cache").get("word", "a") is None


@contextmanager
def nobody() -> Iterator[None]:
    """Without root's right to write everywhere."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(me)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights to folders")
def test_a_folder_that_cannot_be_written_is_read() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        remembering(folder, a="A")
        folder.chmod(0o555)
        (folder / NAME).chmod(0o444)
        with nobody():
            remembering(folder, b="B")
            memory = Memory(folder)
            assert (memory.get("word", "a"), memory.get("word", "b")) == (b"A", None)
            memory.close()
        folder.chmod(0o700)


def test_a_locked_file_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rapportbygger.memory_file._BUSY", 0.01)
    remembering(tmp_path, a="A")
    other = sqlite3.connect(tmp_path / NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    remembering(tmp_path, b="B")
    assert Memory(tmp_path).get("word", "a") is None
    other.execute("ROLLBACK")
    other.close()
    assert Memory(tmp_path).get("word", "a") == b"A"


# ---------------------------------------------------------------------------------------------------------------- keys


def test_a_key_tells_everything_apart() -> None:
    everything = [(), ("a",), ("a", "b"), ("ab",), (["a", "b"],), ({"a": "b"},), (1,), ("1",), (None,), (True,)]
    assert len({key_of(*parts) for parts in everything}) == len(everything)
    assert key_of("æ", {"å": [1]}) == key_of("æ", {"å": [1]})
    assert key_of("\ud800") != key_of("?")


def test_a_key_can_be_made_of_what_json_has_no_words_for() -> None:
    loop: list[object] = []
    loop.append(loop)
    everything: list[object] = [{date(2020, 1, 1): 1}, date(2020, 1, 1), loop, {(1, 2): 3}]
    assert len({key_of(one) for one in everything}) == len(everything)


def test_sqlite_is_brought_in_only_where_it_is_used(tmp_path: Path) -> None:
    ask = "import sys; from pathlib import Path; from rapportbygger.memory import Memory; Memory(Path('.')).close()"
    command = [sys.executable, "-c", f"{ask}; sys.exit('sqlite3' in sys.modules)"]
    assert subprocess.run(command, check=False, cwd=tmp_path).returncode == 0
