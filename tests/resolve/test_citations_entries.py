"""Entries of the reference list as citeproc-js writes them with the same style, in the words a reader sees."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from rapportbygger.nodes import plain
from rapportbygger.resolve.citations.csl import OWN, read_bytes
from rapportbygger.resolve.citations.reference import Renderer
from rapportbygger.resolve.citations.reference.items import tidy
from rapportbygger.resolve.citations.reference.richtext import inlines, joined

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info/>'
TILLER = {"family": "Tiller", "given": "Kari Anne"}
DAHL = {"family": "Dahl", "given": "Per-Åge"}
GOGH = {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}


@cache
def renderer(lang: str) -> Renderer:
    return Renderer(lang)


def entry(layout: str, item: Mapping[str, Any], lang: str = "nb-NO", *, style: str = "", macros: str = "") -> str:
    """What a style writes whose list is `layout`."""
    head = HEAD.replace("<info/>", f"<info/>{macros}").replace('version="1.0"', f'version="1.0" {style}')
    layouts = f"<citation><layout/></citation><bibliography><layout>{layout}</layout></bibliography></style>"
    return written((head + layouts).encode(), item, lang)


def written(xml: bytes, item: Mapping[str, Any], lang: str = "nb-NO") -> str:
    return plain(inlines(renderer(lang).entry(xml, tidy({"type": "book", **item}, lang)) or ""))


def own(item: Mapping[str, Any], lang: str = "nb-NO") -> str:
    """What the package's own style writes."""
    return written(read_bytes(OWN.read_bytes()).xml, item, lang)


