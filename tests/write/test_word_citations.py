"""Citations that live on in Word: as its own fields and sources, as Zotero's, or as text with links."""

from __future__ import annotations

import json
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from lxml import etree

import judges
from documents import make_project, scratch
from numbered_styles import NUMERIC
from pages import lines, said
from rapportbygger.cited import CitedWork
from rapportbygger.fonts import load
from rapportbygger.schedule import build
from rapportbygger.write.docx.citation_fields import Shown
from rapportbygger.write.docx.ooxml import W
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.docx.paragraphs import style_of
from rapportbygger.write.docx.word_citing import instruction

B = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
REFERENCES = """
- {id: dahl2006, type: book, title: 'Nær & fjern: "ja" <i>eller</i> nei', author: [{family: Dahl, given: Ida Åse}],
   issued: 2006, publisher: Fagbok, publisher-place: Oslo}
- {id: dahl2006b, type: book, title: Åpnere, author: [{family: Dahl, given: Ida Åse}], issued: 2006}
- {id: ks2018, type: report, title: Status, author: [{literal: KS}], issued: 2018-03-19, URL: https://example.org/ks}
- {id: ås2021, type: webpage, title: Side, author: [{literal: Ås kommune}, {literal: Eng IKS}], issued: 2021-05-04,
   accessed: 2022-10-04, container-title: Nettstedet, URL: https://example.org/s, DOI: 10.1000/182}
- {id: lest, type: book, title: Bare lest, issued: 2001, author: [{family: Moe, given: Per}]}
"""
CHAPTER = """
# Etter @dahl2006 {#sec-a}

Som @dahl2006 [s. 7] sier [se @dahl2006b, s. 12-13, og mer; @ks2018, kap. 3], er ikke alle enige [-@ks2018].[^1]

![Bilde etter @ks2018](figures/wide.png){#fig-a fig-alt="Flate"}

| Kilde       | Tall |
|-------------|-----:|
| [@dahl2006] |    1 |

: Tall fra [@ås2021] {#tbl-a}

Se @sec-a, [@fig-a] og [@dahl2006; @ks2018; @ås2021].

[^1]: Jf. @ås2021 og [@ks2018, s. 3].
"""
REPORT = "    toc: {toc}\n    list-of-figures: true\n    list-of-tables: true\n    word-citations: {kind}"
MANIFEST = "bibliography: ../bibliography/references.yaml\nlang: nb\nnocite: [lest]"
KINDS = ("false", "true", "zotero")


def project(kind: str, chapter: str = CHAPTER, references: str = REFERENCES) -> Path:
    root = make_project(
        scratch(), chapter, manifest=MANIFEST, report=REPORT.format(kind=kind, toc=str("#" in chapter).lower())
    )
    (root / "bibliography").mkdir()
    (root / "bibliography" / "references.yaml").write_text(references, encoding="utf-8")
    return root


@cache
def files(kind: str) -> dict[str, Path]:
    """The Word file and the PDF of one report, by ending."""
    result = build(project(kind))
    assert result.problems == ()
    return {each.path.suffix: each.path for each in result.written}


def parts(file: Path) -> dict[str, bytes]:
    return read_parts(file.read_bytes())


def part(kind: str, name: str) -> etree._Element:
    return etree.fromstring(parts(files(kind)[".docx"])[name])


def codes(story: etree._Element, word: str) -> list[str]:
    """The instructions of all fields of one kind, in order."""
    texts = [(code.text or "").strip() for code in story.iter(W + "instrText")]
    return [text for text in texts if text.startswith(word)]


def text(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(W + "t"))


def sources(file: Path) -> dict[str, etree._Element]:
    """The sources in a Word file by their tags."""
    found = [data for name, data in parts(file).items() if re.fullmatch(r"customXml/item\d+\.xml", name)]
    return {str(source.findtext(B + "Tag")): source for data in found for source in etree.fromstring(data)}


# ------------------------------------------------------------------------------------------------------- every kind


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_is_valid(kind: str) -> None:
    file = files(kind)[".docx"]
    assert judges.sdk_validator(file) == []
    assert judges.openxml_audit(file) == []
    assert judges.structure(file) == []


