"""What the documents say is true: their links lead somewhere, their examples work, their messages are the program's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from rapportbygger import validate
from rapportbygger.files import yaml_places
from rapportbygger.model import Data
from rapportbygger.schedule import build
from rapportbygger.starter import copy_to
from rapportbygger.validate import schema_problems

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "veiledning.md"
DOCUMENTS = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
CATALOGUE = ROOT / "src" / "rapportbygger" / "locale" / "nb" / "LC_MESSAGES" / "rapportbygger.po"


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def fenced(path: Path, kind: str) -> list[str]:
    """The fenced blocks of a kind in a document."""
    return [match[1] for match in re.finditer(rf"^```{kind}\n(.*?)^```$", text(path), re.MULTILINE | re.DOTALL)]


def unfenced(path: Path) -> str:
    return re.sub(r"^```.*?^```$", "", text(path), flags=re.MULTILINE | re.DOTALL)


def yaml(content: str, file: str = "example.yaml") -> Data:
    data, problems = yaml_places.read(content, file)
    assert data is not None
    assert problems == ()
    return data


# --------------------------------------------------------------------------------------------------------------- links


def anchors(path: Path) -> set[str]:
    """What GitHub calls the headings of a document."""
    titles = re.findall(r"^#+ (.+)$", unfenced(path), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    outside_code = re.sub(r"`[^`\n]*`", "", unfenced(document))
    for link in re.findall(r"\]\(([^)\s]+)\)", outside_code):
        if "://" in link:
            continue
        path, _hash, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), f"{document.name}: {link}"
        assert not anchor or anchor in anchors(target), f"{document.name}: {link}"


# ------------------------------------------------------------------------------------------------------------ manifest


def named_keys(heading: str) -> set[str]:
    """The keys in the first column of the README's table with this heading."""
    table = text(README).partition(f"| {heading} |")[2].partition("\n\n")[0]
    return {key for row in table.splitlines()[2:] for key in re.findall(r"`([\w-]+)`", row.split("|")[1])}


def test_the_readme_names_every_key_of_the_manifest_and_no_other() -> None:
    schema = validate.manifest_schema()
    assert named_keys("key of the manifest") == set(schema["properties"])
    assert named_keys("key of a report") == set(schema["$defs"]["report"]["properties"])


def manifests() -> Iterator[Any]:
    """The examples of whole manifests."""
    for document in (README, GUIDE):
        for number, example in enumerate(fenced(document, "yaml"), 1):
            if re.search(r"^reports:", example, re.MULTILINE):
                yield pytest.param(example, id=f"{document.name}-{number}")


@pytest.mark.parametrize("example", list(manifests()))
def test_every_example_of_a_manifest_is_valid(example: str) -> None:
    schema = yaml(text(validate.MANIFEST_SCHEMA), validate.MANIFEST_SCHEMA.name)
    assert schema_problems.problems(yaml(example), schema) == ()


# --------------------------------------------------------------------------------------------------------------- guide


def test_the_guides_municipality_is_valid() -> None:
    schema = yaml(text(ROOT / "content" / "municipality.schema.yaml"))
    whole = [example for example in fenced(GUIDE, "yaml") if re.match(r"navn:.*^tiltak:", example, re.M | re.S)]
    assert [schema_problems.problems(yaml(example), schema) for example in whole] == [()]


def test_the_guides_chapters_and_manifest_build_without_a_problem(tmp_path: Path) -> None:
    copy_to(tmp_path)
    for number, example in enumerate(fenced(GUIDE, "markdown"), 10):
        (tmp_path / "content" / "chapters" / f"{number}.md").write_text(example, encoding="utf-8")
    manifest = next(example for example in fenced(GUIDE, "yaml") if example.startswith("title:"))
    (tmp_path / "content" / "report.yaml").write_text(manifest, encoding="utf-8")
    result = build(tmp_path)
    assert result.problems == ()
    assert sorted(file.path.name for file in result.written) == ["rapport.docx", "rapport.pdf"]


def norwegian() -> tuple[re.Pattern[str], ...]:
    """Every message of the catalogue, as a pattern with its placeholders open."""
    with CATALOGUE.open("rb") as file:
        messages = [message.string for message in read_po(file) if isinstance(message.string, str) and message.string]
    return tuple(re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(each)), re.DOTALL) for each in messages)


def shown() -> list[str]:
    """The messages that the guide shows, in its examples and in its table."""
    examples = re.findall(r"(?:feil|advarsel): (.+) \[[\w-]+\]$", text(GUIDE), re.MULTILINE)
    table = text(GUIDE).partition("| melding |")[2].partition("\n\n")[0].splitlines()[2:]
    return [*examples, *(row.split("|")[1].strip() for row in table)]


@pytest.mark.parametrize("message", shown())
def test_the_program_says_what_the_guide_says_it_says(message: str) -> None:
    without_field = re.sub(r"^«\w+»: ", "", message)
    assert any(pattern.fullmatch(said) for pattern in norwegian() for said in (message, without_field))
