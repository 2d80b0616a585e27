"""Tables of data: `![Caption](data/x.csv){#tbl-x}` becomes a table of the file's rows, under their names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from rapportbygger import localised, tabular
from rapportbygger.diagnostics import Diagnostic, Location, Problems, nearest
from rapportbygger.files import project_files
from rapportbygger.language import labels, number
from rapportbygger.messages import _
from rapportbygger.model import Document, Setting
from rapportbygger.nodes import Node, attr, elements, pairs_of, walk, words
from rapportbygger.resolve.named_files import found

ENDINGS = (".csv", ".tsv", ".xlsx")


def resolve(document: Document, setting: Setting) -> tuple[Document, Problems]:
    """Every figure that is a file of data as a table with a header row, its numbers to the right."""
    if not any(map(_source, elements(document.blocks, "Figure"))):
        return document, ()
    problems: list[Diagnostic] = []

    def change(figure: Node) -> Node | None:
        source = _source(figure)
        if not source:
            return None
        table, wrong = _table(figure, source, document, setting)
        problems.extend(wrong)
        return table

    return replace(document, blocks=tuple(walk(document.blocks, {"Figure": change}))), tuple(problems)


def _source(figure: Node) -> str:
    """The file of data that a figure shows, "" where it shows something else."""
    images = elements(figure["c"][2], "Image")
    source = str(images[0]["c"][2][0]) if len(images) == 1 else ""
    return source if unquote(source).lower().endswith(ENDINGS) else ""


def _table(figure: Node, source: str, document: Document, setting: Setting) -> tuple[Node | None, Problems]:
    attributes, caption, blocks = figure["c"]
    pairs = {**pairs_of(elements(blocks, "Image")[0]["c"][0]), **pairs_of(attributes)}
    name = unquote(source)
    place = next(document.locate("|".join(map(re.escape, dict.fromkeys((source, name))))), None)
    path = found(source, document, setting)
    problem = _unusable(name, path, place, setting)
    if problem or path is None:
        return None, (problem,) if problem else ()
    file = project_files.name(setting.project.root, path)
    rows, problems = tabular.read(path, file, pairs.get("sheet", ""), place or Location(file))
    if not rows:
        return None, problems or (_empty(file),)
    return _as_table([attributes[0], [], []], caption, rows, setting.report.lang), problems


def _unusable(name: str, path: Path | None, place: Location | None, setting: Setting) -> Diagnostic | None:
    if re.match(r"[a-z]+://", name):
        hint = _("save the file in content/data/ and name it from there")
        return Diagnostic("remote-data", _("«{url}» is not a file of the project").format(url=name[:80]), place, hint)
    if path is None:
        message = _("the file «{path}» does not exist").format(path=name)
        return Diagnostic("file-missing", message, place, _near(name, setting))
    if not project_files.is_inside(setting.project.root, path):
        hint = _("save the file in content/data/ and name it from there")
        return Diagnostic("outside-project", _("«{path}» is outside the project").format(path=name), place, hint)
    own = localised.own_folder(setting.project, place.file) if place else None
    if own and localised.is_anothers(setting.project, path, own):
        message = _("«{path}» is another municipality's").format(path=name)
        return Diagnostic("anothers-data", message, place, _("save the file in the municipality's own folder"))
    return None


def _near(name: str, setting: Setting) -> str:
    content = setting.project.content
    known = [path.relative_to(content).as_posix() for path in content.rglob("*") if path.suffix.lower() in ENDINGS]
    match = nearest(name, sorted(known))
    near = _("did you mean «{name}»?").format(name=match) if match else ""
    return near or _("files of data are named from content/, as data/x.csv")


def _empty(file: str) -> Diagnostic:
    hint = _("a table has names in its first row, and rows below it")
    return Diagnostic("empty-table", _("the table has no rows"), Location(file, 1, 1), hint)


# ----------------------------------------------------------------------------------------------------------- the table


def _as_table(attributes: list[Any], caption: list[Any], rows: list[dict[str, Any]], lang: str) -> Node:
    names = list(rows[0])
    columns = [[row[name] for row in rows] for name in names]
    aligned = [
        {"t": "AlignRight" if _is_numeric(column) and not _is_years(column) else "AlignLeft"} for column in columns
    ]
    widths = [[alignment, {"t": "ColWidthDefault"}] for alignment in aligned]
    written = zip(*(_written(column, lang) for column in columns), strict=True)
    body = [attr(), 0, [], [_row(texts) for texts in written]]
    return {"t": "Table", "c": [attributes, caption, widths, [attr(), [_row(names)]], [body], [attr(), []]]}


def _row(texts: Iterable[str]) -> list[Any]:
    return [attr(), [[attr(), {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": words(text)}]] for text in texts]]


def _is_numeric(column: list[Any]) -> bool:
    return all(cell is None or type(cell) in (int, float) for cell in column)


def _is_years(column: list[Any]) -> bool:
    """Whole numbers of four digits and nothing else: they are names of years, and have no space in them."""
    return all(type(cell) is int and 1000 <= cell <= 9999 for cell in column)


def _written(column: list[Any], lang: str) -> list[str]:
    """A column's cells as the report's language writes them: numbers with as many decimals, years as years."""
    if _is_years(column) or not _is_numeric(column):
        return [_word(cell, lang) for cell in column]
    whole = all(isinstance(cell, int) for cell in column if cell is not None)
    decimals = 0 if whole else max(len(str(cell).partition(".")[2]) for cell in column)
    sign = number(0.5, lang)[1]
    return ["" if cell is None else _with_decimals(number(cell, lang), sign, decimals) for cell in column]


def _with_decimals(text: str, sign: str, decimals: int) -> str:
    before, _sign, behind = text.partition(sign)
    return f"{before}{sign}{behind:0<{decimals}}" if decimals else text


def _word(cell: Any, lang: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return labels(lang).yes if cell else labels(lang).no
    return number(cell, lang) if isinstance(cell, float) else str(cell)