@pytest.mark.parametrize("kind", KINDS)
def test_word_and_pdf_say_the_same_on_the_same_pages(kind: str) -> None:
    word = lines(judges.libreoffice_pdf(files(kind)[".docx"], scratch(), load().folders))
    assert said(word) == said(lines(files(kind)[".pdf"]))


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_the_same_file_every_time(kind: str) -> None:
    file = files(kind)[".docx"]
    before = file.read_bytes()
    build(file.parents[1], formats=["docx"])
    assert file.read_bytes() == before


@pytest.mark.parametrize("kind", ["true", "zotero"])
def test_fields_show_what_plain_text_would_say(kind: str) -> None:
    for name in ("word/document.xml", "word/footnotes.xml"):
        assert text(part(kind, name)) == text(part("false", name))


def test_without_fields_citations_lead_to_their_entries() -> None:
    document = part("false", "word/document.xml")
    marks = {mark.get(W + "name") for mark in document.iter(W + "bookmarkStart")}
    leads = [(link.get(W + "anchor"), text(link)) for link in document.iter(W + "hyperlink")]
    assert ("ref_ks2018", "KS, 2018") in leads
    assert {name for name, _ in leads if name} <= marks
    assert codes(document, "CITATION") == []


@pytest.mark.parametrize("kind", KINDS)
def test_in_the_pdf_citations_always_lead_to_their_entries(kind: str) -> None:
    root = project(kind, "Se [@dahl2006; @ks2018], og @ås2021 og [@ks2018, s. 3].\n")
    (file,) = build(root, formats=["pdf"]).written
    with pikepdf.open(file.path) as opened:
        links = [note for page in opened.pages for note in page.get("/Annots", [])]
        places = [str(link.Dest) for link in links if "/Dest" in link]
    assert len(places) >= 5
    assert len(set(places)) == 3


# ------------------------------------------------------------------------------------------------------- Word's own


def test_words_fields_say_who_and_where_and_what_else() -> None:
    assert codes(part("true", "word/document.xml"), "CITATION") == [
        r"CITATION Dah06 \n \t \l 1044",
        r"CITATION Dah06 \p 7 \n \t \l 1044",
        'CITATION Dah061 \\f "se " \\p 12-13 \\s ", og mer" \\l 1044 \\m KS18 \\s ", kap.\xa03"',
        r"CITATION KS18 \n \t \l 1044",
        r"CITATION KS18 \n \t \l 1044",
        r"CITATION Ask21 \l 1044",
        r"CITATION Dah06 \l 1044",
        r"CITATION Dah06 \l 1044 \m KS18 \m Ask21",
    ]
    notes = part("true", "word/footnotes.xml")
    assert codes(notes, "CITATION") == [r"CITATION Ask21 \n \t \l 1044", r"CITATION KS18 \p 3 \l 1044"]


def controls(of: str) -> list[etree._Element]:
    """The content controls of one sort."""
    found = part("true", "word/document.xml").iter(W + "sdt")
    return [each for each in found if each.find(f"{W}sdtPr/{W}{of}") is not None]


def test_a_citation_is_a_content_control_with_its_author_before_it_in_running_text() -> None:
    shown = [text(each).replace("\xa0", " ") for each in controls("citation")]
    assert shown[:4] == ["(2006a)", "(2006a, s. 7)", "(se Dahl, 2006b, s. 12–13, og mer; KS, 2018, kap. 3)", "(2018)"]


def test_content_controls_have_numbers_of_their_own() -> None:
    every = [part("true", name).iter(W + "sdtPr") for name in ("word/document.xml", "word/footnotes.xml")]
    numbers = [each.get(W + "val") for found in every for properties in found for each in properties.iter(W + "id")]
    assert len(set(numbers)) == len(numbers) == 12


def test_lists_and_references_repeat_headings_and_captions_without_fields() -> None:
    document = part("true", "word/document.xml")
    lists = [each for each in document.iter(W + "p") if re.match("TOC|TableofFigures", style_of(each))]
    assert any("Dahl (2006" in text(each) for each in lists)
    assert all(codes(each, "CITATION") == [] for each in lists)


