"""BibTeX files as programs and people write them: what they mean, and where they are broken."""

from __future__ import annotations

import random
from typing import Any

import pytest

from documents import pandoc
from rapportbygger.diagnostics import Severity
from rapportbygger.load import latex, reference_files
from rapportbygger.load.csl_converters import Remembering
from rapportbygger.memory import Memory
from rapportbygger.model import Reference

FILE = "bibliography/kilder.bib"


def read(text: str) -> tuple[Reference, ...]:
    """The references of a .bib file that has no problem outside its entries."""
    references, problems = reference_files.read(text, FILE, pandoc())
    assert problems == ()
    assert references is not None
    return references


def item(fields: str, kind: str = "book") -> dict[str, Any]:
    """The one item of an entry with these fields, without its key."""
    [one] = read(f"@{kind}{{a, {fields}}}")
    assert one.item is not None
    return {name: value for name, value in one.item.items() if name not in ("id", "type")}


def told(text: str) -> list[tuple[str, str]]:
    """Everything that is wrong: places without the file, and what is said."""
    references, problems = reference_files.read(text, FILE, pandoc())
    everything = [*(problem for one in references or () for problem in one.problems), *problems]
    return [(str(problem.location).removeprefix(f"{FILE}:"), problem.message) for problem in everything]


# ------------------------------------------------------------------------------------------------------- what they mean


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"{\AA}s og {\o}y i {\ae}ra, \aa\ v{\ae}re", "Ås og øy i æra, å være"),
        (r"Sch{\"o}n, \'etude, {\v C}apek, \c{c}a", "Schön, étude, Čapek, ça"),
        (r"Gu{\dh}r{\'u}n og \th{}orn", "Guðrún og þorn"),
        ("{{NRK}} og {FN} i dag", "NRK og FN i dag"),
        ("50 % av & til #1 med a_b", "50 % av & til #1 med a_b"),
        (r"50 \% av \& til \#1 med a\_b", "50 % av & til #1 med a_b"),
        ("Det koster $5", "Det koster $5"),
        (r"\emph{Skam} og \textbf{håp} i H\textsubscript{2}O", "<i>Skam</i> og <b>håp</b> i H<sub>2</sub>O"),
        (r"Om $x^2$ og {$\alpha$}", "Om x² og α"),
        ("Kultur -- og skole", "Kultur – og skole"),
        ("The Arts of Norway", "The Arts of Norway"),
        (r"{\textless}1 {\textbar} 2 {\textendash} 3{\textgreater}", "<1 | 2 – 3>"),
        (r"{\textbackslash} {\textasciitilde} \textbraceleft a\textbraceright\ b", "\\ ~ {a} b"),
        (r"\protect{NRK} {\normalfont i dag}", "NRK i dag"),
    ],
)
def test_titles_are_latex_and_are_left_as_they_are_otherwise(written: str, title: str) -> None:
    assert item(f"title = {{{written}}}") == {"title": title}


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("date = {2021-03-19}", {"date-parts": [[2021, 3, 19]]}),
        ("date = {2018-05/2018-06}", {"date-parts": [[2018, 5], [2018, 6]]}),
        ("date = {1998~}", {"date-parts": [[1998]], "circa": True}),
        ("date = {2021-21}", {"date-parts": [[2021]], "season": 1}),
        ("year = 2010, month = mar", {"date-parts": [[2010, 3]]}),
        ("year = {2010}, month = {mars}", {"date-parts": [[2010, 3]]}),
        ('year = 2010, month = jan # "--" # feb', {"date-parts": [[2010, 1], [2010, 2]]}),
        ("year = 2010, month = 3, day = 4", {"date-parts": [[2010, 3, 4]]}),
        ("year = {i trykk}", {"literal": "i trykk"}),
        ("year = {u.å.}", None),
    ],
)
def test_dates(fields: str, issued: dict[str, Any] | None) -> None:
    assert item(f"title = {{T}}, {fields}").get("issued") == issued


@pytest.mark.parametrize(
    ("langid", "language"),
    [("norsk", "nb-NO"), ("norwegian", "nb-NO"), ("nynorsk", "nn-NO"), ("english", "en-US"), ("ngerman", "de-DE")],
)
def test_languages(langid: str, language: str) -> None:
    assert item(f"title = {{Title Of a Work}}, langid = {{{langid}}}") == {
        "title": "Title Of a Work",
        "language": language,
    }


def test_names() -> None:
    made = item(r"title = {T}, author = {{Norsk kulturskoleråd and KS} and Hansen, {\AA}se and Kari von Lie}")
    assert made["author"] == [
        {"literal": "Norsk kulturskoleråd and KS"},
        {"family": "Hansen", "given": "Åse"},
        {"family": "Lie", "given": "Kari", "non-dropping-particle": "von"},
    ]


