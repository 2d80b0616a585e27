"""What finished text looks like, rule by rule, and what must stay as it was written. `_` is a no-break space."""

from __future__ import annotations

from time import perf_counter

import pytest

from rapportbygger.resolve.characters import finished


def shown(text: str, lang: str = "nb") -> str:
    return finished(text, lang).replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("se s. 7, ss. 7-9", "se s._7, ss._7–9"),
        ("kap. 2, nr. 3, pkt. 4 og kl. 12", "kap._2, nr._3, pkt._4 og kl._12"),
        ("s. 7 f. og s. 8 ff.", "s._7_f. og s._8_ff."),
        ("jf. § 4 og jf. kapittel 2", "jf._§_4 og jf. kapittel_2"),
        ("Figur 3, tabell 2, kapittel 4, Vedlegg 1", "Figur_3, tabell_2, kapittel_4, Vedlegg_1"),
        ("Vedlegg A viser", "Vedlegg_A viser"),
        ("i vedlegg B. Den", "i vedlegg_B. Den"),
        ("§ 4 og §§ 4 og 5", "§_4 og §§_4 og 5"),
        ("§ 4 a i loven", "§_4_a i loven"),
        ("17. mai 2014", "17._mai 2014"),
        ("på 3. trinn", "på 3._trinn"),
        ("A. B. Hansen og Ola B. Nilsen", "A._B._Hansen og Ola B._Nilsen"),
        ("5 %, 20 °C, 12 kr, 3 km, 4 m²", "5_%, 20_°C, 12_kr, 3_km, 4_m²"),
        ("kr 500 og 5 mill. kr", "kr_500 og 5_mill. kr"),
        ("f. eks., bl. a. og t. o. m.", "f._eks., bl._a. og t._o._m."),
        ("Meld. St. 8 (2010-2011)", "Meld._St._8 (2010–2011)"),
        ("St.meld. nr. 39", "St.meld._nr._39"),
        ("NOU 2014: 7 og Prop. 12 L", "NOU_2014:_7 og Prop._12_L"),
        ("dr. Hansen", "dr._Hansen"),
        ("ca. 20", "ca._20"),
    ],
)
def test_what_belongs_together_stays_on_one_line(written: str, read: str) -> None:
    assert shown(written) == read
    assert shown(written, "nn") == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10 000", "10_000"),
        ("1 234 567,89 kr", "1_234_567,89_kr"),
        ("(150 000)", "(150_000)"),
        ("-10 000", "-10_000"),
        ("10 000-20 000", "10_000–20_000"),
    ],
)
def test_groups_of_three_digits_are_one_number(written: str, read: str) -> None:
    assert shown(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "2019 2020",
        "i 2019 200 elever",
        "22 33 44 55",
        "400 12 345",
        "+47 400 00 000",
        "123 456 78",
        "0 123",
        "1 23",
        "12 3456",
        "2,5 100",
        "1 2 3",
    ],
)
def test_other_digits_are_no_number(written: str) -> None:
    assert shown(written) == written


