"""The PDF's tags come in the order in which a page is painted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from documents import make_project
from rapportbygger.schedule import build
from rapportbygger.write.pdf.objects import taken_apart
from rapportbygger.write.pdf.tags import in_order_of_painting

NOTES = """# Mål^[Note i en overskrift. To setninger.]

En lenke til [KS](https://www.ks.no) midt i et avsnitt,^[Den første *noten*.] med mer etter.

- Et punkt^[Note i et punkt.]

| A^[Note i en celle.] | B |
|---|---|
| 1 | 2 |

: Tabell {#tbl-a}

![Kart^[Note i en tekst.]](figures/wide.png){#fig-a fig-alt="Et kart" width=20%}

Siste avsnitt på første side.
"""
MORE = "\n\n".join(f"Avsnitt {n} som er langt nok til at det fyller en linje eller mer av siden." for n in range(60))


def made(root: Path, markdown: str) -> pikepdf.Pdf:
    """The PDF of a project with this one chapter, without contents."""
    build(make_project(root, markdown, report="    toc: false"), formats=("pdf",))
    return pikepdf.open(root / "build" / "rapport.pdf")


def kids(element: Any) -> list[Any]:
    return list(element.get("/K", []))


def structure(element: Any) -> list[Any]:
    """Kinds of the elements in an element, nested as they are; marked content is a number."""
    return [[str(kid.S)[1:], *structure(kid)] if is_element(kid) else 0 for kid in kids(element) if not is_other(kid)]


def is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def is_other(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"


def root_of(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.StructTreeRoot.K[0]


def marked(element: Any) -> Iterator[tuple[int, int]]:
    """Page and number of all marked content, an element's own before its children's, as strict readers take it."""
    page = element.get("/Pg")
    for kid in kids(element):
        if isinstance(kid, int):
            yield pikepdf.Page(page).index, int(kid)
        elif not is_element(kid) and "/MCID" in kid:
            yield pikepdf.Page(kid.Pg).index, int(kid.MCID)
    for kid in kids(element):
        if is_element(kid):
            yield from marked(kid)


def test_every_page_is_tagged_in_the_order_it_is_painted(tmp_path: Path) -> None:
    with made(tmp_path, NOTES + MORE) as pdf:
        found = list(marked(root_of(pdf)))
        for page in range(len(pdf.pages)):
            numbers = [number for at, number in found if at == page]
            assert numbers == sorted(numbers)


def test_notes_come_after_the_last_block_that_begins_on_their_page(tmp_path: Path) -> None:
    with made(tmp_path, NOTES + MORE) as pdf:
        kinds = [str(kid.S) for kid in kids(root_of(pdf))]
        first = kinds.index("/Note")
        assert kinds[first : first + 5] == ["/Note"] * 5
        assert kinds.count("/Note") == 5
        assert "/P" in kinds[first + 5 :]


def test_every_element_knows_its_parent_and_all_content_its_owner(tmp_path: Path) -> None:
    with made(tmp_path, NOTES + MORE) as pdf:
        owners = {}
        for element in elements(root_of(pdf)):
            for kid in kids(element):
                if is_element(kid):
                    assert kid.P.objgen == element.objgen
                elif isinstance(kid, int):
                    owners[pikepdf.Page(element.Pg).index, int(kid)] = element.objgen
        numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        told = [list(numbers[int(page.StructParents)]) for page in pdf.pages]
        assert len(owners) > 50
        assert {place: told[place[0]][place[1]].objgen for place in owners} == owners


def elements(element: Any) -> Iterator[Any]:
    yield element
    for kid in kids(element):
        if is_element(kid):
            yield from elements(kid)


def test_a_heading_is_not_a_paragraph_and_its_note_is_no_part_of_its_name(tmp_path: Path) -> None:
    with made(tmp_path, "# Mål^[En note.]") as pdf:
        heading = next(kid for kid in kids(root_of(pdf)) if kid.S == "/H1")
        assert structure(heading)[0][0] == "Span"
        assert str(heading.T) == "Mål"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Mål"]


def test_text_behind_a_link_has_an_element_of_its_own(tmp_path: Path) -> None:
    with made(tmp_path, "Se [KS](https://www.ks.no) og mer.") as pdf:
        assert structure(root_of(pdf))[-1:] == [["P", 0, ["Link", ["Span", 0]], ["Span", 0]]]


def test_a_link_that_is_a_picture_is_called_what_the_picture_is(tmp_path: Path) -> None:
    pictures = (
        "[![Et kart](figures/wide.png){width=3cm}](https://a.no)\n\n[![](figures/wide.png){.decorative}](https://b.no)"
    )
    with made(tmp_path, pictures) as pdf:
        links = [element for element in elements(root_of(pdf)) if element.get("/S") == "/Link"]
        assert [str(link.Alt) for link in links] == ["Et kart", "https://b.no"]


def test_a_note_over_several_pages_comes_after_the_last_of_them(tmp_path: Path) -> None:
    long = f"Et avsnitt.^[{'En lang note. ' * 500}]\n\n" + "\n\n".join(["Et avsnitt til."] * 60)
    with made(tmp_path, long) as pdf:
        found = list(marked(root_of(pdf)))
        for page in range(len(pdf.pages)):
            numbers = [number for at, number in found if at == page]
            assert numbers == sorted(numbers)


@pytest.mark.parametrize(("corner", "kinds"), [("", ["/TH", "/TD", "/TD"]), ("Sted", ["/TD", "/TD", "/TD"])])
def test_under_an_empty_header_cell_stand_the_names_of_the_rows(tmp_path: Path, corner: str, kinds: list[str]) -> None:
    with made(tmp_path, f"| {corner} | 2021 | 2022 |\n|---|---|---|\n| Ås | 1 | 2 |") as pdf:
        rows = [element for element in elements(root_of(pdf)) if element.get("/S") == "/TR"]
        assert [str(cell.S) for cell in kids(rows[0])] == ["/TH" if corner else "/TD", "/TH", "/TH"]
        assert [str(cell.S) for cell in kids(rows[1])] == kinds
        scopes = [one.get("/Scope") for cell in kids(rows[1]) for one in cell.A if one.O == "/Table"]
        assert scopes[0] == ("/Row" if kinds[0] == "/TH" else None)


def test_a_figures_caption_comes_after_it(tmp_path: Path) -> None:
    with made(tmp_path, '![Kart](figures/wide.png){fig-alt="Et kart"}') as pdf:
        figure = structure(root_of(pdf))[-1]
        assert [kind for kind, *_ in figure[1:]] == ["P", "Caption"]


def test_objects_are_written_as_they_were_read(tmp_path: Path) -> None:
    with made(tmp_path, "# Mål\n\nTekst.") as pdf:
        assert pdf.check_pdf_syntax() == []
    data = (tmp_path / "build" / "rapport.pdf").read_bytes()
    assert taken_apart(data).written() == data


def test_what_is_in_order_stays(tmp_path: Path) -> None:
    made(tmp_path, NOTES).close()
    data = (tmp_path / "build" / "rapport.pdf").read_bytes()
    assert in_order_of_painting(taken_apart(data)).written() == data


def test_tags_of_no_document_are_left_as_they_are(tmp_path: Path) -> None:
    made(tmp_path, NOTES).close()
    data = (tmp_path / "build" / "rapport.pdf").read_bytes().replace(b"/S/Document", b"/S/Dokument")
    assert in_order_of_painting(taken_apart(data)).written() == data


def test_a_file_that_is_built_otherwise_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    for data in (out.getvalue(), b"", b"no table"):
        with pytest.raises(ValueError, match="table of objects"):
            taken_apart(data)
