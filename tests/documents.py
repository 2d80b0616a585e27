"""A small notation for tests: Markdown becomes a document, as the pipeline's own stages make it."""

from __future__ import annotations

import atexit
import json
import shutil
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from rapportbygger.model import Chapter, Document, Metadata, Project, Report, Setting, Text
from rapportbygger.pandoc import Pandoc
from rapportbygger.parse import parse
from rapportbygger.theme.look import Look, Style

PICTURES = Path(__file__).parent / "pictures"


@cache
def pandoc() -> Pandoc:
    """One pandoc for all tests."""
    started = Pandoc(epoch=1_700_000_000)
    atexit.register(started.close)
    return started


def scratch() -> Path:
    """An empty folder for what many tests look at; it goes when they are done."""
    folder = mkdtemp(prefix="rapportbygger-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def text(markdown: str, file: str = "content/chapters/01.md") -> Text:
    """A chapter that has nothing to merge."""
    return Text(Chapter(file, markdown), markdown, tuple(range(1, markdown.count("\n") + 2)))


def document(*chapters: str, lang: str = "nb") -> Document:
    """The chapters (01.md, 02.md ...) parsed into one document."""
    return documented(*chapters, lang=lang)[0]


def documented(*chapters: str, lang: str = "nb") -> tuple[Document, tuple[Any, ...]]:
    """The same, with what `parse` had to say."""
    texts = [text(markdown, f"content/chapters/{n:02}.md") for n, markdown in enumerate(chapters, 1)]
    return parse(texts, Metadata("Tittel", lang), pandoc())


def make_project(root: Path, *chapters: str, manifest: str = "", report: str = "") -> Path:
    """A project with the chapters as 01.md, 02.md ..., pictures, and more lines for the manifest and its one report."""
    content = root / "content"
    (content / "chapters").mkdir(parents=True, exist_ok=True)
    shutil.copytree(PICTURES / "content" / "figures", content / "figures", dirs_exist_ok=True)
    for n, markdown in enumerate(chapters, 1):
        (content / "chapters" / f"{n:02}.md").write_text(markdown, encoding="utf-8")
    lines = ["title: En rapport", manifest, "reports:", "  rapport:", "    chapters: [chapters/*.md]", report]
    (content / "report.yaml").write_text("\n".join(filter(None, lines)) + "\n", encoding="utf-8")
    return root


def setting(root: Path = PICTURES, **report: Any) -> Setting:
    """What the steps of `resolve` know: a page with 6 by 9 inches of room for text."""
    return Setting(Project(root, ()), Report("rapport", "Tittel", "nb", (), **report), 6.0, 9.0)


def as_markdown(blocks: Iterable[Any]) -> str:
    """Blocks as pandoc writes them, which says classes and attributes too."""
    return pandoc().write(list(blocks), "markdown-smart").strip()


def frozen(value: Document) -> str:
    """A document's blocks as text, to see whether a step changed what it was given."""
    return json.dumps(value.blocks)


def style(name: str, look: Look, **changes: Any) -> Style:
    """A paragraph style that says nothing but what is given."""
    plain = Style(
        name=name,
        look=look,
        align="left",
        line=240,
        rule="auto",
        before=0,
        after=0,
        left=0,
        right=0,
        first=0,
        outline=None,
        contextual=False,
        keep_next=False,
        keep_lines=False,
        widow=True,
        page_break=False,
        surplus=0,
    )
    return replace(plain, **changes)
