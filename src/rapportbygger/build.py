"""The pipeline for one report: from its chapters and the project's data to the bytes of its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from rapportbygger import crest, footprint, load, own_colours, template, theme
from rapportbygger.chapter_pieces import pieces
from rapportbygger.chapter_reader import Remembering
from rapportbygger.charts import house, placing
from rapportbygger.charts.drawing import Charts
from rapportbygger.charts.expressions import Known
from rapportbygger.charts.service import Drawer
from rapportbygger.diagnostics import Diagnostic, Problems, Severity, has_errors
from rapportbygger.fonts import Fonts
from rapportbygger.language import date, listing
from rapportbygger.localised import localised
from rapportbygger.merge import context, merge, titles
from rapportbygger.messages import _
from rapportbygger.model import Chapter, Document, Metadata, Municipality, Project, Report, Setting
from rapportbygger.pandoc import Pandoc
from rapportbygger.parse import parse
from rapportbygger.protocols import Memory
from rapportbygger.recent import begin_document
from rapportbygger.resolve import resolve
from rapportbygger.write import pdf
from rapportbygger.write.cells import table_letters
from rapportbygger.write.docx import assemble, finish, template_settings, template_styles
from rapportbygger.write.docx import body as docx
from rapportbygger.write.docx.programs import program_for
from rapportbygger.write.pdf import libreoffice
from rapportbygger.write.pdf.compiler import held
from rapportbygger.write.pdf.layout import Layout

TWIPS_PER_INCH = 1440
LARGE = 150_000
"""kB that Typst holds at most of a document that is not large."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document to build: a report, and the municipality it is for (None: the report is one document)."""

    report: Report
    municipality: Municipality | None = None

    @property
    def name(self) -> str:
        """The output's path in build/, without its ending."""
        return f"{self.report.id}/{self.municipality.id}" if self.municipality else self.report.id

    @property
    def metadata(self) -> Metadata:
        """What the document says of itself."""
        report = self.report
        return Metadata(
            title=report.title,
            lang=report.lang,
            subtitle=report.subtitle,
            authors=report.authors,
            date=date(report.date, report.lang) if report.date else "",
            keywords=report.keywords,
            description=report.description,
        )


@dataclass(frozen=True, slots=True)
class Workshop:
    """What all reports of a build share. `side` does what can be done while pandoc or Typst work; `date` is in seconds.

    `say` is told which stage a report has come to. `pdf_engine` makes the PDF: typst, libreoffice.
    """

    project: Project
    pandoc: Pandoc
    fonts: Fonts
    side: ThreadPoolExecutor
    date: int
    say: Callable[[str], None]
    pdf_engine: str = "typst"
    memory: Memory | None = None
    drawer: Drawer = field(default_factory=Drawer)


def build_report(job: Job, workshop: Workshop, formats: Sequence[str]) -> tuple[dict[str, bytes], Problems]:
    """The files of one document by format, and everything that is wrong with it; where that is an error, no files.

    The PDF is always set, also where only Word is wanted: its layout gives Word's page numbers. Without formats the
    sources are only looked through. Raises PandocError.
    """
    begin_document()
    project, say = workshop.project, workshop.say
    say("merge")
    own, own_problems = localised(project, job.report, job.municipality)
    titled, title_problems = titles.titled(project, own, job.municipality)
    job = replace(job, report=titled)
    chapters, load_problems = load.chapters(project, job.report)
    texts, merge_problems = merge(project, job.report, job.municipality, chapters)
    rendered = workshop.side.submit(_rendered, job, project)
    workshop.side.submit(_made_ready)
    say("parse")
    document, parse_problems = parse(texts, job.metadata, _reader(job, workshop, chapters))
    parts, template_problems = rendered.result()
    problems = (
        *(*own_problems, *title_problems, *load_problems, *merge_problems),
        *(*parse_problems, *template_problems),
    )
    if parts is None:
        return {}, problems
    look, theme_problems = theme.read(parts, workshop.fonts, _template_name(job, project.root))
    if workshop.pdf_engine == "libreoffice":  # it shows what our own PDF cannot
        theme_problems = tuple(problem for problem in theme_problems if problem.code != theme.unsupported.CODE)
    say("resolve")
    document, resolve_problems = resolve(document, _setting(job, workshop, look, parts))
    if len(texts) < len(job.report.chapters):  # what is referred to may stand in the chapters that are missing
        resolve_problems = tuple(problem for problem in resolve_problems if problem.code != "unknown-target")
    problems = (*problems, *theme_problems, *resolve_problems)
    if has_errors(problems) or not formats:
        return {}, problems
    files, write_problems = _written(document, _Template(parts, look), job, workshop, formats)
    return files, (*problems, *write_problems)


def _reader(job: Job, workshop: Workshop, chapters: Sequence[Chapter]) -> Remembering:
    """pandoc, which remembers what others than this municipality may have too."""
    shared = {piece for chapter in chapters for piece in pieces(chapter.text)} if job.municipality else None
    return Remembering(workshop.pandoc, workshop.memory, shared)


# ------------------------------------------------------------------------------------------------------------ writing


@dataclass(frozen=True, slots=True)
class _Template:
    """The rendered Word template, and what its pages look like."""

    parts: Mapping[str, bytes]
    look: theme.Theme


