"""One folder for many documents, and nothing in it of another one."""

from __future__ import annotations

import pytest

from rapportbygger import fonts
from rapportbygger.write.pdf.compiler import compiler_with


def test_a_document_finds_nothing_of_the_one_before() -> None:
    with compiler_with(fonts.load()) as first:
        first.write({"body.typ": "a", "part-0.typ": "b", "part-1.typ": "c"})
        (first.folder / "img-1.png").write_bytes(b"")
    with compiler_with(fonts.load()) as second:
        assert second is first
        assert not (second.folder / "img-1.png").exists()
        second.write({"body.typ": "a", "part-0.typ": "d"})
        with pytest.raises(RuntimeError):  # no document
            second.layout(())
        texts = {name: (second.folder / name).read_text() for name in ("body.typ", "part-0.typ")}
        assert texts == {"body.typ": "a", "part-0.typ": "d"}
        assert not (second.folder / "part-1.typ").exists()


def test_two_documents_at_once_have_a_folder_each() -> None:
    with compiler_with(fonts.load()) as first, compiler_with(fonts.load()) as second:
        assert first.folder != second.folder


def test_what_has_failed_is_not_used_again() -> None:
    with pytest.raises(KeyError), compiler_with(fonts.load()) as first:
        raise KeyError
    with compiler_with(fonts.load()) as second:
        assert second is not first


def test_of_a_longer_text_nothing_is_left() -> None:
    with compiler_with(fonts.load()) as compiler:
        for text in ("en lang tekst, på norsk", "kort"):
            compiler.write({"part-0.typ": text})
            assert (compiler.folder / "part-0.typ").read_bytes() == text.encode()
