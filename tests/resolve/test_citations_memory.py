"""What is remembered of citations is what would be made, and is made anew when what it depends on is another."""

from __future__ import annotations

import random
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from corpora import corpus
from rapportbygger.memory import Memory
from rapportbygger.nodes import words
from rapportbygger.pandoc import Pandoc
from rapportbygger.resolve.citations import provenance, remembered
from rapportbygger.resolve.citations.clusters import Cite, Entry, Form, Formatted
from rapportbygger.resolve.citations.csl import read
from rapportbygger.resolve.citations.engines import ENGINES, Task, Tools, format_citations
from rapportbygger.resolve.citations.locators import Locator
from rapportbygger.resolve.citations.task import Place

STYLES = Path(__file__).parents[2] / "bibliography"
OTHER_STYLE = read(STYLES / "word-apa.csl")[0]
ITEMS: dict[str, dict[str, Any]] = {
    "a": {"id": "a", "type": "book", "title": "Ord", "author": [{"family": "Dahl", "given": "Eva"}]},
    "b": {"id": "b", "type": "book", "title": "Tall", "issued": {"date-parts": [[2010]]}},
    "c": {"id": "c", "type": "book", "title": "Aldri nevnt"},
}
TASK = Task(((Cite("a"),), (Cite("b", locator=Locator("page", "3")), Cite("x"))), ITEMS, read(None)[0], "nb")


