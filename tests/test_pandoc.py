"""pandoc kept alive: what it answers, and what happens when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents import make_project
from rapportbygger import pandoc as module
from rapportbygger.nodes import string
from rapportbygger.pandoc import Pandoc, PandocError
from rapportbygger.schedule import build

PARAGRAPH = {"t": "Para", "c": [string("ord")]}


def kill(pandoc: Pandoc) -> None:
    for process in pandoc._processes:
        process._process.kill()
        process._process.wait()


def test_texts_come_back_in_order_however_they_were_shared() -> None:
    with Pandoc(processes=2) as pandoc:
        parsed = pandoc.parse([f"tekst {n} " + "ord " * n for n in range(20)])
    assert [one.blocks[0]["c"][2]["c"] for one in parsed] == [str(n) for n in range(20)]


def test_it_writes_words_with_norwegian_letters(tmp_path: Path) -> None:
    with Pandoc(processes=1) as pandoc:
        assert pandoc.write([{"t": "Para", "c": [string("Målselv «æøå»")]}], "typst").strip() == "Målselv «æøå»"


def test_a_text_that_cannot_be_read_says_why_and_the_others_are_read() -> None:
    with Pandoc(processes=1) as pandoc:
        broken, whole = pandoc.parse(["---\na: [\n---\n", "tekst"])
    assert "YAML" in broken.error
    assert (whole.error, whole.blocks[0]["t"]) == ("", "Para")


def test_a_dead_pandoc_is_told_and_started_again() -> None:
    with Pandoc(processes=1) as pandoc:
        kill(pandoc)
        assert pandoc.write([PARAGRAPH], "typst").strip() == "ord"


def test_it_need_not_start_before_it_is_asked() -> None:
    with Pandoc(processes=2, at_once=False) as pandoc:
        pandoc.keep(1)
        assert pandoc._started == []
        assert pandoc.write([PARAGRAPH], "typst").strip() == "ord"
        assert len(pandoc._started) == 1


def test_it_can_be_begun_before_it_is_asked() -> None:
    with Pandoc(processes=2, at_once=False) as pandoc:
        pandoc.begin()
        before = list(pandoc._started)
        assert pandoc.write([PARAGRAPH], "typst").strip() == "ord"
        assert pandoc._started == before
        assert len(before) == 2


def test_after_a_rest_it_is_there_again() -> None:
    with Pandoc(processes=2) as pandoc:
        before = [process._process for process in pandoc._started]
        pandoc.rest()
        assert pandoc._started == []
        assert all(process.returncode is not None for process in before)
        assert pandoc.write([PARAGRAPH], "typst").strip() == "ord"


def test_what_is_no_text_is_told_and_the_next_job_done() -> None:
    with Pandoc(processes=1) as pandoc:
        with pytest.raises(PandocError):
            pandoc.parse(["\ud800"])
        assert pandoc.write([PARAGRAPH], "typst").strip() == "ord"


def test_a_text_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIME_LIMIT", 0.5)
    with Pandoc(processes=1) as pandoc:
        with pytest.raises(PandocError):
            pandoc.parse(["[" * 3000 + "](b" * 5])
        monkeypatch.setattr(module, "TIME_LIMIT", 60)
        assert pandoc.write([PARAGRAPH], "typst").strip() == "ord"


def test_a_pandoc_that_dies_in_the_middle_is_a_problem_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = Pandoc.parse

    def killed(self: Pandoc, texts: list[str]) -> object:
        monkeypatch.setattr(Pandoc, "parse", parse)
        for process in self._processes:
            monkeypatch.setattr(process, "_answer", lambda _request: (_ for _ in ()).throw(BrokenPipeError("dead")))
        return parse(self, texts)

    monkeypatch.setattr(Pandoc, "parse", killed)
    result = build(make_project(tmp_path, "Et ord\n:   som ikke er lest før"))
    assert [problem.code for problem in result.problems] == ["pandoc"]
    assert (result.written, result.failed) == ((), ("rapport",))


def test_a_pandoc_that_takes_no_such_options_for_its_memory_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_HEAP", "-Hnonsense")
    monkeypatch.delenv("GHCRTS", raising=False)
    with Pandoc(processes=1) as pandoc:
        assert pandoc.write([PARAGRAPH], "typst").strip() == "ord"
        assert pandoc.write([PARAGRAPH], "typst").strip() == "ord"


def test_fewer_processes_do_the_same() -> None:
    with Pandoc(processes=2) as pandoc:
        before = [parsed.blocks for parsed in pandoc.parse(["en", "to", "tre"])]
        pandoc.keep(1)
        assert [parsed.blocks for parsed in pandoc.parse(["en", "to", "tre"])] == before
