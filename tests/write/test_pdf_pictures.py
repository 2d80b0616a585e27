"""Pictures in a PDF: the lines of a PNG as the file has them, and all that is to be seen of it."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from struct import pack

import pikepdf
import pytest
import typst

from rapportbygger.write.pdf.objects import taken_apart
from rapportbygger.write.pdf.pictures import called, in_place, packed, stand_in

LOOKS = {"grey": (0, 8, 4), "colours": (2, 8, 12), "palette": (3, 8, 4), "few": (3, 2, 1)}
PALETTE = bytes(range(12))


def chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def png(look: str, *more: bytes, ways: tuple[int, int, int] = (0, 0, 0)) -> bytes:
    """Four points on three lines, the second of them told by the one above."""
    kind, bits, length = LOOKS[look]
    lines = b"".join(bytes([2 * (y == 1), *([y % 2] * length)]) for y in range(3))
    header = chunk(b"IHDR", pack(">IIBBBBB", 4, 3, bits, kind, *ways))
    palette = chunk(b"PLTE", PALETTE) if kind == 3 else b""
    data = zlib.compress(lines)
    parts = [header, *more, palette, chunk(b"IDAT", data[:5]), chunk(b"IDAT", data[5:]), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def typeset(picture: bytes, folder: Path) -> bytes:
    (folder / "a.png").write_bytes(picture)
    source = '#set document(title: "a")\n#image("a.png", width: 9pt, height: 9pt, fit: "stretch", alt: "a")'
    (folder / "a.typ").write_text(source, encoding="utf-8")
    pdf = typst.compile(folder / "a.typ", pdf_standards=["a-2a", "ua-1"], timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


def pixels(pdf: bytes) -> tuple[object, bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []
        (found,) = opened.pages[0].get_images().values()
        image = pikepdf.PdfImage(found).as_pil_image().convert("RGB")
        return image.size, image.tobytes()


@pytest.mark.parametrize("look", LOOKS)
def test_the_file_is_seen_as_typst_would_show_it(look: str, tmp_path: Path) -> None:
    picture = packed(png(look))
    assert picture is not None
    changed = in_place(taken_apart(typeset(stand_in(picture), tmp_path)), [picture]).written()
    assert pixels(changed) == pixels(typeset(png(look), tmp_path))
    assert picture.data in changed


def test_other_pictures_go_to_typst() -> None:
    whole = png("colours")
    others = (
        b"",
        b"GIF89a",
        whole[:-20],
        whole.replace(b"IDAT", b"IDAU"),
        png("colours", ways=(0, 0, 1)),
        png("grey", chunk(b"tRNS", b"\0\0")),
        png("colours", chunk(b"iCCP", b"a\0\0")),
    )
    assert [packed(other) for other in others] == [None] * len(others)


def test_a_pdf_without_one_of_the_pictures_is_refused(tmp_path: Path) -> None:
    shown, missing = packed(png("colours")), packed(png("grey"))
    assert shown is not None
    assert missing is not None
    objects = taken_apart(typeset(stand_in(shown), tmp_path))
    with pytest.raises(ValueError, match="not all pictures"):
        in_place(objects, [shown, missing])


def test_only_pictures_that_typst_is_told_of_are_looked_for() -> None:
    picture = packed(png("grey"))
    assert picture is not None
    pictures = {"img-1.png": picture, "img-2.png": picture}
    assert called(pictures, ['#box(picture("img-2.png", 9, 9, "img-1.png"));']) == [picture]
    assert called(pictures, ["img-1.png"]) == []