def test_the_list_is_a_field_in_words_gallery_with_its_heading() -> None:
    document = part("true", "word/document.xml")
    galleries = document.iterfind(f".//{W}docPartGallery[@{W}val='Bibliographies']")
    (outer,) = [next(gallery.iterancestors(W + "sdt")) for gallery in galleries]
    (inner,) = outer.iterfind(f"{W}sdtContent/{W}sdt")
    assert text(next(outer.iterfind(f"{W}sdtContent/{W}p"))) == "Litteratur"
    assert codes(inner, "BIBLIOGRAPHY") == [r"BIBLIOGRAPHY \l 1044"]
    assert len([each for each in inner.iter(W + "p") if style_of(each) == "Bibliography"]) == 5


def test_every_listed_work_is_a_source_also_one_that_is_not_cited() -> None:
    found = sources(files("true")[".docx"])
    assert sorted(found) == ["Ask21", "Dah06", "Dah061", "KS18", "Moe01"]
    assert found["KS18"].findtext(f"{B}Author/{B}Author/{B}Corporate") == "KS"
    assert [each.text for each in found["Ask21"].iter(B + "Last")] == ["Ås kommune", "Eng IKS"]
    assert [each.text for each in found["Dah06"].iter(B + "Last", B + "First", B + "Middle")] == ["Dahl", "Ida", "Åse"]
    assert found["Dah06"].findtext(B + "Title") == 'Nær & fjern: "ja" eller nei'
    assert [found[tag].findtext(B + "RefOrder") for tag in ("Dah06", "Dah061", "KS18", "Ask21", "Moe01")] == [
        *"1234",
        None,
    ]


def test_dates_are_in_the_language_and_addresses_are_the_lasting_ones() -> None:
    site = sources(files("true")[".docx"])["Ask21"]
    names = ("LCID", "Year", "Month", "Day", "YearAccessed", "MonthAccessed", "DayAccessed", "InternetSiteTitle", "URL")
    assert [site.findtext(B + name) for name in names] == [
        *("nb-NO", "2021", "mai", "4", "2022", "oktober", "4", "Nettstedet", "https://doi.org/10.1000/182"),
    ]


def test_a_section_that_ends_with_the_list_ends_behind_the_field() -> None:
    chapter = "Se [@ks2018].\n\n# Kilder {.unnumbered}\n\n::: {#refs}\n:::\n\n::: landscape\n\nBredt.\n\n:::\n"
    (file,) = build(project("true", chapter), formats=["docx"]).written
    document = etree.fromstring(parts(file.path)["word/document.xml"])
    assert len(list(document.iter(W + "sectPr"))) > 1
    assert [each for control in document.iter(W + "sdt") for each in control.iter(W + "sectPr")] == []
    assert judges.sdk_validator(file.path) == []


def test_brackets_in_a_works_own_name_part_nothing() -> None:
    bill = "- {id: melding, type: bill, number: Meld. St. 18 (2020–2021), title: Oppleve, issued: 2021}"
    root = project("true", "Se @melding, og @melding [s. 7].\n", f"{bill}\n- {{id: lest, type: book, title: Lest}}")
    (file,) = build(root, formats=["docx"]).written
    document = etree.fromstring(parts(file.path)["word/document.xml"])
    fields = [each for each in document.iter(W + "sdt") if each.find(f"{W}sdtPr/{W}citation") is not None]
    assert [text(each).replace("\xa0", " ") for each in fields] == ["Meld. St. 18 (2020–2021)", "(s. 7)"]
    assert codes(document, "CITATION") == [r"CITATION Opp21 \l 1044", r"CITATION Opp21 \p 7 \n \t \l 1044"]


def test_in_a_link_a_citation_is_text() -> None:
    (file,) = build(project("true", "Se [boka av @dahl2006](https://example.org).\n"), formats=["docx"]).written
    document = etree.fromstring(parts(file.path)["word/document.xml"])
    assert codes(document, "CITATION") == []
    assert judges.structure(file.path) == []


NOTES = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note" default-locale="nb-NO">
  <info>
    <title>Noter</title><id>urn:noter</id><category citation-format="note"/><updated>2025-01-01T00:00:00+00:00</updated>
  </info>
  <citation><layout suffix="." delimiter="; ">
    <names variable="author"/><text variable="title" prefix=", "/><text variable="locator" prefix=", s. "/>
  </layout></citation>
  <bibliography><layout><names variable="author"/><text variable="title" prefix=", "/></layout></bibliography>