def test_others_are_no_name() -> None:
    assert item("title = {T}, author = {Lie, K. and others}")["author"] == [{"family": "Lie", "given": "K."}]


@pytest.mark.parametrize(
    "written", ["Gran, Kari and et al.", "Gran, Kari et al", "Gran, Kari m.fl.", "Gran, Kari mfl."]
)
def test_others_in_everyday_words_are_no_name_either(written: str) -> None:
    assert item(f"author = {{{written}}}, title = {{T}}")["author"] == [{"family": "Gran", "given": "Kari"}]


def test_particles_stand_before_the_name() -> None:
    lippe = {"family": "Lippe", "given": "Berit", "non-dropping-particle": "von der"}
    assert item("author = {von der Lippe, Berit}, title = {T}")["author"] == [lippe]
    loose = item("author = {von der Lippe, Berit}, title = {T}, options = {useprefix=false}")
    assert loose["author"] == [{"family": "Lippe", "given": "Berit", "dropping-particle": "von der"}]


def test_a_publisher_with_and_in_its_name_is_one() -> None:
    assert item("title = {T}, publisher = {Rowan and Littlefield}")["publisher"] == "Rowan and Littlefield"
    assert item("title = {T}, publisher = {Simon {and} Schuster}")["publisher"] == "Simon and Schuster"


def test_an_address_in_howpublished_is_an_address() -> None:
    for written in (r"https://example.no/a\_b", r"\url{https://example.no/a\_b}"):
        made = item(f"title = {{T}}, howpublished = {{{written}}}", "misc")
        assert made == {"title": "T", "URL": "https://example.no/a_b"}
    assert item("title = {T}, howpublished = {Foredrag i Hamar}", "misc") == {
        "title": "T",
        "publisher": "Foredrag i Hamar",
    }


@pytest.mark.parametrize(
    ("entry", "type_"),
    [
        ("@url{ a , title = {T}}", "webpage"),
        ("@magazine{a, title = {T}, journal = {J}}", "article-magazine"),
        ("@article{a, title = {T}, type = {Newspaper Article}}", "article-newspaper"),
        ("@article{a, title = {T}, type = {Journal Article}}", "article-journal"),
        ("@misc{a, title = {T}, type = {Web Page}}", "webpage"),
        ("@masterthesis{a, title = {T}}", "thesis"),
    ],
)
def test_types_as_endnote_and_people_write_them(entry: str, type_: str) -> None:
    [one] = read(entry)
    assert one.item is not None
    assert one.item["type"] == type_
    assert type_ == "thesis" or "genre" not in one.item
    assert one.problems == ()


def test_following_pages() -> None:
    assert item(r"title = {T}, pages = {12\psqq}", "article")["page"] == "12 ff."


def test_spaces_that_do_not_break_in_dates() -> None:
    assert item("title = {T}, urldate = {2.~februar 2016}")["accessed"] == {"date-parts": [[2016, 2, 2]]}


def test_what_only_sorts_a_year_is_no_part_of_it() -> None:
    assert item(r"title = {T}, year = {{\noopsort{1973b}}1981}")["issued"] == {"date-parts": [[1981]]}


def test_a_box_around_a_word_is_nothing_to_tell() -> None:
    text = r"@book{a, title = {The \mbox{Gnats} Book}, comment = {\odd{x}}, key = {\printfirst{a}{b}}}"
    assert told(text) == []
    assert read(text)[0].item["title"] == "The Gnats Book"  # type: ignore[index] # it has one


def test_addresses_are_no_latex() -> None:
    made = item(r"title = {T}, url = {https://a.no/x\_y%20z?a=1\&b=2#c}, doi = {https://doi.org/10.1/a_b}")
    assert (made["URL"], made["DOI"]) == ("https://a.no/x_y%20z?a=1&b=2#c", "10.1/a_b")


@pytest.mark.parametrize(
    ("kind", "fields", "type_", "genre"),
    [
        ("book", "", "book", None),
        ("online", "", "webpage", None),
        ("report", "type = {Rapport}", "report", "Rapport"),
        ("misc", "type = {Rundskriv}", "document", "Rundskriv"),
        ("legislation", "", "legislation", None),
        ("article", "entrysubtype = {newspaper}", "article-newspaper", None),
        ("mastersthesis", "langid = {nynorsk}", "thesis", "Masteroppgåve"),
        ("thesis", "type = {phdthesis}", "thesis", "Doktorgradsavhandling"),
        ("phdthesis", "langid = {english}", "thesis", "Doctoral dissertation"),
        ("thesis", "type = {Masteroppgave}", "thesis", "Masteroppgave"),
        ("inreference", "", "entry-encyclopedia", None),
        ("dataset", "", "dataset", None),
        ("misc", "url = {https://a.no}, urldate = {2021-03-19}", "webpage", None),
        ("conference", "booktitle = {B}", "paper-conference", None),
    ],
)
def test_types(kind: str, fields: str, type_: str, genre: str | None) -> None:
    [one] = read(f"@{kind}{{a, title = {{T}}, {fields}}}")
    assert one.item is not None
    assert (one.item["type"], one.item.get("genre")) == (type_, genre)