# --------------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ({"family": "Dahl", "given": "Jan-Erik K."}, "Dahl, J.-E. K."),
        ({"family": "Dahl", "given": "Th."}, "Dahl, Th."),
        ({"family": "Dahl", "given": "J.K."}, "Dahl, J. K."),
        ({"family": "Dahl", "given": "Kari", "suffix": "Jr."}, "Dahl, K., Jr."),
        ({"family": "O'Brien", "given": "Åse"}, "O’Brien, Å."),
        ({"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}, "van Gogh, V."),
        ({"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}, "Humboldt, A. von"),
        ({"family": "Ormesson", "given": "Jean", "non-dropping-particle": "d'"}, "d’Ormesson, J."),
        ({"family": "dahl", "given": "Kari"}, "dahl, K."),
        ({"family": "Dahl"}, "Dahl"),
        ({"literal": "Ernst & Young, AS"}, "Ernst & Young, AS"),
        ("Statistisk sentralbyrå", "Statistisk sentralbyrå"),
    ],
)
def test_a_name(name: Any, text: str) -> None:
    names = '<names variable="author"><name name-as-sort-order="all" initialize-with=". "/></names>'
    assert entry(names, {"author": [name]}, style='demote-non-dropping-particle="never"') == text


def test_a_particle_goes_last_where_the_style_says_so() -> None:
    names = '<names variable="author"><name name-as-sort-order="all"/></names>'
    assert entry(names, {"author": [GOGH]}) == "Gogh, Vincent van"
    assert entry(names, {"author": [{"family": "van Gogh", "given": "Vincent"}]}) == "Gogh, Vincent van"


def test_twenty_five_names_and_the_last() -> None:
    names = (
        '<names variable="author"><name form="short" et-al-min="21" et-al-use-first="2" et-al-use-last="true"/></names>'
    )
    people = [{"family": f"Dahl{at}", "given": "Per"} for at in range(1, 26)]
    assert entry(names, {"author": people}) == "Dahl1, Dahl2, … Dahl25"


def test_a_label_is_in_the_plural_for_several() -> None:
    names = (
        '<names variable="editor"><name form="short" and="text"/><label form="short" prefix=" (" suffix=")"/></names>'
    )
    assert entry(names, {"editor": [TILLER]}, "en-US") == "Tiller (ed.)"
    assert entry(names, {"editor": [TILLER, DAHL]}, "en-US") == "Tiller and Dahl (eds.)"


def test_what_stands_in_for_an_author_is_not_written_again() -> None:
    title = '<macro name="title"><text variable="title"/></macro>'
    instead = '<substitute><names variable="editor"/><text macro="title"/></substitute>'
    author = f'<names variable="author"><name/>{instead}</names>'
    layout = f'<group delimiter=". ">{author}<text macro="title"/><names variable="editor" prefix="red. "/></group>'
    assert entry(layout, {"title": "Vekst"}, macros=title) == "Vekst"
    assert entry(layout, {"title": "Vekst", "editor": [DAHL]}, macros=title) == "Per-Åge Dahl. Vekst"
    assert entry(layout, {"title": "Vekst", "author": [TILLER]}, macros=title) == "Kari Anne Tiller. Vekst"


# --------------------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("date", "nb", "en"),
    [
        ([[2021, 3, 19]], "19. mars 2021", "March 19, 2021"),
        ([[2021, 3, 1], [2021, 3, 14]], "1–14. mars 2021", "March 1–14, 2021"),
        ([[2021, 3, 1], [2021, 4, 2]], "1. mars–2. april 2021", "March 1–April 2, 2021"),
        ([[2020, 12, 30], [2021, 1, 2]], "30. desember 2020–2. januar 2021", "December 30, 2020–January 2, 2021"),
        ([[2021, 3], [2021, 4]], "mars–april 2021", "March–April 2021"),
        ([[2019], [2021]], "2019–2021", "2019–2021"),
        ([[2019], [0]], "2019–", "2019–"),
        ([[2021, 23]], "høst 2021", "Autumn 2021"),
        ([[-50]], "50f.Kr.", "50 BC"),
    ],
)
def test_a_date(date: list[list[int]], nb: str, en: str) -> None:
    parts = {
        "nb-NO": '<date-part name="day" suffix=". "/><date-part name="month" suffix=" "/><date-part name="year"/>',
        "en-US": '<date-part name="month" suffix=" "/><date-part name="day" suffix=", "/><date-part name="year"/>',
    }
    for lang, text in (("nb-NO", nb), ("en-US", en)):
        layout = f'<date variable="issued">{parts[lang]}</date>'
        assert entry(layout, {"issued": {"date-parts": date}}, lang).casefold() == text.casefold()


def test_a_season_and_words_for_a_date() -> None:
    layout = '<date variable="issued"><date-part name="month" suffix=" "/><date-part name="year"/></date>'
    assert entry(layout, {"issued": {"date-parts": [[2021]], "season": "1"}}) == "vår 2021"
    assert entry(layout, {"issued": {"literal": "i trykk"}}) == "i trykk"


def test_an_uncertain_date_is_tested() -> None:
    layout = (
        '<choose><if is-uncertain-date="issued"><text value="ca."/></if><else><text value="sikkert"/></else></choose>'
    )
    assert entry(layout, {"issued": {"date-parts": [[1900]], "circa": True}}) == "ca."
    assert entry(layout, {"issued": {"date-parts": [[1900]]}}) == "sikkert"


# ------------------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("12-19", "s. 12–19"),
        ("12 - 19", "s. 12–19"),
        ("113-9", "s. 113–119"),
        ("e12-e15", "s. e12–e15"),
        ("xii-xv", "s. xii–xv"),
        ("3, 7", "s. 3, 7"),
        ("12", "s. 12"),
        (12, "s. 12"),
        ("445-", "s. 445-"),
    ],
)
def test_pages(page: object, text: str) -> None:
    layout = '<group delimiter=" "><label variable="page" form="short"/><text variable="page"/></group>'
    assert entry(layout, {"page": page}, style='page-range-format="expanded"') == text


