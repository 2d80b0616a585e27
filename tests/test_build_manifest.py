"""build/manifest.json says what was built, of what and with what."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from documents import make_project
from rapportbygger.build_manifest import merged
from rapportbygger.resolve.citations import csl
from rapportbygger.schedule import build


def manifest(root: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((root / "build" / "manifest.json").read_text(encoding="utf-8"))
    return said


def test_every_build_says_what_it_wrote(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål\n\n![](figures/tall.png)")
    build(root)
    said = manifest(root)["documents"]["rapport"]
    digests = {path: sha256((root / "build" / path).read_bytes()).hexdigest() for path in said["outputs"]}
    sizes = {path: (root / "build" / path).stat().st_size for path in digests}
    assert said["outputs"] == {
        path: {"date": said["date"], "key": said["key"], "sha256": digests[path], "size": sizes[path]}
        for path in digests
    }
    assert set(said["inputs"]) == {"content/chapters/01.md", "content/figures/tall.png"}
    assert [problem["severity"] for problem in said["diagnostics"]] == ["info"]
    assert list(digests) == ["rapport.docx", "rapport.pdf"]
    assert said["problems"] == {"error": 0, "info": 1, "warning": 0}
    assert said["citations"]["style"] == {
        "id": csl.read(None)[0].id,
        "sha256": sha256(csl.OWN.read_bytes()).hexdigest(),
        "title": csl.read(None)[0].title,
    }
    assert said["citations"]["engine"] == {"name": "citeproc-py", "version": "0.11.1"}


def test_the_same_build_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1650000000")
    first, second = (make_project(tmp_path / name, "# Mål") for name in ("a", "b"))
    build(first)
    build(second)
    build(second)
    one, other = (manifest(root)["documents"]["rapport"] for root in (first, second))
    assert {**one, "seconds": 0} == {**other, "seconds": 0}


def test_what_was_not_built_now_is_said_as_before(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål", report="  annen:\n    chapters: [chapters/*.md]")
    build(root)
    before = manifest(root)["documents"]
    build(root, reports=["annen"], formats=["pdf"])
    after = manifest(root)["documents"]
    assert after["rapport"] == before["rapport"]
    assert after["annen"]["outputs"]["annen.docx"] == before["annen"]["outputs"]["annen.docx"]
    make_project(tmp_path, "# Mål")
    build(root)
    assert list(manifest(root)["documents"]) == ["annen", "rapport"]


def test_a_document_that_cannot_be_built_has_no_outputs(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål\n\n@sec-ukjent")
    build(root)
    said = manifest(root)["documents"]["rapport"]
    assert (said["outputs"], said["problems"]["error"]) == ({}, 1)


def test_a_manifest_that_cannot_be_read_is_written_anew() -> None:
    for broken in (b"{", b"[]", b'{"version": 0, "documents": {"a": {}}}', b'{"version": 1, "documents": []}', b"\xff"):
        assert merged(broken, {}) == merged(None, {})