def test_what_better_bibtex_writes_around_the_entries() -> None:
    references = read(
        "\n".join(
            [
                '@preamble{ "\\newcommand{\\noopsort}[1]{}" }',
                '@string{ks = "Kommunesektorens organisasjon"}',
                "@comment{jabref-meta: databaseType:bibtex;}",
                "@book{ks2018,\n  title = {Rammeplan},\n  publisher = ks # { (KS)},\n  file = {/a/b.pdf},\n}",
                "% == BibTeX quality report for ks2018:",
                "% ? unused Publisher",
                "% @book{nei,",
            ]
        )
    )
    assert [one.key for one in references] == ["ks2018"]
    assert references[0].item == {
        "id": "ks2018",
        "type": "book",
        "title": "Rammeplan",
        "publisher": "Kommunesektorens organisasjon (KS)",
    }
    assert str(references[0].place("title")) == f"{FILE}:5:3"


def test_what_was_read_before_needs_no_pandoc() -> None:
    memory, text = Memory(), "@book{a, title = {Om {\\aa}}}\n@book{b, title = {B}}"
    first = reference_files.read(text, FILE, Remembering(pandoc(), memory))
    assert first == reference_files.read(text, FILE, Remembering(pandoc(), memory))
    assert first[0] == read(text)
    assert [len(memory.taken())] == [1]


def test_entries_inherit() -> None:
    chapter, _book = read(
        "@xdata{felles, publisher = {Universitetsforlaget}}\n"
        "@incollection{del, title = {Kapittel}, crossref = {bok:1}, pages = {1--12}}\n"
        "@collection{bok:1, title = {Boka}, date = {2011}, editor = {Lie, K.}, xdata = {felles}}"
    )
    assert chapter.item == {
        "id": "del",
        "type": "chapter",
        "title": "Kapittel",
        "container-title": "Boka",
        "page": "1-12",
        "editor": [{"family": "Lie", "given": "K."}],
        "publisher": "Universitetsforlaget",
        "issued": {"date-parts": [[2011]]},
    }


@pytest.mark.parametrize("key", ["ks:2018", "Hansen 2010", "Ødegård2019", "a/b+c", "æøå_1", "10"])
def test_keys(key: str) -> None:
    assert [one.key for one in read(f"@book{{{key},\n title = {{T}}}}")] == [key]


# ------------------------------------------------------------------------------------------------------- what is broken

BROKEN = """\
@book{god, title = {God}}
@book{uklammet,
  title = {Skolen {i æra},
  year = {2010},
}
@book{god2, title = {God}}
@book{title = {Uten nøkkel}}
@book{, title = {Uten nøkkel}}
@book{formye, title = {A}}, year = {2010}}
@book{sitat, title = "A, year = 2010}
@book{tom, title = , year = 2010}
@book{god3, title = {God}}
@book{siste, title = {A
"""


