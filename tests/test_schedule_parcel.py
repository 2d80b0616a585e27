"""What travels to other machines: everything that documents read, and nothing of where it came from."""

from __future__ import annotations

import pickle
from pathlib import Path

from rapportbygger import load, validate
from rapportbygger.model import Project
from rapportbygger.pandoc import Pandoc
from rapportbygger.schedule import parcel, tree
from rapportbygger.schedule.inputs import Inventory
from rapportbygger.schedule.plan import planned
from test_schedule import FOUR, project


def read(root: Path) -> Project:
    with Pandoc(processes=1) as pandoc:
        sources, _problems = load.sources(root, pandoc)
    assert sources is not None
    found, _problems = validate.project(sources)
    assert found is not None
    return found


def prepared(root: Path) -> tuple[parcel.Parcel, parcel.Luggage]:
    found, files = read(root), tree.read(root)
    inventory = Inventory(found, files, "typst")
    return parcel.prepared(found, files, root, {job.name: inventory.inputs(job) for job in planned(found).jobs})


def with_own_chapter(root: Path) -> Path:
    own = project(root, *FOUR) / "content" / "municipalities" / "nes" / "local"
    own.mkdir(parents=True)
    (own / "02.md").write_text("# Eget", encoding="utf-8")
    return root


def test_nothing_says_where_the_project_is(tmp_path: Path) -> None:
    sent, luggage = prepared(with_own_chapter(tmp_path))
    tasks = [luggage.of(f"lokal/{name}") for name in FOUR]
    assert str(tmp_path).encode() not in pickle.dumps((sent, tasks))


def test_what_several_read_travels_once_and_what_one_reads_with_its_task(tmp_path: Path) -> None:
    sent, luggage = prepared(with_own_chapter(tmp_path))
    assert sent.listing["content/local/01.md"] in sent.content
    assert sent.listing["content/municipalities/nes/local/02.md"] == ""
    assert luggage.of("lokal/nes")["content/municipalities/nes/local/02.md"] == b"# Eget"
    assert "content/municipalities/nes/local/02.md" not in luggage.of("lokal/bodo")


def test_a_project_is_the_same_elsewhere(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    sent, luggage = prepared(with_own_chapter(here))
    parcel.unpack(sent.listing, lambda digest: sent.content[digest], there)
    found: Project = parcel.unpacked(sent.supplies, there)
    assert found.root == there
    assert [path.relative_to(there) for path in found.reports[0].chapters] == [Path("content/local/01.md")]
    own = there / "content" / "municipalities" / "nes" / "local" / "02.md"
    with parcel.placed(luggage.of("lokal/nes"), there):
        assert own.read_bytes() == b"# Eget"
    assert own.read_bytes() == b""