def _written(
    document: Document, design: _Template, job: Job, workshop: Workshop, formats: Sequence[str]
) -> tuple[dict[str, bytes], Problems]:
    """Pandoc writes the Word body while Typst sets the pages; the body is finished with their numbers."""
    bodies: list[Future[docx.Body]] = []
    by_libreoffice = workshop.pdf_engine == "libreoffice" and "pdf" in formats
    with TemporaryDirectory(prefix="rapportbygger-", ignore_cleanup_errors=True) as folder:

        def begin_word() -> None:
            if "docx" in formats or by_libreoffice:
                bodies.append(workshop.side.submit(_word_body, document, design, job, workshop, Path(folder)))

        workshop.say("pdf")
        try:
            layout, problems = _typeset(document, design, workshop, Path(folder), begin_word)
        finally:
            _wait(bodies)
        if by_libreoffice:
            problems = tuple(map(_warning, problems))
        if has_errors(problems):
            return {}, problems
        files = {"pdf": layout.pdf}
        for body in bodies:
            workshop.say("docx")
            word = partial(_word_file, document=document, body=body.result(), design=design, job=job, workshop=workshop)
            if not by_libreoffice:
                files["docx"] = word(layout.pages)
                continue
            files["docx"], files["pdf"], found = libreoffice.typeset(
                word, layout.pages, body.result().bookmarks, layout.before
            )
            problems = (*problems, *found)
    return {name: data for name, data in files.items() if name in formats and data}, problems


def _typeset(
    document: Document, design: _Template, workshop: Workshop, folder: Path, begin_word: Callable[[], None]
) -> tuple[Layout, Problems]:
    """The pages, and the Word body begun meanwhile.

    Where the document is large, Typst is alone with it: neither pandoc nor the Word body is held beside.
    """
    typeset = partial(
        pdf.typeset,
        placing.as_svg(document, folder),
        design.look,
        pandoc=workshop.pandoc,
        fonts=workshop.fonts,
        contents=workshop.project.content,
        date=workshop.date,
    )
    if held(document.blocks) < LARGE:
        return typeset(meanwhile=begin_word)
    made = typeset(meanwhile=workshop.pandoc.rest, forget=True)
    footprint.give_back()
    begin_word()
    return made


def _warning(problem: Diagnostic) -> Diagnostic:
    """What our own PDF cannot be made for does not keep LibreOffice from making one."""
    message = _("without LibreOffice: {message}").format(message=problem.message)
    return replace(problem, message=message, severity=Severity.WARNING)


def _word_file(
    pages: Mapping[str, int], *, document: Document, body: docx.Body, design: _Template, job: Job, workshop: Workshop
) -> bytes:
    """The finished Word file, with the page of every identifier."""
    parts = assemble.assemble(body, design.parts, pages, _heading_indents(job, design.look))
    return finish.finish(parts, document.metadata, workshop.fonts, workshop.date)


def _wait(bodies: Iterable[Future[docx.Body]]) -> None:
    """Until pandoc has let go of the folder that it writes into, whatever became of it."""
    for body in bodies:
        if body.exception() is None:
            body.result().written.exception()


def _word_body(document: Document, design: _Template, job: Job, workshop: Workshop, folder: Path) -> docx.Body:
    section = design.look.section
    return docx.prepare(
        placing.as_png(document, folder, workshop.fonts, workshop.memory),
        design.parts,
        pandoc=workshop.pandoc,
        folder=folder,
        text_widths={"portrait": section.text_width, "landscape": section.turned.text_width},
        letters=table_letters(design.look, workshop.fonts),
        styles=design.look.styles,
        title_block=not design.look.cover,
        program=program_for(job.report.word_citations, document),
        memory=workshop.memory,
    )


def _heading_indents(job: Job, look: theme.Theme) -> tuple[int, ...]:
    """Where the text of numbered headings begins: at their style's first tab stop. Empty where they have no numbers."""
    if not job.report.number_sections:
        return ()
    return tuple(look.style(f"heading {level}").number_indent for level in range(1, 10))


# ------------------------------------------------------------------------------------------------------- the template


def _rendered(job: Job, project: Project) -> tuple[dict[str, bytes] | None, Problems]:
    metadata = job.metadata
    values = template.context(job.report, job.municipality, listing(metadata.authors, metadata.lang), metadata.date)
    path = job.report.template or template.STANDARD
    own, no_crest = crest.of(project, job.municipality, path, metadata.lang)
    parts, problems = template.render(path, {**values, "crest": own or ""}, _template_name(job, project.root))
    if parts is None:
        return None, (*no_crest, *problems)
    parts, too_light = own_colours.applied(parts, job.municipality if job.report.own_colours else None)
    return template_settings.modern(template_styles.completed(parts)), (*no_crest, *problems, *too_light)


def _made_ready() -> None:
    """What the next stages always import, brought in while pandoc reads the chapters."""
    import_module("typst")


def _template_name(job: Job, root: Path) -> str:
    path = job.report.template
    if path is None:
        return template.STANDARD.name
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _setting(job: Job, workshop: Workshop, look: theme.Theme, parts: Mapping[str, bytes]) -> Setting:
    section = look.section
    turned = section.turned
    room, landscape = (
        (one.text_width / TWIPS_PER_INCH, (one.height - one.top - one.bottom) / TWIPS_PER_INCH)
        for one in (section, turned)
    )
    project, report = workshop.project, job.report
    charts = Charts(
        project,
        lambda: Known(context(project, report, job.municipality), report.lang),
        lambda: house.of(look, parts, workshop.fonts),
        workshop.drawer,
        workshop.memory,
    )
    return Setting(project, report, *room, landscape, workshop.pandoc, workshop.memory, charts)