def test_one_broken_entry_loses_none_of_the_others() -> None:
    references, problems = reference_files.read(BROKEN, FILE, pandoc())
    assert [one.key for one in references or () if one.item] == ["god", "god2", "god3"]
    lost = {one.key: (one.problems[-1].message, one.problems[-1].hint) for one in references or () if not one.item}
    assert {key: [one.at.line for one in references or () if one.key == key] for key in lost} == {
        "uklammet": [2],
        "formye": [9],
        "sitat": [10],
        "tom": [11],
        "siste": [13],
    }
    assert lost["uklammet"] == (
        "«title» in reference «uklammet» has no end",
        "a brace that is opened in line 3 is never closed",
    )
    assert lost["formye"][0] == "reference «formye» ends in line 9, before its last fields"
    assert lost["tom"][0] == "«title» has no value"
    assert [(str(problem.location), problem.message) for problem in problems] == [
        (f"{FILE}:7:1", "a reference without a key"),
        (f"{FILE}:8:1", "a reference without a key"),
    ]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("@book{a,\n  title = {T}\n  year = 2010\n}", "2:3", "a comma is missing after «title»"),
        ("@book{a\n  title = {T}\n}", "2:3", "a comma is missing after «a»"),
        ("@book{a,\n  title = {T};\n  year = 2010\n}", "2:14", "a comma is missing after «title»"),
        ("@book{a,\n title = {T},\n\n@book{b, title = {B}}", "1:1", "reference «a» has no closing brace"),
        ("@book{a, title = {T}, title = {U}}", "1:23", "«title» stands twice, first in line 1"),
        ("@book{a, title = ukjent}", "1:10", "«ukjent» is not defined by any @string"),
        ("@bok{a, title = {T}}", "1:1", "«a» is of an unknown type, «@bok»"),
        ("@book{a, title = {T \\hest{x}}}", "1:10", "«\\hest» in «title» is not known and is left out"),
        (
            "@book{a, title = {T}, date = {2021-02-30}}",
            "1:23",
            "«issued» is no possible date: that month has no day 30",
        ),
        ("@book{a, title = {T}, date = {2021-13}}", "1:23", "«issued» is no possible date: there is no month 13"),
        ("@book{a, title = {T}, date = {2021/2019}}", "1:23", "«issued» is no possible date: it ends before it begins"),
    ],
)
def test_what_can_be_mended_is_a_warning(text: str, place: str, message: str) -> None:
    references, problems = reference_files.read(text, FILE, pandoc())
    assert told(text) == [(place, message)]
    assert all(problem.severity is Severity.WARNING for one in references or () for problem in one.problems)
    assert all(one.item and one.item.get("title") for one in references or ())
    assert problems == ()


def test_a_field_that_swallows_the_next_is_told() -> None:
    text = "@book{a,\n  title = {Bok {1},\n  year = {2012}}\n}\n@book{b, title = {B}}"
    assert [one.key for one in read(text) if one.item is not None] == ["b"]
    assert told(text) == [("1:1", "«title» in reference «a» has no end")]


def test_lines_may_be_comments_inside_an_entry() -> None:
    text = "@book{a,\n  title = {T},\n  % year = {1999}, «old»\n  year = {2012},\n}"
    assert told(text) == []
    assert read(text)[0].item["issued"] == {"date-parts": [[2012]]}  # type: ignore[index] # it has one


def test_what_nobody_prints_may_be_of_any_length() -> None:
    [one] = read("@book{a, title = {T}, abstract = {" + "ord " * 60_000 + "}, year = 2012}")
    assert one.item is not None
    assert one.item["issued"] == {"date-parts": [[2012]]}
    assert one.problems == ()


def test_signs_that_mean_nothing_are_left_out() -> None:
    assert item("title = {Mi\0dt\x07 i}")["title"] == "Midt i"


def test_what_pandoc_would_leave_out_is_told() -> None:
    references, _problems = reference_files.read("@book{a,\n title = {Om \\textit},\n}", FILE, pandoc())
    [one] = references or ()
    assert one.item is None
    assert [(str(p.location), p.message) for p in one.problems] == [(f"{FILE}:2:2", "reference «a» cannot be read")]


def test_a_file_without_references() -> None:
    assert told("Kildene våre\n") == [("1:1", "there are no references in the file")]


def test_what_no_person_writes_takes_no_time() -> None:
    deep = "@book{a, title = {" + "{" * 10_000 + "}" * 10_000 + "}}\n"
    growing = "@string{a = {xxxxxxxxxx}}\n" + "@string{a = a # a # a}\n" * 60
    references, problems = reference_files.read(f"{deep}{growing}@book{{b, title = {{B}}}}", FILE, pandoc())
    assert [(one.key, one.item is None) for one in references or ()] == [("a", True), ("b", False)]
    assert {problem.severity for problem in problems} == {Severity.ERROR}


def test_damaged_files_are_problems_and_nothing_else() -> None:
    chance = random.Random(4)
    for _round in range(150):
        text = BROKEN + '@article{x, author = {Å, B and {C}}, title = "{\\o}y $x$", date = {2010/2011}}\n'
        for _change in range(chance.randint(1, 5)):
            at = chance.randrange(len(text))
            text = (
                text[:at]
                + chance.choice(["", "{", "}", '"', "@", ",", "=", "\\", "$", "%", "\n", "\0"])
                + text[at + 1 :]
            )
        references, problems = reference_files.read(text, FILE, pandoc())
        everything = [*(problem for one in references or () for problem in one.problems), *problems]
        assert all(problem.location and problem.location.line for problem in everything)
        assert all(one.key for one in references or ())


@pytest.mark.parametrize(
    ("value", "made"),
    [("a % b", r"a \% b"), (r"a \% b", r"a \% b"), ("$a_1$ x_1", r"$a_1$ x\_1"), ("$5 % av", r"\$5 \% av")],
)
def test_signs_of_latex(value: str, made: str) -> None:
    assert latex.readable(value) == made
