"""A Word file's parts as one file."""

from __future__ import annotations

import io
import zipfile

import pytest

from rapportbygger.write.docx.package import read_parts, write_parts

PARTS = {
    "word/document.xml": b"<document/>" * 500,
    "[Content_Types].xml": b"<Types/>",
    "word/fonts/font1.odttf": bytes(range(256)) * 400,
    "word/media/bilde.png": b"\x89PNG" + bytes(1000),
    "word/media/blåbær.jpeg": b"",
}


@pytest.mark.parametrize("compress", [True, False])
def test_the_file_is_byte_for_byte_as_zipfile_writes_it(compress: bool) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("[Content_Types].xml", *sorted(name for name in PARTS if not name.startswith("["))):
            info = zipfile.ZipInfo(name)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            level = {"odttf": 1, "png": 0, "jpeg": 0}.get(name.rpartition(".")[2], 6)
            archive.writestr(info, PARTS[name], compresslevel=level)
    assert write_parts(PARTS, compress=compress) == stream.getvalue()


def test_what_was_written_is_read_again() -> None:
    assert read_parts(write_parts(PARTS)) == PARTS
