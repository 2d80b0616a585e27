"""Pictures are found, sized and described."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from documents import PICTURES, document, frozen, setting
from rapportbygger.diagnostics import Problems, Severity
from rapportbygger.nodes import elements, pairs_of, plain
from rapportbygger.resolve import pictures


def picture(markdown: str):  # type: ignore[no-untyped-def]
    doc, problems = pictures.resolve(document(markdown), setting())
    return next(node for node in elements(doc.blocks) if node["t"] == "Image"), problems


def size(markdown: str) -> tuple[float, float]:
    pairs = pairs_of(picture(markdown)[0]["c"][0])
    return float(pairs["width"].removesuffix("in")), float(pairs["height"].removesuffix("in"))


def errors(problems: Problems) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.location)) for problem in problems if problem.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("attributes", "inches"),
    [
        ("", (4.0, 1.0)),
        ("{width=50%}", (3.0, 0.75)),
        ("{width=2in}", (2.0, 0.5)),
        ("{width=5.08cm}", (2.0, 0.5)),
        ("{height=0.5in}", (2.0, 0.5)),
        ("{width=100cm}", (6.0, 1.5)),
        ("{width=3in height=2in}", (3.0, 2.0)),
    ],
)
def test_its_size_is_as_asked_and_never_wider_than_the_text(attributes: str, inches: tuple[float, float]) -> None:
    assert size(f"![Bred](figures/wide.png){attributes}") == pytest.approx(inches, abs=1e-3)


def test_a_tall_picture_leaves_room_for_its_caption() -> None:
    assert size("![Høy](figures/tall.png)") == pytest.approx((0.3825, 7.65), abs=1e-3)


def test_it_is_looked_up_from_content_and_its_path_is_absolute() -> None:
    assert picture("![a](figures/wide.png)")[0]["c"][2][0] == str(PICTURES / "content" / "figures" / "wide.png")


def test_its_alternative_text_is_fig_alt() -> None:
    image, problems = picture('![Kart](figures/wide.png){fig-alt="En blå flate"}')
    assert plain(image["c"][1]) == "En blå flate"
    assert problems == ()


def test_without_one_its_caption_serves_and_that_is_told() -> None:
    image, problems = picture("![Kart](figures/wide.png)")
    assert plain(image["c"][1]) == "Kart"
    assert [(problem.code, problem.severity) for problem in problems] == [("missing-alternative-text", Severity.INFO)]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("figures/borte.png", "missing-picture"),
        ("figures/wide.vl.yaml", "missing-picture"),
        ("https://example.org/kart.png", "remote-picture"),
        ("figures/damaged.png", "damaged-picture"),
        ("figures/bor^te.png", "missing-picture"),
        ("../../conftest.py", "outside-project"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(source: str, code: str) -> None:
    _, problems = picture(f"Tekst\n\n![Kart]({source})")
    assert errors(problems) == [(code, "content/chapters/01.md:3:9")]


def test_the_place_is_that_of_the_use_that_is_wrong() -> None:
    described = '![Kart](figures/wide.png){fig-alt="x"}'
    _, problems = pictures.resolve(document(described, "Tekst\n\n![Kart](figures/wide.png)"), setting())
    assert [str(problem.location) for problem in problems] == ["content/chapters/02.md:3:9"]


# A JPEG of 20 by 10 dots that begins with its tables, as picture programs write them: neither JFIF nor Exif.
JPEG = base64.b64decode(
    b"/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBD"
    b"ARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAKABQD"
    b"ASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAA"
    b"AAQF/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AnAFzPAAf/9k="
)


def test_a_jpeg_without_a_header_of_its_own_has_its_size(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.jpg").write_bytes(JPEG)
    doc, problems = pictures.resolve(document('![En](a.jpg){fig-alt="x"}'), setting(tmp_path))
    (image,) = elements(doc.blocks, "Image")
    assert pairs_of(image["c"][0])["width"] == f"{20 / 72:.4f}in"
    assert problems == ()


def test_a_jpeg_for_print_is_told(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    frame = JPEG.index(b"\xff\xc0")
    (tmp_path / "content" / "a.jpg").write_bytes(JPEG[: frame + 9] + b"\x04" + JPEG[frame + 10 :])
    _, problems = pictures.resolve(document('![En](a.jpg){fig-alt="x"}'), setting(tmp_path))
    assert errors(problems) == [("picture-format", "content/chapters/01.md:1:7")]


def test_the_nearest_picture_is_named() -> None:
    _, problems = picture("![Kart](figures/wid.png)")
    assert problems[0].hint == "did you mean «figures/wide.png»?"


def test_the_input_is_unchanged() -> None:
    before = document('![Kart](figures/wide.png){#fig-a fig-alt="x"}')
    text = frozen(before)
    pictures.resolve(before, setting())
    assert frozen(before) == text


def test_a_picture_in_a_table_has_room_in_its_column() -> None:
    written = document("| A | B |\n|---|---|\n| ![Flate](figures/wide.png){width=100%} | b |\n")
    (image,) = elements(pictures.resolve(written, setting())[0].blocks, "Image")
    assert float(pairs_of(image["c"][0])["width"].removesuffix("in")) == pytest.approx(6.0 / 2 - 1 / 6, abs=0.001)


@pytest.mark.parametrize("attributes", ["{.decorative}", '{fig-alt=""}', '{.decorative fig-alt="Pynt"}'])
def test_a_decorative_picture_says_nothing_and_nothing_is_said_of_it(attributes: str) -> None:
    for caption in ("", "Bildetekst"):
        found, problems = picture(f"![{caption}](figures/wide.png){attributes}")
        assert plain(found["c"][1]) == ""
        assert problems == ()


def test_a_picture_in_the_text_is_described_by_its_own_words() -> None:
    found, problems = picture("Tekst ![et symbol](figures/wide.png) i linjen.")
    assert plain(found["c"][1]) == "et symbol"
    assert problems == ()


def test_a_picture_that_nobody_describes_is_told() -> None:
    _found, (problem,) = picture("Tekst ![](figures/wide.png) i linjen.")
    assert (problem.code, str(problem.location)) == ("missing-alternative-text", "content/chapters/01.md:1:11")