@pytest.mark.parametrize(
    ("form", "pages"),
    [
        ("minimal", ("101–8", "1496–504", "600–13")),
        ("minimal-two", ("101–08", "1496–504", "600–13")),
        ("chicago", ("101–8", "1496–1504", "600–613")),
        ("chicago-16", ("101–8", "1496–504", "600–613")),
    ],
)
def test_ranges_of_pages_in_the_form_of_the_style(form: str, pages: tuple[str, ...]) -> None:
    layout = '<text variable="page"/>'
    for source, page in zip(("101-108", "1496-1504", "600-613"), pages, strict=True):
        assert entry(layout, {"page": source}, style=f'page-range-format="{form}"') == page


@pytest.mark.parametrize(
    ("edition", "nb", "en"),
    [
        ("2", "2. utg.", "2nd ed."),
        (3, "3. utg.", "3rd ed."),
        ("11", "11. utg.", "11th ed."),
        ("21", "21. utg.", "21st ed."),
        ("1-2", "1.–2. utg.", "1st–2nd ed."),
        ("rev. utg.", "rev. utg.", "rev. utg."),
    ],
)
def test_an_edition(edition: object, nb: str, en: str) -> None:
    number = (
        '<group delimiter=" "><number variable="edition" form="ordinal"/><text term="edition" form="short"/></group>'
    )
    layout = f'<choose><if is-numeric="edition">{number}</if><else><text variable="edition"/></else></choose>'
    assert (entry(layout, {"edition": edition}), entry(layout, {"edition": edition}, "en-US")) == (nb, en)


def test_a_number_that_is_a_name_keeps_its_hyphens() -> None:
    assert entry('<number variable="number"/>', {"number": "LOV-1998-07-17-61"}) == "LOV-1998-07-17-61"


def test_roman_numbers_and_words() -> None:
    assert entry('<number variable="volume" form="roman"/>', {"volume": 14}) == "xiv"
    assert entry('<number variable="edition" form="long-ordinal"/>', {"edition": "2"}, "en-US") == "second"


# --------------------------------------------------------------------------------------------------------------- texts


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Norge: 'best' i verden", "Norge: «best» i verden"),
        ('Et "sitat" her', "Et «sitat» her"),
        ("«Vekst» og fall", "«Vekst» og fall"),
        ("'68-erne og rock 'n' roll", "’68-erne og rock ‘n’ roll"),
        ("Ord („sitert“) her", "Ord („sitert“) her"),
        ("Hva nå ?", "Hva nå\u202f?"),
    ],
)
def test_quotation_marks_and_apostrophes(title: str, text: str) -> None:
    assert entry('<text variable="title"/>', {"title": title}) in (text, text.replace("‘n’", "«n»"))


def test_addresses_keep_their_points() -> None:
    doi = "10.1002/1097(2000)23:7<1095::AID-MUS13>3.0.CO;2-O"
    work = {"id": "a", "type": "article-journal", "title": "T"}
    assert own({**work, "DOI": doi}).endswith(f"https://doi.org/{doi}")
    assert own({**work, "URL": "https://example.no/a..b;;c"}).endswith("https://example.no/a..b;;c")


def test_quotes_in_quotes() -> None:
    assert entry('<text variable="title" quotes="true"/>', {"title": "Om «vekst» i nord"}) == "«Om ‘vekst’ i nord»"


