"""A municipality's own chapters, and chapters in its language."""

from __future__ import annotations

import shutil
from pathlib import Path
from unicodedata import normalize

import pikepdf
import pytest

from rapportbygger import load
from rapportbygger.diagnostics import Problems
from rapportbygger.localised import every_chapter, localised
from rapportbygger.model import Data, Municipality, Project, Report
from rapportbygger.schedule import build

WIDE = Path(__file__).parent / "pictures" / "content" / "figures" / "wide.png"
MANIFEST = """title: {nb: Arbeidet vårt, nn: Arbeidet vårt på nynorsk}
date: 2022-11-30
municipalities: municipalities/*.yaml
reports:
  lokal:
    for-each: municipality
    chapters: [chapters/*.md]
    toc: true
"""


def write(root: Path, **files: str) -> Path:
    """A project of files below content/; in a name `__` is `/` and `_` is `-`; chapters are named without .md."""
    for name, text in files.items():
        path = root / "content" / name.replace("__", "/").replace("_", "-")
        path = path if path.suffix in (".yaml", ".md") else path.with_name(f"{path.name}.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def asker(**values: str) -> Municipality:
    return Municipality("asker", {"navn": "Asker", **values}, Data("content/municipalities/asker.yaml", {}))


def report_of(root: Path, *names: str, **fields: object) -> Report:
    chapters = tuple(root / "content" / "chapters" / name for name in names)
    return Report("lokal", "Tittel", "nb", chapters, for_each_municipality=True, **fields)  # type: ignore[arg-type]


def chapters_of(root: Path, report: Report, municipality: Municipality | None = None) -> tuple[list[str], Problems]:
    """The chapters' names from content/, and the problems."""
    project = Project(root, (report,), tuple(filter(None, [municipality])))
    made, problems = localised(project, report, municipality)
    return [path.relative_to(root / "content").as_posix() for path in made.chapters], problems


# --------------------------------------------------------------------------------------------------------- own chapters


def test_an_own_chapter_takes_the_place_of_the_one_with_its_name(tmp_path: Path) -> None:
    root = write(tmp_path, municipalities__asker__local__02_b="# Vårt", chapters__01_a="", chapters__02_b="")
    report = report_of(root, "01-a.md", "02-b.md")
    assert chapters_of(root, report, asker())[0] == ["chapters/01-a.md", "municipalities/asker/local/02-b.md"]
    assert chapters_of(root, report)[0] == ["chapters/01-a.md", "chapters/02-b.md"]


@pytest.mark.parametrize(("name", "at"), [("00-x.md", 0), ("02-x.md", 1), ("03-z.md", 2), ("09-x.md", 2)])
def test_a_new_chapter_is_put_in_its_place_by_number(tmp_path: Path, name: str, at: int) -> None:
    root = write(tmp_path, **{f"municipalities__asker__local__{name}": "# Nytt"})
    chapters, _problems = chapters_of(root, report_of(root, "01-a.md", "03-b.md"), asker())
    assert chapters.index(f"municipalities/asker/local/{name}") == at
    assert len(chapters) == 3


def test_names_are_the_same_however_accents_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "municipalities" / "asker" / "local"
    folder.mkdir(parents=True)
    (folder / normalize("NFD", "02-Mål.MD")).write_text("# Våre mål", encoding="utf-8")
    chapters, _problems = chapters_of(tmp_path, report_of(tmp_path, "01-a.md", "02-mål.md", "03-c.md"), asker())
    assert len(chapters) == 3
    assert chapters[1].startswith("municipalities/asker/local/")


def test_a_report_can_leave_own_chapters_out(tmp_path: Path) -> None:
    root = write(tmp_path, municipalities__asker__local__02_x="# Nytt")
    report = report_of(root, "01-brev.md", own_chapters=False)
    assert chapters_of(root, report, asker())[0] == ["chapters/01-brev.md"]


def test_another_municipalitys_chapters_are_not_there(tmp_path: Path) -> None:
    root = write(tmp_path, municipalities__askim__local__02_x="# Nytt")
    assert chapters_of(root, report_of(root, "01-a.md"), asker())[0] == ["chapters/01-a.md"]


def test_what_is_wrong_in_an_own_chapter_is_told_there(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        **{"report.yaml": MANIFEST, "municipalities__asker.yaml": "navn: Asker"},
        chapters__01_a="# Felles",
        municipalities__asker__local__02_b="# Vårt\n\n{{ municipality.ukjent }}",
    )
    problem = build(root, formats=["docx"]).problems[0]
    assert (problem.code, str(problem.location)) == (
        "unknown-name",
        "content/municipalities/asker/local/02-b.md:3:17",
    )


def test_chapters_in_a_folder_that_is_no_municipalitys_are_warned_of(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        **{
            "report.yaml": MANIFEST,
            "municipalities__asker.yaml": "navn: Asker",
            "municipalities__askar__local__01_a": "# Vårt",
            "municipalities__bilder__kart": "et notat",
            "chapters__01_a": "# Felles",
        },
    )
    [problem] = build(root, formats=["docx"]).problems
    assert (problem.code, str(problem.location)) == ("ownerless-folder", "content/municipalities/askar")
    assert "«asker»" in problem.hint


# ------------------------------------------------------------------------------------------------------------- language


def test_a_chapter_is_read_in_the_municipalitys_language(tmp_path: Path) -> None:
    root = write(tmp_path, chapters__01_a="", **{"chapters__01_a.nn": "", "chapters__01_a.nb": ""})
    report = report_of(root, "01-a.md")
    assert chapters_of(root, report, asker(målform="nynorsk")) == (["chapters/01-a.nn.md"], ())
    assert chapters_of(root, report, asker(lang="nn-NO")) == (["chapters/01-a.nn.md"], ())
    assert chapters_of(root, report, asker(målform="bokmål")) == (["chapters/01-a.nb.md"], ())
    assert chapters_of(root, report) == (["chapters/01-a.nb.md"], ())


def test_a_variant_that_is_missing_is_warned_of_by_the_chapters_name(tmp_path: Path) -> None:
    root = write(tmp_path, chapters__01_a="", chapters__02_b="", **{"chapters__02_b.nn": ""})
    chapters, problems = chapters_of(root, report_of(root, "01-a.md", "02-b.md"), asker(målform="nynorsk"))
    assert chapters == ["chapters/01-a.md", "chapters/02-b.nn.md"]
    assert [(str(problem.location), problem.code) for problem in problems] == [
        ("content/chapters/01-a.md:1:1", "missing-variant")
    ]
    assert "nynorsk" in problems[0].message
    assert "«01-a.nn.md»" in problems[0].hint


def test_a_title_that_is_missing_in_a_language_is_warned_of_where_it_stands(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        **{
            "report.yaml": MANIFEST.replace(", nn: Arbeidet vårt på nynorsk", ""),
            "municipalities__voss.yaml": "navn: Voss\nmålform: nynorsk",
            "municipalities__vik.yaml": "navn: Vik\nmålform: nynorsk",
            "municipalities__asker.yaml": "navn: Asker\nmålform: bokmål",
            "chapters__01_a.nn": "# Innleiing",
            "chapters__01_a": "# Innledning",
        },
    )
    [problem] = build(root, formats=["docx"]).problems
    assert (problem.code, str(problem.location)) == ("missing-variant", "content/report.yaml:1:8")
    assert problem.message == "«title» is not there in nynorsk, which municipalities write in"


def test_an_own_chapter_is_in_the_municipalitys_language_as_it_is(tmp_path: Path) -> None:
    root = write(tmp_path, municipalities__asker__local__01_a="# Vårt")
    assert chapters_of(root, report_of(root, "01-a.md"), asker(målform="nynorsk")) == (
        ["municipalities/asker/local/01-a.md"],
        (),
    )


def test_a_report_has_each_chapter_once_and_its_title_in_its_language(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        **{
            "report.yaml": MANIFEST,
            "municipalities__asker.yaml": "navn: Asker\nmålform: bokmål",
            "municipalities__voss.yaml": "navn: Voss\nmålform: nynorsk",
            "municipalities__vik.yaml": "navn: Vik\nmålform: nynorsk",
            "chapters__01_a": "# Innledning {#sec-a}\n\nSe @sec-a.",
            "chapters__01_a.nn": "# Innleiing {#sec-a}\n\nSjå @sec-a.",
            "chapters__02_b": "# Resten",
        },
    )
    result = build(root)
    assert [problem.code for problem in result.problems] == ["missing-variant"]  # once, not once for each municipality
    assert len(result.written) == 6
    from docx import Document

    words = {name: Document(str(root / f"build/lokal/{name}.docx")) for name in ("asker", "voss")}
    assert [p.text for p in words["voss"].paragraphs if p.style and p.style.name == "Heading 1"] == [
        "Innleiing",
        "Resten",
    ]
    assert words["asker"].core_properties.title == "Arbeidet vårt"
    assert words["voss"].core_properties.title == "Arbeidet vårt på nynorsk"
    assert words["voss"].core_properties.language == "nn-NO"
    assert ">Innhald<" in words["voss"].element.xml
    assert ">Innhold<" not in words["voss"].element.xml


def test_references_of_all_variants_and_own_chapters_count_as_cited(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        chapters__01_a="a",
        **{"chapters__01_a.nn": "b"},
        municipalities__asker__local__02_b="c",
    )
    project = Project(root, (report_of(root, "01-a.md"),), (asker(),))
    assert len(every_chapter(project)) == 3
    assert list(load.every_chapter(project)) == ["a", "b", "c"]


# ------------------------------------------------------------------------------------------------------------- pictures


def picture_problems(tmp_path: Path, name: str) -> list[tuple[str, str]]:
    """What is wrong with a picture in an own chapter of Asker's."""
    root = write(
        tmp_path,
        **{
            "report.yaml": MANIFEST,
            "municipalities__asker.yaml": "navn: Asker",
            "municipalities__askim.yaml": "navn: Askim",
            "chapters__01_a": "# Felles",
            "municipalities__asker__local__02_b": f"# Vårt\n\n![Kart]({name}){{fig-alt=Kart}}",
        },
    )
    for folder in ("asker/local", "asker", "askim", "asker/bilder"):
        (root / "content" / "municipalities" / folder).mkdir(exist_ok=True, parents=True)
        shutil.copy(WIDE, root / "content" / "municipalities" / folder / f"{folder.rpartition('/')[2]}.png")
    result = build(root, municipalities=["asker"], formats=["docx"])
    return [(problem.code, str(problem.location)) for problem in result.problems]


@pytest.mark.parametrize(
    "name", ["local.png", "asker.png", "../asker.png", "bilder/bilder.png", "municipalities/asker/asker.png"]
)
def test_a_picture_in_an_own_chapter_is_found_in_the_municipalitys_folder(tmp_path: Path, name: str) -> None:
    assert picture_problems(tmp_path, name) == []


@pytest.mark.parametrize("name", ["municipalities/askim/askim.png", "../../askim/askim.png"])
def test_a_picture_of_another_municipality_is_not_used(tmp_path: Path, name: str) -> None:
    place = "content/municipalities/asker/local/02-b.md:3:9"
    assert picture_problems(tmp_path, name) == [("anothers-picture", place)]


def test_a_picture_outside_the_project_is_not_used(tmp_path: Path) -> None:
    shutil.copy(WIDE, tmp_path / "ute.png")
    problems = picture_problems(tmp_path / "prosjekt", "../../../../../ute.png")
    assert [code for code, _place in problems] == ["outside-project"]


# ----------------------------------------------------------------------------------------- chapters in another language


def test_a_chapter_that_is_not_there_in_the_language_is_marked_as_what_it_is(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        **{
            "report.yaml": MANIFEST,
            "municipalities__voss.yaml": "navn: Voss\nmålform: nynorsk\ngjort: Vi har gjort mykje i lag.",
            "chapters__01_a": "# Innledning\n\nOm {{ municipality.x | default(none) }}.\n\n{{ municipality.gjort }}",
            "chapters__02_b.nn": "# Resten\n\nHeilt på nynorsk.",
        },
    )
    assert [problem.code for problem in build(root).problems] == ["missing-variant"]
    from docx import Document

    body = Document(str(root / "build/lokal/voss.docx")).element.body
    marked = {
        lang: "|".join(run.text for run in body.xpath(f".//w:r[w:rPr/w:lang[@w:val='{lang}']]"))
        for lang in ("nb-NO", "nn-NO")
    }
    assert "Innledning" in marked["nb-NO"]
    assert "ikke levert" in marked["nb-NO"]
    assert "Heilt" not in marked["nb-NO"]
    assert marked["nn-NO"] == "Vi har gjort mykje i lag."
    with pikepdf.open(root / "build/lokal/voss.pdf") as opened:
        spoken = [
            str(each["/Lang"]) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each
        ]
        assert str(opened.Root["/Lang"]) == "nn-NO"
    assert "nb-NO" in spoken
    assert "nn-NO" in spoken


# ----------------------------------------------------------------------------------------------- what is not a chapter


def test_files_that_look_like_chapters_and_are_none_are_warned_of(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        **{
            "report.yaml": MANIFEST,
            "municipalities__asker.yaml": "navn: Asker",
            "municipalities__asker__02_b.md": "# Feil sted",
            "municipalities__asker__Local__03_c.md": "# Vårt",
            "chapters__01_a": "# Felles",
        },
    )
    (root / "content/municipalities/asker/Local/04-d.docx").write_bytes(b"PK")
    (root / "content/municipalities/voss").mkdir()
    (root / "content/municipalities/voss/Voss.xlsx").write_bytes(b"PK")
    result = build(root, formats=["docx"])
    assert [(each.code, str(each.location)) for each in result.problems] == [
        ("not-read", "content/municipalities/voss/Voss.xlsx"),
        ("not-read", "content/municipalities/asker/02-b.md"),
        ("not-read", "content/municipalities/asker/Local/04-d.docx"),
    ]
    from docx import Document

    words = Document(str(root / "build/lokal/asker.docx")).paragraphs
    assert [p.text for p in words if p.style and p.style.name == "Heading 1"] == ["Felles", "Vårt"]