@pytest.mark.parametrize(
    "written",
    [
        "Hun er 7 og vi er mange.",
        "det ble vedtatt i 2014. Så kom",
        "i vitamin C. Men",
        "ord. Og så videre",
        "figur og tabell",
        "side om side",
        "i kommunens del av 3 avtaler",
        "§-tegnet",
        "5 prosent",
        "han er 5 kryss",
        "5 mer enn 3 små",
    ],
)
def test_other_words_may_part(written: str) -> None:
    assert shown(written) == written


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2019-2022", "2019–2022"),
        ("(2019-22)", "(2019–22)"),
        ("side 12-8", "side_12–8"),
        ("17.-19. mai", "17.–19._mai"),
        ("30. april-2. mai", "30._april–2._mai"),
        ("1.3.2019-31.12.2022", "1.3.2019–31.12.2022"),
        ("1.-3.4.2019 og 1.3.-3.4.2019", "1.–3.4.2019 og 1.3.–3.4.2019"),
        ("mars 2019-mai 2020 og høsten 2019-våren 2020", "mars 2019–mai 2020 og høsten 2019–våren 2020"),
        ("1800-1900-tallet", "1800–1900-tallet"),
        ("mai-juni", "mai–juni"),
        ("mandag-fredag", "mandag–fredag"),
        ("kl. 9-12 og kl. 22-02", "kl._9–12 og kl._22–02"),
        ("09.00-15.30", "09.00–15.30"),
        ("10-12-åringer", "10–12-åringer"),
        ("5-7 %", "5–7_%"),
        ("5 %-7 %", "5_%–7_%"),
        ("1,5-2,5", "1,5–2,5"),
        ("5.-7. klasse", "5.–7._klasse"),
        ("§§ 4-5", "§§_4–5"),
        ("s. iv-x", "s. iv–x"),
        ("nr. 3-5", "nr._3–5"),
        ("rundt 5-150 elever", "rundt 5–150 elever"),
        ("for 10-12 elever", "for 10–12 elever"),
        ("avtalen med KS 2019-2022.", "avtalen med KS 2019–2022."),
    ],
)
def test_from_one_number_to_another_is_a_dash(written: str, read: str) -> None:
    assert shown(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "22-33-44-55",
        "tlf.\u00a0555-1234",
        "2014-05-17",
        "2014-05",
        "2014-11",
        "ISO 19005-2",
        "ISO 1001-2002",
        "IEC 100-200",
        "COVID-19",
        "B-52",
        "ISBN 82-7000-1",
        "ISBN 978-82-450-1234-5",
        "ISSN 1890-2014",
        "opplæringsloven §\u00a013-6",
        "§\u00a04-5",
        "§§\u00a03-6 og 3-7",
        "-5",
        "temperatur: -5",
        "LOV-2005-06-17-64",
        "sak 12-34",
        "arkivsak 2019-2345",
        "1.3.2019-4",
        "saksnr 15/123-456",
        "rundskriv nr.\u00a03-2020",
        "rundskriv 3-2020",
        "12-2019",
        "Bestillingsnr. 12-345",
        "nr.\u00a012-345",
        "art.nr. 10-200",
        "art.nr. 10-20",
        "rom 2-215",
        "møterom 2-215",
        "postboks 12-345",
        "ring 900-12345",
        "versjon\u00a01.2-3",
        "figur\u00a02-3",
        "https://a.no/1-2",
        "10.1000/182-183",
        "a1-2@b.no",
        "rapport-2019-2022.pdf",
        "1.2-3.4.5",
        "03-04",
        "3-1",
        "50-50",
        "9-åring",
        "1-2-3",
        "plan- og bygningsloven",
        "14-3 og 5-2",
        "nord-sør",
    ],
)
def test_other_hyphens_stay(written: str) -> None:
    assert finished(written, "nb") == written


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Oslo - en by", "Oslo – en by"),
        ("sagt» - så", "sagt» – så"),
        ("Oslo - 3 elever", "Oslo – 3 elever"),
        ("2019 - 2022", "2019 – 2022"),
        ("10 000 - 20 000", "10_000 – 20_000"),
        ("en - to - tre", "en – to – tre"),
    ],
)
def test_a_hyphen_between_words_is_a_dash(written: str, read: str) -> None:
    assert shown(written) == read


@pytest.mark.parametrize("written", ["-", " - ", "5 - 3", "x = - 5", "svar: - 5", "\ufffb - \ufffb", "- ord", "ord -"])
def test_a_minus_and_a_lone_hyphen_stay(written: str) -> None:
    assert finished(written, "nb") == written


def test_a_straight_apostrophe_in_a_word_is_a_real_one() -> None:
    assert finished("O'Neil og 5'10", "nb") == "O’Neil og 5'10"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("p. 7, pp. 7-9, ch. 2, no. 3", "p._7, pp._7–9, ch._2, no._3"),
        ("Figure 3, Tables 2 and 3, Appendix A", "Figure_3, Tables_2 and 3, Appendix_A"),
        ("17 May 2014 and May 17, 2014", "17_May 2014 and May_17, 2014"),
        ("in May 2014", "in May 2014"),
        ("at 9 a.m. or 10 pm", "at 9_a.m. or 10_pm"),
        ("5 km, 20 °C, £ 5, 10 000", "5_km, 20_°C, £_5, 10_000"),
        ("Dr Hansen, Mr. Smith", "Dr_Hansen, Mr._Smith"),
        ("Monday-Friday, May-June, 2019-2022", "Monday–Friday, May–June, 2019–2022"),
        ("a word - another", "a word – another"),
        ("den 3. klasse", "den 3. klasse"),
    ],
)
def test_english_has_its_own_rules(written: str, read: str) -> None:
    assert shown(written, "en") == read


def test_other_languages_stay_as_they_are() -> None:
    assert finished("10 000 - p. 7", "fr") == "10 000 - p. 7"


def test_a_long_word_is_read_once() -> None:
    begun = perf_counter()
    assert finished("ab-12" * 8000, "nb") == "ab-12" * 8000
    assert perf_counter() - begun < 2
