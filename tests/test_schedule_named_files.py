"""Files that documents name by a municipality's own values, known one by one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rapportbygger.schedule import build
from rapportbygger.schedule.named_files import filled, named
from test_keys import documents, project, write
from word_templates import png


@pytest.mark.parametrize(
    ("chapter", "names"),
    [
        ("![Kart](municipalities/{{ municipality.id }}/kart.png)", ("municipalities/{{ municipality.id }}/kart.png",)),
        (
            "![{{ municipality.navn }}](f/{{municipality.bilde.fil}}){#fig-a}",
            ("f/{{municipality.bilde.fil}}",),
        ),
        ("{% set k = municipality %}\n![Kart]({{ k.kart }})", ("{{ k.kart }}",)),
        ("![Kart](kart.png)", ()),
        ("![Kart]({{ data.kart }})", ()),
        ("![Kart]({{ municipality.id | lower }}.png)", ()),
        ("{% set k = municipality %}{% for k in k.tiltak %}![Kart]({{ k.kart }}){% endfor %}", ()),
        ("{% for municipality in municipalities %}![Kart]({{ municipality.id }}.png){% endfor %}", ()),
    ],
)
def test_names_with_nothing_but_the_municipality_in_them(chapter: str, names: tuple[str, ...]) -> None:
    found = named(chapter)
    assert found.names == names
    assert all(name not in found.rest for name in names)


def test_a_name_with_its_values() -> None:
    values = {"id": "asker", "bilde": {"fil": "kart.png"}, "tall": [1]}
    assert filled("m/{{ municipality.id }}/{{ k.bilde.fil }}", values) == "m/asker/kart.png"
    assert filled("m/{{ municipality.tall }}", values) is None
    assert filled("m/{{ municipality.finnes_ikke }}", values) is None


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = project(tmp_path_factory.mktemp("named"))
    chart = """\
data: {url: "../municipalities/{{ municipality.id }}/tall.csv"}
mark: bar
encoding: {x: {field: a, type: nominal}, y: {field: b, type: quantitative}}
"""
    write(root, "content/figures/stolper.vl.yaml", chart)
    for each in ("asker", "bodo"):
        write(root, f"content/municipalities/{each}/tall.csv", "a;b\nx;1\ny;2\n")
        (root / "content" / "municipalities" / each / "kart.png").write_bytes(png(4, 4))
    pictures = "![Kart](municipalities/{{ municipality.id }}/kart.png)\n\n![Tall](figures/stolper.vl.yaml)"
    write(root, "content/local/01.md", "# {{ municipality.navn }}\n\n" + pictures)
    build(root)
    return root


@pytest.mark.parametrize("changed", ["kart.png", "tall.csv"])
def test_what_one_municipality_shows_is_no_other_ones(pictured: Path, tmp_path: Path, changed: str) -> None:
    root = Path(shutil.copytree(pictured, tmp_path / "prosjekt"))
    file = root / "content" / "municipalities" / "asker" / changed
    file.write_bytes(png(5, 5) if changed == "kart.png" else b"a;b\nx;3\n")
    assert documents(build(root)) == {"lokal/asker", "brev/asker"}


def test_a_municipality_that_is_gone_is_no_reason_to_build_the_others(pictured: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(pictured, tmp_path / "prosjekt"))
    (root / "content" / "municipalities" / "asker.yaml").unlink()
    assert documents(build(root)) == {"rapport"}
