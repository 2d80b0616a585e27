"""The package's CSL styles, and styles that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from documents import document
from rapportbygger.diagnostics import Problems
from rapportbygger.nodes import plain
from rapportbygger.resolve.citations import csl, resolve

ROOT = Path(__file__).parents[2]
STYLES = sorted((ROOT / "src" / "rapportbygger" / "styles").glob("*.csl"))
CSL = "http://purl.org/net/xbiblio/csl"
NAMES = '<names variable="author"/>'


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    """The schema of CSL 1.0.2 that citeproc-py carries."""
    import citeproc

    return etree.RelaxNG(etree.parse(citeproc.SCHEMA_PATH))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.stem)
def test_our_styles_are_valid_csl_and_the_same_in_the_project(style: Path, schema: etree.RelaxNG) -> None:
    assert schema.validate(etree.parse(style)), schema.error_log
    assert (ROOT / "bibliography" / style.name).read_bytes() == style.read_bytes()
    assert csl.read(style)[1] == ()


@pytest.mark.parametrize(("kind", "valid"), [("software", True), ("programvare", False)])
def test_the_schema_knows_the_types_that_came_with_csl_1_0_2(kind: str, valid: bool, schema: etree.RelaxNG) -> None:
    written = STYLES[0].read_text(encoding="utf-8").replace('type="dataset"', f'type="{kind}"')
    assert schema.validate(etree.fromstring(written.encode())) is valid


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.stem)
def test_our_styles_use_every_macro_and_every_term_of_their_own(style: Path) -> None:
    root = etree.parse(style).getroot()
    macros = {macro.get("name") for macro in root.iter(f"{{{CSL}}}macro")}
    assert macros == {element.get("macro") for element in root.iter() if element.get("macro")}
    locales = [{term.get("name") for term in locale.iter(f"{{{CSL}}}term")} for locale in root.iter(f"{{{CSL}}}locale")]
    assert {element.get("term") for element in root.iter() if element.get("term")} <= locales[0] & locales[1]


def test_both_styles_are_shipped() -> None:
    assert [style.stem for style in STYLES] == ["norsk-apa", "word-apa"]


def refused(tmp_path: Path, text: str) -> Problems:
    file = tmp_path / "stil.csl"
    file.write_text(text, encoding="utf-8")
    style, problems = csl.read(file)
    assert style == csl.read(None)[0]
    return problems


def style(citation: str, category: str = "author-date", more: str = "") -> str:
    return (
        f'<style xmlns="{CSL}" version="1.0" class="in-text">\n'
        f'<info><category citation-format="{category}"/></info>\n{more}\n'
        f"<citation><layout>\n{citation}\n</layout></citation>\n"
        '<bibliography><layout><text variable="title"/></layout></bibliography></style>'
    )


def calling(macro: str, other: str) -> str:
    return f'<macro name="{macro}"><text macro="{other}"/></macro>'


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("ikke XML", 1, "«stil.csl» is not a CSL style"),
        ("<style>\n<info>\n</style>", 3, "«stil.csl» is not valid XML"),
        ("", 1, "«stil.csl» is not a CSL style"),
        ("<html/>", 1, "«stil.csl» is not a CSL style"),
        (f'<style xmlns="{CSL}"/>', 1, "«stil.csl» does not say how to write «citation»"),
        (style(f'{NAMES}\n<text macro="år"/>'), 6, "unknown macro «år»"),
        (style(NAMES, more=f"{calling('a', 'b')}\n{calling('b', 'a')}"), 3, "the macro «a» calls itself"),
        (style(NAMES, more='<locale xml:lang="nb"/>\n<locale xml:lang="nb"/>'), 4, "locale «nb» stands there twice"),
        (f'<!DOCTYPE style [<!ENTITY x "y">]>\n{style(NAMES)}', 2, "«stil.csl» has a document type"),
    ],
)
def test_what_is_no_style_is_refused_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    (problem,) = refused(tmp_path, text)
    assert problem.code == "invalid-style"
    assert problem.message.startswith(message)
    assert problem.location is not None
    assert (problem.location.file, problem.location.line) == ((tmp_path / "stil.csl").as_posix(), line)


def test_a_style_that_is_not_there(tmp_path: Path) -> None:
    _, problems = csl.read(tmp_path / "finnes-ikke.csl")
    assert [problem.message for problem in problems] == ["cannot read «finnes-ikke.csl»: No such file or directory"]


def test_a_style_with_symbols_spells_them_in_running_text(tmp_path: Path) -> None:
    file = tmp_path / "stil.csl"
    symbol = '<group delimiter=", "><names variable="author"><name form="short" and="symbol"/></names></group>'
    file.write_text(style(symbol), encoding="utf-8")
    references = {"a": {"author": [{"family": "Aarre"}, {"family": "Lie"}], "title": "T"}}
    doc, problems = resolve(document("[@a]. @a sier"), references, file, "Litteratur")
    assert problems == ()
    assert plain(doc.blocks[0]["c"]) == "Aarre & Lie. Aarre og Lie sier"


def test_a_style_in_another_shape_that_leaves_letters_to_us(tmp_path: Path) -> None:
    file = tmp_path / "stil.csl"
    year = '<date variable="issued"><date-part name="year"/></date>'
    author = '<names variable="author"><name form="short"/></names>'
    nested = f'<group delimiter=", "><group delimiter=" ">{author}{year}</group><text variable="locator"/></group>'
    written = style(nested).replace("<citation>", '<citation disambiguate-add-year-suffix="true" collapse="year">')
    file.write_text(
        written.replace("<layout>\n", '<layout prefix="[" suffix="]" delimiter="; ">\n', 1), encoding="utf-8"
    )
    references = {key: {"author": "KS", "issued": 2018, "title": key} for key in ("a", "b")}
    doc, problems = resolve(document("[@a; @b] @a [s. 3]"), references, file, "Litteratur")
    assert problems == ()
    assert plain(doc.blocks[0]["c"]) == "[KS 2018a, 2018b] KS [2018a, 3]"
