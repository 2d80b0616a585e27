"""Word and PDF of one report side by side: do they break pages alike, and where do they first part?

    python benchmarks/equal_pages.py DOCUMENT... [--template FILE.docx ...] [--drift N] [--keep DIR]

A DOCUMENT is the folder of a project, or a kind of made document with its seed: rapport:1, lokal:2, prosa:3. A TEMPLATE
is a .docx, or the name of one that tests/foreign_templates.py makes; without, the document keeps the template it has.
LibreOffice lays out the Word file. One row a document and template:

    same     headings and captions that begin on the same page, of how many
    toc      numbers in Word's contents and lists that are not the page in the PDF
    pages    of Word, of the PDF
    lines    lines that are broken alike, of how many
    letters  letters that one has and the other has not
    order    places where the words come in another order
    seconds  it took to build, to lay out

With --drift the places where the distance between two lines differs, by the styles above and below, and the first ones.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import foreign_templates  # noqa: E402
import judges  # noqa: E402
import long_documents  # noqa: E402
from equal_pages import Comparison  # noqa: E402
from rapportbygger.fonts import load  # noqa: E402
from rapportbygger.schedule import Result, build  # noqa: E402

HEAD = f"{'document':12} {'template':24} {'same':>14} {'toc':>4} {'pages':>9} {'lines':>16} letters order seconds"


def project(document: str, template: Path | None, root: Path) -> Path:
    """The document as a project in `root`, in the template where one is given."""
    kind, _, seed = document.partition(":")
    if kind in long_documents.KINDS:
        return long_documents.make(root, kind, int(seed or 1), template)
    for folder in ("content", "bibliography", "templates"):
        if (Path(document) / folder).is_dir():
            shutil.copytree(Path(document) / folder, root / folder)
    if template:
        shutil.copyfile(template, root / "templates" / template.name)
        _choose(root / "content" / "report.yaml", template.name)
    return root


def _choose(manifest: Path, template: str) -> None:
    kept = [line for line in manifest.read_text(encoding="utf-8").splitlines() if "template:" not in line]
    out = [added for line in kept for added in (line, *([f"    template: {template}"] if "chapters:" in line else []))]
    manifest.write_text("\n".join(out) + "\n", encoding="utf-8")


def measure(document: str, template: Path | None, root: Path, drift: int) -> Iterator[str]:
    """The row of one document in one template, and what it says of drift."""
    name = f"{document.rsplit('/', 1)[-1][:12]:12} {template.stem if template else '-':24}"
    start = time.perf_counter()
    result = build(project(document, template, root))
    built = time.perf_counter() - start
    word = next((file.path for file in result.written if file.path.suffix == ".docx"), None)
    if word is None or not word.with_suffix(".pdf").exists():
        yield f"{name} NOT BUILT {_first_problem(result)}"
        return
    laid_out = judges.libreoffice_pdf(word, root / "laid-out", load(root / "templates" / "fonts").folders)
    laid = time.perf_counter() - start - built
    compared = Comparison.of(word, laid_out, word.with_suffix(".pdf"))
    yield f"{name} {row(compared)} {built:.1f} {laid:.1f}"
    if drift:
        yield from told(compared, drift)


def _first_problem(result: Result) -> str:
    return "; ".join(f"{problem.code}: {problem.message}" for problem in result.problems[:3])


def row(found: Comparison) -> str:
    same = len(found.items) - len(found.moved)
    pages = "/".join(str(layout[-1].page) for layout in (found.word, found.pdf))
    share = f"{same}/{len(found.items)} {same / max(1, len(found.items)):.1%}"
    alike = f"{len(found.pairs)}/{len(found.word)} {len(found.pairs) / max(1, len(found.word)):.1%}"
    letters = "/".join(str(len(each)) for each in found.letters_apart)
    wrong = len(found.wrong_numbers)
    return f"{share:>14} {wrong:4} {pages:>9} {alike:>16} {letters:>7} {len(found.order_apart):5}"


def told(found: Comparison, count: int) -> Iterator[str]:
    """What is behind the numbers."""
    for said, word, pdf in found.moved[:count]:
        yield f"    moved: {said.style} on {word} in Word, {pdf} in the PDF: {said.text[:60]}"
    for entry, page in found.wrong_numbers[:count]:
        yield f"    number: {entry.number} in Word's list, {page} in the PDF: {entry.text[:60]}"
    for word_line, pdf_line in [found.unlike]:
        yield f"    first line unlike: {word_line and word_line.text[:60]} | {pdf_line and pdf_line.text[:60]}"
    yield from (f"    order: {word} | {pdf}" for word, pdf in found.order_apart[:count])
    yield (
        f"    letters: {found.letters_apart[0][:60]} | {found.letters_apart[1][:60]}"
        if any(found.letters_apart)
        else ""
    )
    jumps = found.jumps()
    kinds = Counter((jump.above, jump.below, round(jump.points, 1)) for jump in jumps)
    for (above, below, points), times in kinds.most_common(count):
        yield f"    {times:4} x {points:+6.1f} pt  {above} -> {below}"
    for jump in jumps[:count]:
        yield f"    p{jump.page} y{jump.y:.1f} {jump.points:+.2f} pt {jump.above} -> {jump.below}: {jump.text}"


def templates(names: Sequence[str], folder: Path) -> list[Path | None]:
    """The files of the templates that are named; those that are made are made in the folder."""
    out: list[Path | None] = []
    for name in names:
        if name in ("all", "foreign"):
            out += [foreign_templates.make(each, folder) for each in foreign_templates.NAMES]
        if name in ("all", "own"):
            out += [*sorted(ROOT.glob("templates/*rapport.docx")), *ROOT.glob("src/rapportbygger/templates/*.docx")]
        elif name in foreign_templates.NAMES:
            out.append(foreign_templates.make(name, folder))
        elif name not in ("all", "foreign"):
            out.append(Path(name))
    return out or [None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", nargs="+")
    parser.add_argument("--template", nargs="+", default=[])
    parser.add_argument("--drift", type=int, default=0, help="tell of the first N differences of each kind")
    parser.add_argument("--keep", type=Path, help="where the projects and both layouts stay")
    arguments = parser.parse_args()
    print(HEAD)
    with tempfile.TemporaryDirectory() as scratch:
        chosen = templates(arguments.template, Path(scratch))
        for number, (document, template) in enumerate((d, t) for d in arguments.document for t in chosen):
            root = (arguments.keep or Path(scratch)) / f"{number}-{template.stem if template else 'own'}"
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir(parents=True)
            for line in measure(document, template, root, arguments.drift):
                print(line, flush=True)


if __name__ == "__main__":
    main()
