"""How long citations and a reference list take, beside pandoc's citeproc and bare citeproc-py in the same run.

    python benchmarks/references.py [--works N] [--citations N] [--documents N] [--runs N] [--style FILE]

Every row is measured in turn, each run anew, and the medians are compared with those of `pandoc --citeproc` on the same
citations: the whole pandoc process, and what of it is citeproc (the process with it, less that without). Ours is
measured from where the package is imported: the style is read, the engine imported, everything formatted. «new process»
is a new Python, and has the memory of an earlier one on the disk.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pypandoc

from rapportbygger.memory import Memory
from rapportbygger.resolve.citations.clusters import Cite, Cluster
from rapportbygger.resolve.citations.csl import OWN, read
from rapportbygger.resolve.citations.engines import Task, Tools, format_citations
from rapportbygger.resolve.citations.locators import Locator

Item = dict[str, Any]
FAMILIES = ("Hansen", "Olsen", "Dahl", "Berg", "Eng", "Gran", "Lie", "Moe", "Aas", "Ås", "Ødegård", "Bakke", "Vik")
GIVEN = ("Anne", "Bjørn", "Camilla", "Dag", "Eva", "Fredrik")
TYPES = ("article-journal", "book", "chapter", "report", "webpage")


def works(count: int, seed: int = 3, prefix: str = "k") -> dict[str, Item]:
    """Invented works by key, of a few types, many by people who share a name."""
    chance = random.Random(seed)
    return {f"{prefix}{at}": _work(f"{prefix}{at}", chance) for at in range(count)}


def _work(key: str, chance: random.Random) -> Item:
    kind = chance.choice(TYPES)
    people = [{"family": chance.choice(FAMILIES), "given": chance.choice(GIVEN)} for _ in range(chance.randint(1, 4))]
    item: Item = {"id": key, "type": kind, "title": f"Tittel nummer {key}", "author": people, "publisher": "Forlaget"}
    item["issued"] = {"date-parts": [[chance.randint(2005, 2015)]]}
    if kind in ("article-journal", "chapter"):
        item |= {"container-title": "Bladet", "page": f"{chance.randint(1, 50)}-{chance.randint(51, 99)}"}
    if kind == "webpage":
        item |= {"URL": f"https://example.org/{key}", "accessed": {"date-parts": [[2022, 5, 4]]}}
    return item


def citations(keys: Sequence[str], count: int, seed: int = 4) -> tuple[Cluster, ...]:
    """Every work once, in disorder, and some of them again; every other with a page."""
    chance = random.Random(seed)
    cited = [*keys, *chance.choices(keys, k=max(0, count - len(keys)))][:count]
    chance.shuffle(cited)
    pages = (Locator("page", str(chance.randint(1, 99))) if at % 2 else None for at in range(count))
    return tuple((Cite(key, locator=page),) for key, page in zip(cited, pages, strict=True))


def as_markdown(clusters: Sequence[Cluster]) -> str:
    """The citations as an editor writes them, a paragraph each."""
    texts = (f"@{cite.key}, s. {cite.locator.value}" if cite.locator else f"@{cite.key}" for (cite,) in clusters)
    return "\n\n".join(f"Tekst [{text}]." for text in texts)


# ------------------------------------------------------------------------------------------------------ what is timed


def timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def ours(items: Mapping[str, Item], clusters: Sequence[Cluster], style: Path, memory: Memory | None) -> None:
    format_citations(Task(clusters, items, read(style, memory)[0], "nb"), Tools(memory=memory))


def bare(items: Mapping[str, Item], clusters: Sequence[Cluster], style: Path) -> None:
    """citeproc-py as it comes: no letters, no initials, no order, nothing collapsed."""
    import citeproc
    from citeproc.source.json import CiteProcJSON

    parsed = citeproc.CitationStylesStyle(io.BytesIO(style.read_bytes()), locale="nb-NO", validate=False)
    made = citeproc.CitationStylesBibliography(parsed, CiteProcJSON(items.values()), citeproc.formatter.plain)
    cited = [citeproc.Citation([citeproc.CitationItem(cite.key, **_located(cite))]) for (cite,) in clusters]
    for citation in cited:
        made.register(citation)
    made.sort()
    for citation in cited:
        made.cite(citation, str)
    made.bibliography()


def _located(cite: Cite) -> dict[str, Any]:
    import citeproc

    return {"locator": citeproc.Locator(cite.locator.label, cite.locator.value)} if cite.locator else {}


def in_new_process(arguments: argparse.Namespace, row: str, folder: Path) -> float:
    """The seconds that a new Python says that a row took."""
    numbers = [f"--{name}={getattr(arguments, name)}" for name in ("works", "citations", "style")]
    command = [sys.executable, __file__, *numbers, f"--row={row}", f"--folder={folder}"]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def pandoc(folder: Path, style: Path, *, cites: bool) -> None:
    command = [pypandoc.get_pandoc_path(), "text.md", "-t", "json", "-o", "out.json", "--metadata=lang:nb-NO"]
    command += ["--citeproc", "--bibliography=items.json", f"--csl={style}"] if cites else []
    subprocess.run(command, check=True, cwd=folder)


# ------------------------------------------------------------------------------------------------------------ the rows


def row(name: str, arguments: argparse.Namespace, folder: Path | None) -> float:
    """One row of ours in this process: its seconds."""
    items = works(arguments.works)
    clusters = citations(list(items), arguments.citations)
    memory = Memory(folder) if folder else None
    if name == "bare":
        return timed(lambda: bare(items, clusters, arguments.style))
    if name in ("same", "changed"):
        ours(items, clusters, arguments.style, memory)
    if name == "changed":
        clusters = (*clusters[:-1], (Cite(clusters[-1][0].key, locator=Locator("page", "1234")),))
    seconds = timed(lambda: ours(items, clusters, arguments.style, memory))
    if memory is not None and name != "changed":
        memory.close()
    return seconds


def rounds(arguments: argparse.Namespace, folder: Path) -> Iterator[dict[str, float]]:
    """Each run's seconds by row."""
    items = works(arguments.works)
    (folder / "items.json").write_text(json.dumps(list(items.values())), encoding="utf-8")
    (folder / "text.md").write_text(as_markdown(citations(list(items), arguments.citations)), encoding="utf-8")
    for run in range(arguments.runs + 1):
        memory = folder / f"memory-{run}"
        plain = timed(lambda: pandoc(folder, arguments.style, cites=False))
        whole = timed(lambda: pandoc(folder, arguments.style, cites=True))
        yield {
            "pandoc --citeproc": whole,
            "of which citeproc": whole - plain,
            "citeproc-py alone": in_new_process(arguments, "bare", memory),
            "cold": in_new_process(arguments, "cold", memory),
            "warm, new process": in_new_process(arguments, "disk", memory),
            "warm, same process": in_new_process(arguments, "same", memory),
            "one citation changed": in_new_process(arguments, "changed", memory),
        }


