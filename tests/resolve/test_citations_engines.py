"""Two engines behind one interface: which formats what, what pandoc's gives, and that they agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpora import Item, corpus
from documents import document, pandoc
from numbered_styles import LABELS, NOTES, NUMERIC, POSITIONS
from rapportbygger.diagnostics import Location, Problems, Said
from rapportbygger.model import Document
from rapportbygger.nodes import elements, has_class, pairs_of, plain
from rapportbygger.resolve.citations import csl, resolve
from rapportbygger.resolve.citations.clusters import Cite, Form
from rapportbygger.resolve.citations.engines import Task, Tools, engine_for, format_citations
from rapportbygger.resolve.citations.locators import Locator

WORKS: dict[str, dict[str, Any]] = {
    "hansen": {
        "type": "book",
        "author": [{"family": "Hansen", "given": "Per"}],
        "issued": 2010,
        "title": "Om <i>Å</i>",
    },
    "ks": {"type": "book", "author": "KS", "issued": "2012-03", "title": "Mål"},
    "van": {
        "type": "book",
        "author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
        "issued": {"date-parts": [[2011]]},
        "title": "Kunst",
    },
}


def resolved(tmp_path: Path, style: str, *markdown: str, lang: str = "nb", **wishes: Any) -> tuple[Document, Problems]:
    file = tmp_path / "stil.csl"
    file.write_text(style, encoding="utf-8")
    doc = document(*markdown, lang=lang)
    return resolve(doc, WORKS, file, "Litteratur", Tools(pandoc()), **wishes)


def citations(doc: Document) -> list[str]:
    return [plain(span["c"][1]) for span in elements(doc.blocks, "Span") if has_class(span, "citation")]


def entries(doc: Document) -> list[str]:
    return [plain(div["c"][1][0]["c"]) for div in elements(doc.blocks, "Div") if has_class(div, "csl-entry")]


def notes(doc: Document) -> list[str]:
    return [plain(block["c"]) for note in elements(doc.blocks, "Note") for block in note["c"]]


# ---------------------------------------------------------------------------------------------------------- the choice


@pytest.mark.parametrize(
    ("style", "engine"),
    [(csl.OWN.read_text("utf-8"), "citeproc-py"), *((one, "pandoc") for one in (NUMERIC, NOTES, LABELS, POSITIONS))],
    ids=["own", "numeric", "notes", "labels", "positions"],
)
def test_the_engine_is_chosen_by_what_the_style_is(style: str, engine: str) -> None:
    read = csl.read_bytes(style.encode())
    assert (engine_for(read), engine_for(read, "pandoc")) == (engine, "pandoc")


@pytest.mark.parametrize(("style", "reason"), [(NUMERIC, "numeric"), (NOTES, "note"), (LABELS, "label")])
def test_an_engine_that_cannot_is_told_at_the_manifests_line(tmp_path: Path, style: str, reason: str) -> None:
    wanted = Said("citeproc-py", Location("content/report.yaml", 3, 18))
    doc, problems = resolved(tmp_path, style, "Se [@ks].", engine=wanted)
    ((code, at, message),) = [(problem.code, str(problem.location), problem.message) for problem in problems]
    assert (code, at) == ("impossible-engine", "content/report.yaml:3:18")
    assert f"«{reason}»" in message
    assert len(entries(doc)) == 1


def test_pandoc_can_be_asked_for_an_author_date_style() -> None:
    wanted = Said("pandoc", Location("content/report.yaml", 3))
    doc, problems = resolve(document("@hansen [s. 7]"), WORKS, None, "Litteratur", Tools(pandoc()), engine=wanted)
    assert (citations(doc), problems) == (["Hansen (2010, s.\u00a07)"], ())


# --------------------------------------------------------------------------------------------------- numbers and labels


def test_numbers_are_collapsed_and_locators_understood_in_norwegian(tmp_path: Path) -> None:
    text = (
        "[@hansen; @ks; @van] [@hansen, ss. 8-9] @ks [kap. 3] [se @van, § 3-4, og mer; @ks, tabell 2] [-@ks] [@ukjent]"
    )
    doc, _ = resolved(tmp_path, NUMERIC, text)
    assert citations(doc) == [
        "[1–3]",
        "[1, s. 8–9]",
        "KS [2, kap. 3]",
        "[se 3, pargr. 3-4, og mer, 2, tab. 2]",
        "[2]",
        "[ukjent?]",
    ]


def test_raised_numbers_follow_their_word(tmp_path: Path) -> None:
    raised = NUMERIC.replace('prefix="[" suffix="]" delimiter=", "', 'vertical-align="sup" delimiter=","')
    doc, _ = resolved(tmp_path, raised, "Slutt [@hansen]. Så @ks sier.")
    assert plain(doc.blocks[0]["c"]) == "Slutt1. Så KS2 sier."
    assert len(elements(doc.blocks, "Superscript")) == 2


def test_in_running_text_the_author_stands_before_the_number(tmp_path: Path) -> None:
    doc, _ = resolved(tmp_path, NUMERIC, "@hansen sier, @van [s. 3; se @ks], @ukjent.[^a]\n\n[^a]: Også @ks [s. 2].")
    assert citations(doc) == ["Hansen [1]", "van den Berg [2, s. 3, se 3]", "[ukjent?]", "KS [3, s. 2]"]
    name, number = [span for span in elements(doc.blocks, "Span") if has_class(span, "cited")][:2]
    assert pairs_of(name["c"][0]) == pairs_of(number["c"][0]) == {"target": "ref-hansen"}


@pytest.mark.parametrize(("lang", "names"), [("nb", "Aas og Bø"), ("nn", "Aas og Bø"), ("en", "Aas and Bø")])
def test_authors_in_running_text_are_joined_in_the_reports_language(lang: str, names: str) -> None:
    authors = [{"family": "Aas", "given": "Ola"}, {"family": "Bø", "given": "Per"}]
    works: dict[str, dict[str, Any]] = {
        "to": {"type": "book", "author": authors, "title": "T"},
        "uten": {"type": "book", "title": "Skolen"},
    }
    clusters = [(Cite(key, Form.IN_TEXT),) for key in works]
    made = format_citations(Task(clusters, works, csl.read_bytes(NUMERIC.encode()), lang), Tools(pandoc()))
    assert [plain(text) for text in made.clusters] == [f"{names} [1]", "Skolen [2]"]


def test_entries_have_their_number_in_the_margin(tmp_path: Path) -> None:
    doc, _ = resolved(tmp_path, NUMERIC, "[@van] [@hansen]")
    (first, second) = (div["c"][1][0]["c"] for div in elements(doc.blocks, "Div") if has_class(div, "csl-entry"))
    assert has_class(first[0], "csl-left-margin")
    assert [plain(first[:1]), plain(first[1:])] == ["[1]", "J. van den Berg, Kunst, 2011."]
    assert [inline["c"][0]["c"] for inline in second if inline["t"] == "Emph"] == ["Om"]  # italics within are upright


def test_labels(tmp_path: Path) -> None:
    doc, _ = resolved(tmp_path, LABELS, "[@hansen; @van]")
    assert citations(doc) == ["[Hans10, Berg11]"]


def test_works_that_are_not_cited_can_be_listed(tmp_path: Path) -> None:
    at = Location("content/report.yaml", 4, 3)
    doc, problems = resolved(tmp_path, NUMERIC, "[@van]", nocite=[Said("@ks", at), Said("kss", at)])
    assert [entry.split(",")[0] for entry in entries(doc)] == ["[1]J. van den Berg", "[2]KS"]
    ((code, place, hint),) = [(problem.code, str(problem.location), problem.hint) for problem in problems]
    assert (code, place, hint) == ("unknown-reference", "content/report.yaml:4:3", "did you mean «ks»?")
    everything, _ = resolved(tmp_path, NUMERIC, "Ingen.", nocite=[Said("*", at)])
    assert len(entries(everything)) == len(WORKS)
    assert not any(elements(everything.blocks, "Cite"))


# --------------------------------------------------------------------------------------------------------------- notes


def test_a_note_style_makes_footnotes_after_the_punctuation(tmp_path: Path) -> None:
    doc, _ = resolved(tmp_path, NOTES, "Slutt [@hansen, s. 7]. Så @ks sier, «mer» [se @hansen]!\n\nOg [@hansen].")
    assert [plain(block["c"]) for block in doc.blocks[:2]] == ["Slutt. Så KS sier, «mer»!", "Og."]
    assert notes(doc) == ["P. Hansen, Om Å, 2010, s. 7.", "Mål, 2012.", "Se Hansen, note 1.", "Samme sted."]
    first = doc.blocks[0]["c"]
    assert [inline.get("c") for inline in first[:1]] == ["Slutt."]
    assert first[1]["c"][1][0]["t"] == "Note"


def test_the_authors_own_footnotes_count(tmp_path: Path) -> None:
    own = "Egen[^a] [@hansen].\n\nIgjen [@ks] og [@hansen].\n\n[^a]: Om @ks, og så [@van], og [jf. @van].\n"
    doc, _ = resolved(tmp_path, NOTES, own)
    assert notes(doc) == [
        "Om KS, Mål, 2012, og så (J. van den Berg, Kunst, 2011), og (jf. van den Berg, note 1).",
        "P. Hansen, Om Å, 2010.",
        "KS, note 1.",
        "Hansen, note 2.",
    ]


def test_a_footnote_that_begins_with_a_citation_has_no_brackets_and_one_full_stop(tmp_path: Path) -> None:
    doc, _ = resolved(tmp_path, NOTES, "Egen[^a].\n\n[^a]: [@ks, s. 3].\n")
    assert notes(doc) == ["KS, Mål, 2012, s. 3."]


def test_a_note_style_has_the_shortest_name_in_running_text(tmp_path: Path) -> None:
    doc, _ = resolved(tmp_path, NOTES, "Som @van [s. 3] sier.")
    assert plain(doc.blocks[0]["c"]) == "Som van den Berg sier."
    assert notes(doc) == ["Kunst, 2011, s. 3."]


def test_headings_and_alternative_texts_have_no_footnotes(tmp_path: Path) -> None:
    doc, _ = resolved(tmp_path, NOTES, "# Om mål [@ks]\n\n![Et bilde [@ks]](a.png){#fig-a}")
    assert len(elements(doc.blocks, "Note")) == 2
    (image,) = elements(doc.blocks, "Image")
    assert plain(image["c"][1]) == "Et bilde"
    assert elements(image, "Note") == []


def test_brackets_are_no_punctuation_of_the_sentence(tmp_path: Path) -> None:
    doc, _ = resolved(tmp_path, NOTES, "Så (som vist [@ks]). Så sier @ks.")
    assert [inline["t"] for inline in doc.blocks[0]["c"]].count("Span") == 2
    assert plain(doc.blocks[0]["c"]) == "Så (som vist). Så sier KS."
    assert [plain(span["c"][1]) for span in elements(doc.blocks, "Span") if has_class(span, "citation")] == ["", "KS."]


def test_a_citation_in_another(tmp_path: Path) -> None:
    doc, _ = resolved(tmp_path, NOTES, "A [@ks, jf. @van].")
    assert notes(doc) == ["KS, Mål, 2012, jf. J. van den Berg, Kunst, 2011."]


def test_positions_are_those_of_the_document(tmp_path: Path) -> None:
    doc, _ = resolved(tmp_path, POSITIONS, "[@hansen] [@hansen] [@ks] [@hansen]")
    assert citations(doc) == ["(Hansen 2010)", "(samme)", "(KS 2012)", "(Hansen 2010)"]


# ---------------------------------------------------------------------------------------------------- both, and neither


def test_a_style_that_pandoc_cannot_use_is_a_problem(tmp_path: Path) -> None:
    broken = NUMERIC.replace('<text variable="citation-number"/>', "<dette-er-ikke-csl/>")
    doc, problems = resolved(tmp_path, broken, "[@ks]")
    ((code, place),) = [(problem.code, problem.location) for problem in problems]
    assert (code, place) == ("invalid-style", Location((tmp_path / "stil.csl").as_posix(), 0))
    assert (entries(doc), elements(doc.blocks, "Cite")) == ([], [])


DATE_PARTS: tuple[Any, ...] = ([[2020]], [[]], [["2020", "13"]], [[2020, 1, 1], [2021]], "x")
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, "", "<i>x", '"x" & <y>', "{}[]", "2021-03-19", "2021/2022", "våren", "\0", "\ud83d"),
    *([], [None], [1, 2], ["a"], [[1]], [{}], [{"family": "A"}], [{"family": None, "given": "B"}], [{"name": "N"}]),
    *({"date-parts": value} for value in DATE_PARTS),
    *({"raw": "2020"}, {"literal": "i trykk"}, {"season": 1}, {"year": 2020}, {"a": 1}, date(2020, 1, 2)),
)


@pytest.mark.parametrize("style", [NUMERIC, NOTES, LABELS], ids=["numeric", "notes", "labels"])
@pytest.mark.parametrize("field", ["author", "editor", "issued", "title", "type", "page", "URL", "language", "custom"])
def test_whatever_a_reference_holds_it_is_listed(style: str, field: str) -> None:
    works = {f"verk {at}: å": {"type": "book", "title": "T", field: value} for at, value in enumerate(ODD)}
    clusters = [(Cite(key),) for key in works]
    made = format_citations(Task(clusters, works, csl.read_bytes(style.encode()), "nb"), Tools(pandoc()))
    assert [entry.key for entry in made.entries] == list(works)


@pytest.mark.parametrize("style", [NUMERIC, NOTES, LABELS], ids=["numeric", "notes", "labels"])
@pytest.mark.parametrize(("lang", "word"), [("nb", "s."), ("nn", "s."), ("en", "p.")])
def test_locators_in_every_language(tmp_path: Path, style: str, lang: str, word: str) -> None:
    doc, _ = resolved(tmp_path, style, "[@ks, s. 7]", lang=lang)
    said = citations(doc)[0] or notes(doc)[0]
    assert style == LABELS or f"{word} 7" in said.replace("\u00a0", " ")


def _first(item: Item) -> str:
    return str(item["author"][0].get("family") or item["author"][0]["literal"]).casefold().replace("aa", "å")


def _is_plain(item: Item) -> bool:
    """A work that the engines write alike: of dates in words and numbers of reports they know different things."""
    names: Sequence[Item] = item.get("author") or []
    issued: Item = item.get("issued", {})
    return (
        bool(names)
        and "family" in names[-1]
        and "literal" not in issued
        and item["type"] != "report"
        and str(item.get("issue", "1")).isdecimal()
    )


def _unambiguous(items: Sequence[Item]) -> dict[str, Item]:
    apart = {_first(item): item for item in items if _is_plain(item)}
    return {item["id"]: item for item in apart.values()}


def _spelled(text: str) -> str:
    return text if text.startswith("(") else text.replace(" & ", " and ")


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("seed", range(3))
def test_the_engines_agree_on_works_that_nothing_tells_apart(seed: int, lang: str) -> None:
    works = _unambiguous(corpus(seed, lang).items)
    locators = (None, Locator("page", "88-89"), Locator("chapter", "3"))
    clusters = [(Cite(key, form, locator),) for key in works for form in Form for locator in locators]
    task = Task(clusters, works, csl.read(None)[0], lang)
    ours, pandocs = (format_citations(task, Tools(pandoc()), engine) for engine in ("citeproc-py", "pandoc"))
    # In running text pandoc has the sign that «and» is in brackets.
    assert [plain(text) for text in ours.clusters] == [_spelled(plain(text)) for text in pandocs.clusters]
    assert [plain(entry.inlines) for entry in ours.entries] == [plain(entry.inlines) for entry in pandocs.entries]
    assert len(ours.entries) == len(works) > 2
