"""Merges data into chapters: Jinja in a sandbox, with a map of the lines that come out to the lines that went in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.files import yaml_problems
from rapportbygger.language import of_values
from rapportbygger.merge import line_map, pipe_tables, quotations, shortcodes, table_rows, template_problems
from rapportbygger.messages import _
from rapportbygger.model import Chapter, Municipality, Project, Report, Text
from rapportbygger.recent import OfEach

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

SIGNS = ("{{", "{%", "{#!")


def merge(
    project: Project, report: Report, municipality: Municipality | None, chapters: Sequence[Chapter]
) -> tuple[tuple[Text, ...], Problems]:
    """The chapters as Markdown, with the project's data and, for a report for each, the municipality's.

    A chapter that cannot be merged (one error is told for each) is left out. What would be lost of its tables is warned
    of. Dates, numbers and words for what is missing are in the chapter's own language.
    """
    known = {report.lang: context(project, report, municipality)}
    texts: list[Text] = []
    problems: list[Diagnostic] = []
    for chapter in chapters:
        lang = chapter.lang or report.lang
        if lang not in known:
            known[lang] = context(project, replace(report, lang=lang), municipality)
        before = known[lang]["municipalities"].told
        merged = _merged(chapter, known[lang], lang)
        if municipality and project.missing and before != known[lang]["municipalities"].told:
            problems.append(_not_all(chapter, project.missing))
        if isinstance(merged, Text):
            texts.append(merged)
            problems += pipe_tables.problems(merged)
        else:
            problems.append(merged)
    return tuple(texts), tuple(problems)


def context(project: Project, report: Report, municipality: Municipality | None) -> Mapping[str, Any]:
    """The names that a chapter of the report can use."""
    names: dict[str, Any] = {
        "title": report.title,
        "lang": report.lang,
        "municipalities": _Everyone(_delivered(project, report.lang), project.missing),
        "examples": [_values(each, report.lang) for each in project.municipalities if each.example],
        "data": project.data,
    }
    return names if municipality is None else {**names, "municipality": _values(municipality, report.lang)}


def _delivered(project: Project, lang: str) -> list[Mapping[str, Any]]:
    """What every municipality has delivered that is no example; put together once for the documents of a project."""
    known = _in_language(project.municipalities)
    if lang not in known:
        known[lang] = [_values(each, lang) for each in project.municipalities if not each.example]
    return known[lang]


_in_language = OfEach[tuple[Municipality, ...], dict[str, list[Mapping[str, Any]]]](lambda _municipalities: {})
"""That, by the language of what is written."""


class _Everyone(list[Mapping[str, Any]]):
    """What the municipalities have delivered. Those whose files could not be read are counted with them."""

    def __init__(self, delivered: Iterable[Mapping[str, Any]], missing: int) -> None:
        super().__init__(delivered)
        self._missing = missing
        self.told = 0

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        """One after the other; `told` is how often they were asked for."""
        self.told += 1
        return super().__iter__()

    def __len__(self) -> int:
        """How many there are, whoever has made a mistake."""
        return super().__len__() + self._missing


def _not_all(chapter: Chapter, missing: int) -> Diagnostic:
    message = _("the chapter is about all municipalities, and the files of {count} of them cannot be used")
    hint = _("build it again when they are corrected")
    at = Location(chapter.file, 1, 1)
    return Diagnostic("not-all", message.format(count=missing), at, hint, Severity.WARNING)


def _values(municipality: Municipality, lang: str) -> Mapping[str, Any]:
    """What a municipality has delivered; where it writes in another language, its texts are quotations."""
    own = of_values(municipality.values, lang)
    return municipality.values if own == lang else quotations.Quoting(municipality.values, own)


def _merged(chapter: Chapter, known: Mapping[str, Any], lang: str) -> Text | Diagnostic:
    source = shortcodes.as_markdown(chapter.text)
    if not any(sign in source for sign in SIGNS):
        return Text(chapter, source, tuple(range(1, source.count("\n") + 2)))
    from rapportbygger.merge.sandbox import bounded_range

    try:
        rendered = _template(source, lang).render({**known, "range": bounded_range()})
    except Exception as error:  # noqa: BLE001, RUF100 - whatever a template does, the reader is told where
        readable = replace(chapter, text=source)
        return template_problems.diagnostic(error, readable, known, environment(lang))
    return _writable(Text(chapter, *line_map.read(quotations.marked(rendered))))


def _writable(merged: Text) -> Text | Diagnostic:
    """The text, or what is wrong with it: an expression can make characters that no file of text holds."""
    at = next(merged.occurrences(yaml_problems.UNWRITABLE.pattern), Location(merged.chapter.file))
    return yaml_problems.unwritable(merged.markdown, at) or merged


@lru_cache(maxsize=100)
def _template(text: str, lang: str) -> Template:
    """A chapter compiled; kept, since a report for each municipality has the same chapters."""
    jinja = environment(lang)
    tree = jinja.parse(line_map.marked(text, jinja))
    return jinja.from_string(table_rows.guarded(tree, text, jinja))


@cache
def environment(lang: str) -> ImmutableSandboxedEnvironment:
    """Jinja for chapters in a language. Its comments are `{#! ... !#}`: `{#` is Markdown's mark for identifiers."""
    from rapportbygger.merge.sandbox import Sandbox, Undefined, filters, in_words

    environment = Sandbox(
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="{#!",
        comment_end_string="!#}",
        undefined=Undefined,
        autoescape=False,  # noqa: S701, RUF100 - what comes out is Markdown
        optimized=False,  # folding constants takes longer than it saves
        finalize=lambda value: quotations.opened(in_words(value, lang)),
    )
    environment.filters.update(filters(lang))
    environment.filters |= {name: quotations.kept(environment.filters[name]) for name in quotations.CHANGING}
    environment.filters[table_rows.FILTER] = lambda value: quotations.like(value, table_rows.cell(value))
    del environment.filters["random"], environment.globals["lipsum"]  # no two builds would be the same
    return environment
