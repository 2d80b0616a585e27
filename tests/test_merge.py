"""Merging data into chapters: what comes out, from which line, and what is said when it cannot."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from jinja2 import TemplateError

from rapportbygger import merge
from rapportbygger.diagnostics import Diagnostic, Severity, has_errors
from rapportbygger.merge import line_map
from rapportbygger.model import Chapter, Data, Municipality, Project, Report, Text

ASKER = Municipality(
    "asker", {"id": "asker", "navn": "Asker", "om": "en\nto\ntre", "tiltak": None, "items": [1, 2]}, Data("a", {})
)
EXAMPLE = Municipality("eks", {"id": "eks", "navn": "Eksempelvik", "eksempel": True}, Data("e", {}))
PROJECT = Project(
    Path("/project"),
    (),
    (ASKER, EXAMPLE),
    {"grupper": {"items": [{"navn": "A"}, {"navn": "B"}], "antall": 1234.5}, "2019": "x"},
)
REPORT = Report("r", "Tittelen", "nb", ())


DOUBLED = (
    "{{% set n = namespace(x={start}) %}}{{% for i in range(40) %}}"
    "{{% set n.x = n.x {sign} n.x %}}{{% endfor %}}{{{{ n.x|length }}}}"
)


def merged(text: str, municipality: Municipality | None = None, report: Report = REPORT) -> Text:
    texts, problems = merge.merge(PROJECT, report, municipality, [Chapter("c.md", text)])
    assert not has_errors(problems)
    return texts[0]


def problem(text: str) -> Diagnostic:
    texts, problems = merge.merge(PROJECT, REPORT, None, [Chapter("c.md", text)])
    assert texts == ()
    assert len(problems) == 1
    return problems[0]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("# A {#sec-a}\n", "# A {#sec-a}\n"),
        ("# {{ title }} {#sec-a}\n", "# Tittelen {#sec-a}\n"),
        ("{{ municipalities|map(attribute='navn')|listing }}", "Asker"),
        ("{{ examples[0].navn }}", "Eksempelvik"),
        ("{{ data.grupper.items|length|spelled }}", "to"),
        ("{{ data.grupper['items'][1].navn }}", "B"),
        ("{{ data[2019] }}", "x"),
        ("{{ data.grupper.antall|number }}", "1\u00a0234,5"),
        ("{{ '2021-03-19'|date }}", "19.\u00a0mars 2021"),
        ("{{ municipalities[0].tiltak }}", "ikke levert"),
        ("{{ municipalities[0].tiltak|date }}", "ikke levert"),
        ("{{ municipalities[0].tiltak or 'ingen' }}", "ingen"),
        ("{{ true }}", "ja"),
        ("{{ 'a' ~ 1 + 2 ~ 'b' }} {{ ([1] + [2])|length }}", "a12b 2"),
        ("{{ [1, 2]|join('-') }} {{ 'aba'|replace('a', 'c') }} {{ 'aba'|replace('a', 'c', 1) }}", "1-2 cbc cba"),
        ("a\n{#! a comment !#}\nb\n", "a\nb\n"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{{ '<b> & «x»' }}", "<b> & «x»"),
        ("{{ y|default('z') }}", "z"),
        ("{% if y is defined %}a{% endif %}b", "b"),
        ("{% set s %}levert{% endset %}{% if s == 'levert' %}{{ s|length }}{% endif %}", "6"),
    ],
)
def test_what_comes_out(text: str, markdown: str) -> None:
    assert merged(text).markdown == markdown


def test_the_municipality_of_a_report_for_each() -> None:
    assert merged("{{ municipality.navn }}", ASKER).markdown == "Asker"


def test_the_language_is_the_reports() -> None:
    english = Report("r", "T", "en", ())
    text = "{{ '2021-03-19'|date }}, {{ none }}, {{ ['a', 'b']|listing }}"
    assert merged(text, report=english).markdown == "19 March 2021, not delivered, a and b"


def test_every_line_knows_where_it_came_from() -> None:
    text = (
        "# A\n"  # 1
        "\n"  # 2
        "{% for g in data.grupper.items %}\n"  # 3
        "- {{ g.navn }}\n"  # 4
        "{% endfor %}\n"  # 5
        "{{ municipality.om }}\n"  # 6
        "{% set x %}\n"  # 7
        "held\n"  # 8
        "{% endset %}\n"  # 9
        "{{ x }}end\n"  # 10
    )
    out = merged(text, ASKER)
    assert out.markdown == "# A\n\n- A\n- B\nen\nto\ntre\nheld\nend\n"
    assert out.lines == (1, 2, 4, 4, 6, 6, 6, 10, 10, 11)


def test_a_chapter_without_tags_is_left_as_it_is() -> None:
    out = merged("a\nb\n")
    assert (out.markdown, out.lines) == ("a\nb\n", (1, 2, 3))


TEMPLATES = [
    "a\n  {% if true %}\n  b\n  {% endif %}\nc\n",
    "a\n  {%- if true -%}\n  b\n  {%- endif -%}\nc\n",
    "a {%+ if true +%}\n b\n   {%+ endif %} c\n\n",
    "{% for x in [1,2,3] %}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}\n",
    "{% for x in [1,2,3] -%}\n  {{- x -}}\n{%- endfor %}\n",
    "{% for x in [1, 2] %}\n- {{ x }}\n\n  text\n{% else %}\nnone\n{% endfor %}",
    "\n\n  {{ title }}  \n\n\n",
    "{{- title -}}\n\n a",
    " \n {{- title }} \n a",
    "{% set x = 'a' %}\n{{ x }}\n{% set y, z = 1, 2 %}{{ y + z }}",
    "{% set x %}\n a\n {% if true %} b {% endif %}\n{% endset %}[{{ x }}|{{ x|length }}|{{ x|trim }}]\n",
    "{% set x | replace(old='a', new='b') %}\na a\n{% endset %}{{ x }}",
    "{% set ns = namespace(n=0) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}\n",
    "{% filter upper %}\na {{ title }}\n{% for x in 'ab' %}{{ x }}{% endfor %}\nb\n{% endfilter %}\nc\n",
    "{% filter replace('a', 'b') %}a\nb{% endfilter %}",
    "{% macro m(x) %}\n<{{ x }}>\n{% endmacro %}\n{{ m('a')|length }}{{ m('b') }}\n",
    "{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}\nx\n{% endcall %}\n",
    "{% raw %}\n  {{ x }} {% if %}\n{% endraw %}\nb\n",
    "a {%- raw -%}  {{ x }}  {%- endraw -%} b\n",
    "a\n   {% raw %}x{% endraw %}\n",
    "a {#! c\n d !#}\n  b {#!- x -!#} c\n",
    "{% for t in [[1, [2]]] recursive %}{{ loop([]) }}{% for x in t %}y{% endfor %}z{% endfor %}w\n",
    "{% block b %}\nx\n{% endblock %}{{ self.b()|length }}\n",
    "{% with x = 1 %}\n{{ x }}\n{% endwith %}\n{% if false %}{% elif true %}a\n{% else %}b\n{% endif %}",
    "{% for g in data.grupper['items'] if g.navn == 'A' %}\n## {{ g.navn }} {#sec-{{ g.navn }}}\n{% endfor %}",
    "| a | b |\n|---|---|\n{% for x in [1,2] %}\n| {{ x }} | {{ x }} |\n{% endfor %}\n\n: T {#tbl-t}\n",
    "a {{ '\n' }} b\n{{ 'x\ny' }}{{ 'z' }}\n",
]


@pytest.mark.parametrize("text", TEMPLATES)
def test_marks_change_nothing(text: str) -> None:
    known = dict(merge.context(PROJECT, REPORT, None))
    expected = merge.environment("nb").from_string(text).render(known)
    out = merged(text)
    assert out.markdown == expected
    assert len(out.lines) == expected.count("\n") + 1
    assert all(1 <= line <= text.count("\n") + 1 for line in out.lines)


PIECES = [
    "{{ title }}",
    "{{- title -}}",
    "{% if true %}",
    "{% endif %}",
    "{%- if false -%}",
    "{% else %}",
    "{% for x in [1,2] %}",
    "{% endfor %}",
    "{%- endfor -%}",
    "{% set q %}",
    "{% endset %}",
    "{% set q = 1 %}",
    "{{ q }}",
    "{% filter upper %}",
    "{% endfilter %}",
    "{% raw %}",
    "{% endraw %}",
    "{#! c !#}",
    "{#!- c -!#}",
    "\n",
    "\n\n",
    "  ",
    "text",
    "- a",
    "{%+ if true +%}",
    "{% macro m() %}",
    "{% endmacro %}",
    "{{ m() }}",
    "{#id}",
    "{{",
    "}}",
    "{%",
    "%}",
]


def test_marks_change_nothing_in_whatever_is_put_together() -> None:
    chance = random.Random(1)
    known = dict(merge.context(PROJECT, REPORT, None))
    for _turn in range(1500):
        text = "".join(chance.choices(PIECES, k=chance.randrange(1, 7)))
        texts, problems = merge.merge(PROJECT, REPORT, None, [Chapter("c.md", text)])
        try:
            expected = merge.environment("nb").from_string(text).render(known)
        except TemplateError:
            assert texts == ()
            assert all(found.location and 0 < found.location.line <= text.count("\n") + 1 for found in problems)
        else:
            assert [out.markdown for out in texts] == [expected]


def test_marks_in_a_line_tell_where_it_begins() -> None:
    jinja = merge.environment("nb")
    assert line_map.read(jinja.from_string(line_map.marked("{% if true %}\n\na{% endif %}b\nc", jinja)).render())[
        1
    ] == (2, 3, 4)


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("a\n\n{{ tittel }}", "c.md:3:4", "unknown-name"),
        ("{{ data.grupper.itms }}", "c.md:1:17", "unknown-name"),
        ("{% if\n  ukjent %}{% endif %}", "c.md:2:3", "unknown-name"),
        ("{% if ukjent %}{% endif %}", "c.md:1:7", "unknown-name"),
        ("{{ ukjent|date }}", "c.md:1:4", "unknown-name"),
        ("{{ municipality.navn }}", "c.md:1:4", "unknown-name"),
        ("{{ title|nummer }}", "c.md:1:10", "unknown-name"),
        ("{{ lang.x }}", "c.md:1:9", "unknown-name"),
        ("{{ municipalities[0].tiltak.navn }}", "c.md:1:29", "not-delivered"),
        ("a\n{% for x in municipalities[0].tiltak %}{% endfor %}", "c.md:2:1", "template"),
        ("{% if true %}\n{% for x in [] %}\n{% endfor %}\nb", "c.md:1:4", "template-syntax"),
        ("{% endfor %}", "c.md:1:4", "template-syntax"),
        ("a\n{% foo %}", "c.md:2:4", "template-syntax"),
        ("a\n\n{{ a", "c.md:3:1", "template-syntax"),
        ("a\n\n{{ a\n", "c.md:3:1", "template-syntax"),
        ("a\n\n{% if a\n\n", "c.md:3:1", "template-syntax"),
        ("a\n {% if a\n\nb {{ c }}\n", "c.md:2:2", "template-syntax"),
        ("{{ a }} {{ b }\n", "c.md:1:9", "template-syntax"),
        ("{{ range(\n1 2\n) }}", "c.md:2:1", "template-syntax"),
        ("a\n{{< include b.md >}}", "c.md:2:1", "template-syntax"),
        ("a\n{% include 'x' %}", "c.md:2:4", "template"),
        ("{% import 'x' as y %}", "c.md:1:4", "template"),
        ("{% extends 'x' %}", "c.md:1:4", "template"),
        ("{{ 1/0 }}", "c.md:1:1", "template"),
        ("a\n{{ 'x' }} {{ 'x\\u0001y' }}\n", "c.md:2:1", "control-character"),
        ("{{ '\\ud800' }}\n", "c.md:1:1", "control-character"),
        ("{{ 'a' + 1 }}", "c.md:1:1", "template"),
        ("{{ 'x'|number }}", "c.md:1:1", "template"),
        ("{{ '2021-02-30'|date }}", "c.md:1:1", "template"),
        ("{{ municipalities }}", "c.md:1:1", "template"),
        ("{{ municipalities|map(attribute='navn') }}", "c.md:1:1", "template"),
        ("| {{ data.grupper }} |", "c.md:1:3", "template"),
        ("{{ [1, 2]|random }}", "c.md:1:11", "unknown-name"),
        ("{{ title() }}", "c.md:1:1", "template"),
        ("{{ data.grupper.items[9].x }}", "c.md:1:23", "unknown-name"),
        ("{{ ''.__class__.__mro__ }}", "c.md:1:1", "template"),
        ("{{ municipalities.append(1) }}", "c.md:1:1", "template"),
        ("{{ 'a' * 10**9 }}", "c.md:1:1", "template"),
        ("{{ 10**10**10 }}", "c.md:1:1", "template"),
        ("{{ '%1000000000d' % 1 }}", "c.md:1:1", "template"),
        ("{{ 'a'.ljust(10**9) }}", "c.md:1:1", "template"),
        ("{{ 'a'|center(10**9) }}", "c.md:1:8", "unknown-name"),
        ("{{ 'a'|indent(10**9) }}", "c.md:1:8", "unknown-name"),
        ("{{ '%9d'|format(1) }}", "c.md:1:10", "unknown-name"),
        ("{{ 'a'.replace('', 'b') }}", "c.md:1:1", "template"),
        ("{{ ('a' * 9999)|replace('a', 'a' * 9999) }}", "c.md:1:1", "template"),
        ("{{ range(9999)|join('a' * 9999) }}", "c.md:1:1", "template"),
        ("{{ data.grupper.items ~ 'a' }}", "c.md:1:1", "template"),
        (DOUBLED.format(sign="~", start="'a'"), "c.md:1:1", "template"),
        (DOUBLED.format(sign="+", start="'a'"), "c.md:1:1", "template"),
        (DOUBLED.format(sign="+", start="[1]"), "c.md:1:1", "template"),
        (
            "{% set a %}{{ 'a' * 999999 }}{% endset %}{% for n in range(60) %}{{ a }}{% endfor %}",
            "c.md:1:1",
            "template",
        ),
        ("{{ range(10**12)|list }}", "c.md:1:1", "template"),
        ("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", "c.md:1:1", "template"),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", "c.md:1:1", "template"),
    ],
)
def test_problems_have_their_place(text: str, place: str, code: str) -> None:
    found = problem(text)
    assert (str(found.location), found.code) == (place, code)


def test_unknown_names_come_with_the_nearest_known_one() -> None:
    assert "«title»" in problem("{{ titel }}").hint
    assert "«items»" in problem("{{ data.grupper.item }}").hint
    assert "«kommune»" in problem("{% for kommune in municipalities %}{{ komune.navn }}{% endfor %}").hint
    assert "for-each" in problem("{{ municipality.navn }}").hint
    assert "«number»" in problem("{{ 1|nummer }}").hint


def test_the_problems_of_all_chapters_are_told() -> None:
    chapters = [Chapter("a.md", "{{ x }}"), Chapter("b.md", "b"), Chapter("c.md", "{% if %}")]
    texts, problems = merge.merge(PROJECT, REPORT, None, chapters)
    assert [text.chapter.file for text in texts] == ["b.md"]
    assert [found.location and found.location.file for found in problems] == ["a.md", "c.md"]


def test_what_was_given_is_not_changed() -> None:
    before = repr(PROJECT)
    problem("{% set x = data.grupper.items.pop() %}")
    merged("{% set data = 1 %}{{ data }}")
    assert repr(PROJECT) == before


@pytest.mark.parametrize(
    ("row", "markdown"),
    [
        ("| {{ 'Sang | dans' }} | {{ '2021-03-19'|date }} |", "| Sang \\| dans | 19.\u00a0mars 2021 |"),
        ("| {{ municipality.om }} |", "| en to tre |"),
        ("| {{ 'a \\\\| b' }} |", "| a \\| b |"),
        ("| {{ municipality.tiltak }} | {{ true }} | {{ 1 }} |", "| ikke levert | ja | 1 |"),
        ("{% for x in ['a|b'] %}| {{ x }} |{% endfor %}", "| a\\|b |"),
        ("{% macro m(x) %}| {{ x }} |{% endmacro %}{{ m('a|b') }}", "| a\\|b |"),
        ("{% macro m(x) %}{{ x }} | {{ x }}{% endmacro %}\n| {{ m('a') }} |", "| a | a |"),
        ("| {{ ['a', 'b']|join(' | ') }} |", "| a | b |"),
        ("{{ 'a|b' }}", "a|b"),
        ("| {{ y|default('z|') }} |", "| z\\| |"),
    ],
)
def test_what_is_merged_into_a_row_stays_in_its_cell(row: str, markdown: str) -> None:
    assert merged(row, ASKER).markdown == markdown


def test_problems_in_a_row_have_their_place() -> None:
    assert str(problem("| a |\n|---|\n| {{ ukjent }} |").location) == "c.md:3:6"
    assert problem("| {{ a b }} |").message == "«b» is not expected here"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ title", "a tag or an expression that is never closed"),
        ("{{ title }", "brackets that do not fit together"),
        ("{{ 'title }}", "a quote that is never closed"),
        ("{{ “title” }}", "«“» means nothing in an expression"),
        ("{% if title = 1 %}{% endif %}", "«=» does not compare"),
        ("{{ title | }}", "the expression is not complete"),
        ("{{ title lang }}", "«lang» is not expected here"),
        ("{% raw %} x", "«raw» is never closed"),
        ("{#! a", "a comment that is never closed"),
        ("{% else %}", "«else» has no place here"),
    ],
)
def test_faults_of_syntax_are_told_in_plain_words(text: str, message: str) -> None:
    assert problem(text).message == message


def test_rows_that_would_be_lost_are_warned_of_at_their_line() -> None:
    chapter = Chapter("c.md", "{% if true %}\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n{% endif %}\n")
    texts, problems = merge.merge(PROJECT, REPORT, None, [chapter])
    assert len(texts) == 1
    assert [(p.code, p.severity, str(p.location)) for p in problems] == [("table-row", Severity.WARNING, "c.md:4:1")]


def test_a_page_break_of_quartos_is_one_of_pandocs_and_lines_stay_where_they_are() -> None:
    text = merged("En.\n\n{{< pagebreak >}}\n\n{{ 1 + 1 }}\n  {{<pagebreak>}}\n")
    assert text.markdown == "En.\n\n\\newpage\n\n2\n  \\newpage\n"
    assert text.lines == (1, 2, 3, 4, 5, 6, 7)


def test_a_page_break_in_code_is_code() -> None:
    code = "```\n{% raw %}\n{{< pagebreak >}}\n{% endraw %}\n```\n\n{{< pagebreak >}}\n"
    assert merged(code).markdown == "```\n\n{{< pagebreak >}}\n```\n\n\\newpage\n"


@pytest.mark.parametrize("before", ["    ", "> ", "- ", "> > "])
def test_a_page_break_of_quartos_does_not_end_what_it_stands_in(before: str) -> None:
    assert merged(f"1.  en\n\n{before}{{{{< pagebreak >}}}}\n").markdown == f"1.  en\n\n{before}\\newpage\n"


def test_code_ends_at_a_fence_with_nothing_after_it() -> None:
    code = "```\n{% raw %}\n```python\n{{< pagebreak >}}\n{% endraw %}\n```\n\n{{< pagebreak >}}\n"
    assert merged(code).markdown == "```\n\n```python\n{{< pagebreak >}}\n```\n\n\\newpage\n"