class Counting:
    """An engine that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, task: Task, _tools: Tools) -> Formatted:
        self.asked += 1
        return Formatted(tuple(tuple(words(task.lang)) for _cluster in task.clusters), ())


@pytest.fixture
def pandoc() -> Iterator[Pandoc]:
    with Pandoc(processes=1) as pandoc:
        yield pandoc


def test_the_same_task_is_formatted_once() -> None:
    engine, tools = Counting(), Tools(memory=Memory())
    made = [remembered.formatted(TASK, tools, "citeproc-py", engine) for _time in range(3)]
    assert engine.asked == 1
    assert made == [made[0]] * 3


def test_without_a_memory_it_is_formatted_each_time() -> None:
    engine = Counting()
    for _time in range(2):
        remembered.formatted(TASK, Tools(), "citeproc-py", engine)
    assert engine.asked == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda task: replace(task, lang="nn"),
        lambda task: replace(task, style=OTHER_STYLE),
        lambda task: replace(task, nocite=("c",)),
        lambda task: replace(task, clusters=task.clusters[::-1]),
        lambda task: replace(task, clusters=((Cite("a", form=Form.IN_TEXT),), *task.clusters[1:])),
        lambda task: replace(task, clusters=((Cite("a", prefix=tuple(words("se"))),), *task.clusters[1:])),
        lambda task: replace(task, places=(Place(1), Place(2))),
        lambda task: replace(task, references={**ITEMS, "a": {**ITEMS["a"], "title": "Andre ord"}}),
        lambda task: replace(task, references={**ITEMS, "x": ITEMS["c"]}),
        lambda task: replace(task, references={"a": ITEMS["a"]}),
    ],
    ids=str,
)
def test_whatever_it_depends_on_makes_it_anew(change: Callable[[Task], Task]) -> None:
    engine, tools = Counting(), Tools(memory=Memory())
    remembered.formatted(TASK, tools, "citeproc-py", engine)
    remembered.formatted(change(TASK), tools, "citeproc-py", engine)
    assert engine.asked == 2


def test_another_engine_makes_it_anew(pandoc: Pandoc) -> None:
    engine, tools = Counting(), Tools(pandoc, Memory())
    for name in ENGINES:
        remembered.formatted(TASK, tools, name, engine)
    assert engine.asked == len(ENGINES)


def test_works_that_are_not_cited_make_no_difference() -> None:
    engine, tools = Counting(), Tools(memory=Memory())
    remembered.formatted(TASK, tools, "citeproc-py", engine)
    other = {**ITEMS, "c": {**ITEMS["c"], "title": "Noe annet"}, "d": ITEMS["c"]}
    remembered.formatted(replace(TASK, references=other), tools, "citeproc-py", engine)
    assert engine.asked == 1


def test_everything_that_an_engine_gives_is_remembered() -> None:
    whole = Formatted((tuple(words("a b")), ()), (Entry("a", tuple(words("c"))),), frozenset(("å", "\ud800")))
    tools = Tools(memory=Memory())
    assert remembered.formatted(TASK, tools, "citeproc-py", lambda _task, _tools: whole) == whole
    assert remembered.formatted(TASK, tools, "citeproc-py", Counting()) == whole
    assert [field.name for field in fields(Formatted)] == ["clusters", "entries", "failed"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_what_is_remembered_is_what_is_made(tmp_path: Path, pandoc: Pandoc, engine: str, lang: str) -> None:
    made = corpus(11, lang, works=12, citations=20)
    task = Task(made.cited(), made.references(), read(None)[0], lang)
    afresh = format_citations(task, Tools(pandoc), engine)
    memory = Memory(tmp_path)
    assert format_citations(task, Tools(pandoc, memory), engine) == afresh
    memory.close()
    assert format_citations(task, Tools(pandoc, Memory(tmp_path)), engine) == afresh


def test_every_module_that_formats_counts() -> None:
    format_citations(TASK, Tools())
    used = [module for name, module in sys.modules.items() if name.startswith("rapportbygger.resolve.citations.")]
    assert {Path(str(module.__file__)) for module in used} <= set(provenance.own_files())


def test_texts_of_other_documents_change_nothing(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    for seed in range(20, 24):
        made = corpus(seed, "nb", works=15, citations=15)
        task = Task(made.cited(), made.references(), read(None)[0], "nb")
        assert format_citations(task, Tools(memory=memory)) == format_citations(task, Tools())


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("style", ["norsk-apa.csl", "word-apa.csl"])
def test_documents_that_share_works_read_as_if_they_were_alone(lang: str, style: str) -> None:
    made, chance, memory = corpus(40, lang, works=30, citations=60), random.Random(40), Memory()
    for _document in range(12):
        clusters = tuple(chance.sample(made.cited(), k=chance.randint(5, 60)))
        listed = tuple(chance.sample(sorted(made.references()), k=chance.randint(0, 3)))
        task = Task(clusters, made.references(), read(STYLES / style)[0], lang, listed)
        assert format_citations(task, Tools(memory=memory)) == format_citations(task, Tools())


def test_of_a_document_that_cites_once_more_only_that_is_formatted() -> None:
    memory = Memory()
    format_citations(TASK, Tools(memory=memory))
    memory.taken()
    format_citations(
        replace(TASK, clusters=(*TASK.clusters, (Cite("a", locator=Locator("page", "9")),))), Tools(memory=memory)
    )
    assert [kind for kind, _key, _value in memory.taken()].count("reference") == 1


def test_a_new_process_needs_no_engine(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from rapportbygger.memory import Memory\n"
        "sys.path.insert(0, 'tests'); from tests.resolve.test_citations_memory import TASK, Tools, format_citations\n"
        "for name in [name for name in sys.modules if name.partition('.')[0] == 'citeproc']: del sys.modules[name]\n"
        "memory = Memory(Path(sys.argv[1])); format_citations(TASK, Tools(memory=memory)); memory.close()\n"
        "sys.exit('citeproc' in sys.modules)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    root = Path(__file__).parents[2]
    assert [subprocess.run(command, check=False, cwd=root).returncode for _run in range(2)] == [1, 0]


def test_threads_do_not_disturb_each_other() -> None:
    corpora = [corpus(seed, "nb", works=10, citations=10) for seed in (1, 2)]
    tasks = [Task(made.cited(), made.references(), read(None)[0], "nb") for made in corpora]
    alone, filters = [format_citations(task, Tools()) for task in tasks], list(warnings.filters)
    tools = [Tools(), Tools(memory=Memory())]
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda at: format_citations(tasks[at % 2], tools[at // 2 % 2]), range(8)))
    assert made == alone * 4
    assert warnings.filters == filters