def test_points_and_quotes() -> None:
    layout = '<group delimiter=", "><text variable="title" quotes="true"/><text variable="publisher"/></group>'
    work = {"title": "Growth", "publisher": "NOVA"}
    assert entry(layout, work, "en-US") == "“Growth,” NOVA"
    assert entry(layout, work) == "«Growth», NOVA"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Hva nå?", "Hva nå? NOVA."),
        ("Ja!", "Ja! NOVA."),
        ("Og så ...", "Og så ... NOVA."),
        ("Rapport nr.", "Rapport nr. NOVA."),
        ("Hva <i>nå?</i>", "Hva nå? NOVA."),
    ],
)
def test_points_that_meet(title: str, text: str) -> None:
    layout = '<group delimiter=". " suffix="."><text variable="title"/><text variable="publisher"/></group>'
    assert entry(layout, {"title": title, "publisher": "NOVA"}) == text


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ("title", "The Growth of iPhone <Xyz> and e-Health: A Study"),
        ("sentence", "The growth of iphone xyz and e-health: a study"),
        ("capitalize-first", "The growth of iPhone xyz and e-health: a study"),
        ("capitalize-all", "The Growth Of iPhone xyz And E-Health: A Study"),
        ("uppercase", "THE GROWTH OF IPHONE xyz AND E-HEALTH: A STUDY"),
    ],
)
def test_letters_in_a_case(case: str, text: str) -> None:
    title = 'the growth of iPhone <span class="nocase">xyz</span> and e-health: a study'
    work = {"title": title, "language": "en"}
    expected = text.replace("<Xyz>", "xyz").replace("e-Health", "e-Health")
    made = entry(f'<text variable="title" text-case="{case}"/>', work, "en-US")
    assert made == expected.replace("e-Health", "E-Health" if case == "capitalize-all" else "e-Health")


def test_titles_in_norwegian_keep_their_letters() -> None:
    assert entry('<text variable="title" text-case="title"/>', {"title": "Vekst i nord"}) == "Vekst i nord"


def test_variables_and_types_of_csl_1_0_2() -> None:
    layout = (
        '<choose><if type="software"><text variable="part-title"/></if></choose><names variable="host" prefix=", "/>'
    )
    work = {"type": "software", "part-title": "Del to", "host": [TILLER]}
    assert entry(layout, work) == "Del to, Kari Anne Tiller"
    assert entry('<text variable="archive_location"/>', {"archive_location": "Boks 2"}) == "Boks 2"


def test_a_term_in_the_nearest_form_there_is() -> None:
    assert entry('<text term="edition" form="symbol"/>', {"title": "x"}) == "utg."


# ------------------------------------------------------------------------------------------------------- the own style


def test_the_own_style() -> None:
    chapter = {
        "type": "chapter",
        "title": "Hva nå?",
        "author": [TILLER, DAHL],
        "issued": {"date-parts": [[2019]]},
        "container-title": "Barn i <i>Norge</i>",
        "editor": [DAHL],
        "page": "12-19",
        "edition": 2,
        "publisher": "NOVA",
    }
    text = "Tiller, K. A. og Dahl, P.-Å. (2019). Hva nå? I P.-Å. Dahl (red.), Barn i Norge (2. utg., s. 12–19). NOVA."
    assert own(chapter).replace("\u00a0", " ") == text
    assert own(chapter, "en-US").replace("\u00a0", " ") == (
        "Tiller, K. A. & Dahl, P.-Å. (2019). Hva nå? In P.-Å. Dahl (Ed.), Barn i Norge (2nd ed., pp. 12–19). NOVA."
    )


def test_italics_of_a_style_stay_inside_each_other_and_those_of_an_author_turn() -> None:
    layout = '<group font-style="italic"><text variable="title" font-style="italic"/></group>'
    xml = f"{HEAD}<citation><layout/></citation><bibliography><layout>{layout}</layout></bibliography></style>"
    made = inlines(
        renderer("nb-NO").entry(xml.encode(), tidy({"type": "book", "title": "Om <i>Peer</i> Gynt"}, "nb")) or ""
    )
    assert [node["t"] for node in joined(made)] == ["Emph", "Str", "Emph"]


def test_institutions_are_formatted_as_family_names() -> None:
    names = '<names variable="author"><name><name-part name="family" text-case="uppercase"/></name></names>'
    assert entry(names, {"author": [{"literal": "Statistisk sentralbyrå"}]}) == "STATISTISK SENTRALBYRÅ"


def test_initials_with_spaces_that_do_not_break() -> None:
    names = '<names variable="author"><name initialize-with=".\u00a0" name-as-sort-order="all"/></names>'
    assert entry(names, {"author": [TILLER]}) == "Tiller, K.\u00a0A."