</style>"""


@pytest.mark.parametrize("kind", ["true", "zotero"])
def test_where_the_style_makes_footnotes_the_field_stands_in_them(kind: str) -> None:
    root = project(kind, "En note.[^1] Som @dahl2006 [s. 7] sier [se @ks2018].\n\n[^1]: Om [@ås2021] og mer.\n")
    (root / "bibliography" / "noter.csl").write_text(NOTES, encoding="utf-8")
    manifest = root / "content" / "report.yaml"
    manifest.write_text(f"csl: ../bibliography/noter.csl\n{manifest.read_text(encoding='utf-8')}", encoding="utf-8")
    (file,) = build(root, formats=["docx"]).written
    stories = [etree.fromstring(parts(file.path)[f"word/{name}.xml"]) for name in ("document", "footnotes")]
    own, notes = ([*codes(story, "CITATION"), *codes(story, "ADDIN ZOTERO_ITEM")] for story in stories)
    assert own == []
    assert len(notes) == 3
    if kind == "true":
        assert notes[1:] == [r"CITATION Dah06 \p 7 \n \t \l 1044", r'CITATION KS18 \f "se " \l 1044']
    else:
        assert [json.loads(note.split(" ", 3)[3])["properties"]["noteIndex"] for note in notes] == [1, 2, 3]
    assert judges.sdk_validator(file.path) == []
    assert judges.structure(file.path) == []


RAISED = NUMERIC.replace('prefix="[" suffix="]" delimiter=", "', 'vertical-align="sup" delimiter=","')


@pytest.mark.parametrize(("style", "shown"), [(NUMERIC, "[1]"), (RAISED, "1")], ids=["brackets", "raised"])
def test_of_a_number_in_running_text_the_field_holds_the_number_only(style: str, shown: str) -> None:
    root = project("true", "Som @dahl2006 sier.\n")
    (root / "bibliography" / "nummer.csl").write_text(style, encoding="utf-8")
    manifest = root / "content" / "report.yaml"
    manifest.write_text(f"csl: ../bibliography/nummer.csl\n{manifest.read_text(encoding='utf-8')}", encoding="utf-8")
    (file,) = build(root, formats=["docx"]).written
    document = etree.fromstring(parts(file.path)["word/document.xml"])
    fields = [each for each in document.iter(W + "sdt") if each.find(f"{W}sdtPr/{W}citation") is not None]
    assert [text(each) for each in fields] == [shown]
    assert codes(document, "CITATION") == [r"CITATION Dah06 \n \t \l 1044"]


# ------------------------------------------------------------------------------------------------------ instructions


def said_by(lang: str = "nb", **work: str) -> str:
    shown = Shown((CitedWork("a", **work),), "(A)", 1)
    return instruction(shown, {"a": "Aas06"}, lang).removeprefix("CITATION Aas06 ").removesuffix(r" \l 1044")


@pytest.mark.parametrize(
    ("work", "switches"),
    [
        ({"label": "page", "locator": "7, 9"}, r'\p "7, 9"'),
        ({"label": "volume", "locator": "2"}, r"\v 2"),
        ({"label": "section", "locator": "5"}, '\\s ", §\xa05"'),
        ({"label": "timestamp", "locator": "01:20"}, r'\s ", 01:20"'),
        ({"label": "chapter", "locator": "2", "suffix": ", og mer"}, '\\s ", kap.\xa02, og mer"'),
        ({"suffix": "med mer"}, r'\s " med mer"'),
        ({"prefix": 'C:\\ og «a» "b"'}, r'\f "C:\\ og «a» \"b\" "'),
        ({"form": "SuppressAuthor"}, r"\n \t"),
    ],
)
def test_switches(work: dict[str, str], switches: str) -> None:
    assert said_by(**work) == switches


# ------------------------------------------------------------------------------------------------------------ Zotero


def items(kind: str = "zotero", name: str = "word/document.xml") -> list[dict[str, Any]]:
    start = "ADDIN ZOTERO_ITEM CSL_CITATION "
    return [json.loads(code.removeprefix(start)) for code in codes(part(kind, name), start)]


def test_zoteros_fields_hold_the_works_themselves() -> None:
    cited = items()[2]
    assert cited["properties"]["plainCitation"].startswith("(se Dahl, 2006b")
    first, second = cited["citationItems"]
    said = {name: first[name] for name in ("id", "locator", "label", "prefix", "suffix")}
    assert said == {"id": "dahl2006b", "locator": "12-13", "label": "page", "prefix": "se", "suffix": ", og mer"}
    assert first["itemData"]["author"] == [{"family": "Dahl", "given": "Ida Åse"}]
    assert second["itemData"]["URL"] == "https://example.org/ks"
    assert items()[1]["citationItems"][0]["suppress-author"] is True
    assert [each["properties"]["noteIndex"] for each in items(name="word/footnotes.xml")] == [1, 1]


def test_zotero_knows_the_document_by_its_preferences() -> None:
    properties = etree.fromstring(parts(files("zotero")[".docx"])["docProps/custom.xml"])
    pieces = {each.get("name"): "".join(map(str, each.itertext())) for each in properties}
    assert list(pieces) == [f"ZOTERO_PREF_{n}" for n in range(1, len(pieces) + 1)]
    assert all(len(piece) <= 255 for piece in pieces.values())
    preferences = etree.fromstring("".join(pieces.values()))
    assert next(preferences.iterfind("style")).get("id") == "urn:rapportbygger:styles:norsk-apa"
    assert next(preferences.iterfind("prefs/pref[@name='fieldType']")).get("value") == "Field"


def test_zoteros_own_addresses_are_kept_and_its_list_knows_what_is_not_cited() -> None:
    uri = "http://zotero.org/users/1/items/ABCD2345"
    item = f"- {{id: '{uri}', type: book, title: Bok, author: [{{family: Moe}}], issued: 2001}}"
    root = project("zotero", "Se [@moe2001].\n", f"{item}\n- {{id: lest, type: book, title: Lest}}")
    (file,) = build(root, formats=["docx"]).written
    document = etree.fromstring(parts(file.path)["word/document.xml"])
    (code,) = codes(document, "ADDIN ZOTERO_ITEM")
    (listed,) = codes(document, "ADDIN ZOTERO_BIBL")
    assert json.loads(code.split(" ", 3)[3])["citationItems"][0]["uris"] == [uri]
    assert len(json.loads(listed.split(" ", 3)[2])["uncited"]) == 1


# -------------------------------------------------------------------------------------------------- in other programs


def live(file: Path) -> list[str]:
    """What lives on in a file: the instructions of its fields and the tags of its sources.

    LibreOffice writes BIBLIOGRAPHY without the language, which the sources have themselves.
    """
    names = [name for name in parts(file) if name in ("word/document.xml", "word/footnotes.xml")]
    stories = [etree.fromstring(parts(file)[name]) for name in names]
    fields = (code for story in stories for word in ("CITATION", "BIBL", "ADDIN") for code in codes(story, word))
    said = [re.sub(r"^(BIBLIOGRAPHY) .*", r"\1", code) for code in fields]
    return [*sorted(said), *sorted(sources(file))]


@pytest.mark.parametrize("kind", ["true", "zotero"])
def test_libreoffice_keeps_fields_sources_and_texts(kind: str) -> None:
    file = files(kind)[".docx"]
    kept = judges.libreoffice_converted(file, scratch(), "docx")
    assert live(kept) == live(file)
    assert "(KS, 2018, s.\xa03)" in text(etree.fromstring(parts(kept)["word/footnotes.xml"]))
    assert ("docProps/custom.xml" in parts(kept)) == (kind == "zotero")


@pytest.mark.parametrize("kind", ["true", "zotero"])
def test_python_docx_keeps_fields_sources_and_texts(kind: str) -> None:
    file, kept = files(kind)[".docx"], scratch() / "kept.docx"
    opened = docx.Document(BytesIO(file.read_bytes()))
    opened.save(str(kept))
    assert live(kept) == live(file)
    assert judges.sdk_validator(kept) == []