def documents(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    """How long many documents take, first and again: those that share all their works, and those that share some."""
    shared, few = works(arguments.works), works(20, prefix="f")
    for name, items, count, cited in (
        ("the same works", shared, len(shared), arguments.citations),
        ("10 of 20", few, 10, 20),
    ):
        seeds = range(arguments.documents)
        chosen = (random.Random(seed).sample(list(items), count) for seed in seeds)
        texts = [citations(keys, cited, seed=seed) for seed, keys in zip(seeds, chosen, strict=True)]

        def all_of_them(texts: Sequence[Sequence[Cluster]] = texts, items: Mapping[str, Item] = items) -> None:
            memory = Memory(folder / "documents")
            for clusters in texts:
                ours(items, clusters, arguments.style, memory)
            memory.close()

        first, again = timed(all_of_them), timed(all_of_them)
        each = 1000 / max(1, len(texts))
        yield f"{len(texts)} documents, {name}: {first * each:.1f} ms each, again {again * each:.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", type=int, default=100)
    parser.add_argument("--citations", type=int, default=200)
    parser.add_argument("--documents", type=int, default=0, help="also so many documents that share their works")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--style", type=Path, default=OWN)
    parser.add_argument("--row", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    if arguments.row:
        print(row(arguments.row, arguments, None if arguments.row == "cold-bare" else arguments.folder))
        return
    with tempfile.TemporaryDirectory() as name:
        report(list(rounds(arguments, Path(name)))[1:])
        if arguments.documents:
            print(*documents(arguments, Path(name)), sep="\n")


def report(runs: Sequence[Mapping[str, float]]) -> None:
    """The medians, and as shares of pandoc's."""
    medians = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    whole, citeproc = medians["pandoc --citeproc"], medians["of which citeproc"]
    print(f"{'':22}{'ms':>8}{'of pandoc':>12}{'of its citeproc':>18}")
    for name, seconds in medians.items():
        print(f"{name:22}{seconds * 1000:8.1f}{seconds / whole:12.2f}{seconds / citeproc:18.2f}")


if __name__ == "__main__":
    main()
