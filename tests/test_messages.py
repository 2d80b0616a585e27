"""Every message has a Norwegian translation that says as much, and no translation is left over."""

from __future__ import annotations

import ast
import gettext
import string
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import schema_texts
from rapportbygger import messages
from rapportbygger.validate import manifest_schema

SOURCE = Path(messages.__file__).parent
NORWEGIAN = messages.LOCALE / "nb" / "LC_MESSAGES"
MessageId: TypeAlias = str | tuple[str, ...]
Text: TypeAlias = str | tuple[str, ...] | list[str] | None


def extracted(folder: Path, keywords: dict[str, tuple[int, ...] | None]) -> set[MessageId]:
    found = extract_from_dir(folder, method_map=[("**.py", "python")], keywords=keywords)
    return {message if isinstance(message, str) else tuple(message) for _file, _line, message, _notes, _in in found}


def catalogue(name: str) -> Catalog:
    with (NORWEGIAN / f"{name}.po").open("rb") as stream:
        return read_po(stream, locale="nb")


def entries(name: str) -> list[Message]:
    return [message for message in catalogue(name) if message.id]


def texts(value: Text) -> tuple[str, ...]:
    """The one text of a message, or its singular and plural."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def fields(text: str) -> set[str]:
    """The names of the placeholders; `{name!r}` and `{name}` are the same one."""
    return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def schema_says() -> set[MessageId]:
    """What the manifest's schema says to users."""
    return set(schema_texts.texts(manifest_schema()))


WRITTEN = extracted(SOURCE, {"_": None, "counted": (1, 2)})
OURS = WRITTEN | schema_says()


def called(tree: ast.AST) -> Iterator[MessageId]:
    """What the calls of `_` and `counted` say; the dump of a call whose text is not written out in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "counted"):
            words = [str(argument.value) for argument in node.args[:2] if isinstance(argument, ast.Constant)]
            yield words[0] if len(words) == 1 else tuple(words) or ast.dump(node)


def test_messages_are_found() -> None:
    """Also that they stand where `make messages` finds them: written out, and not inside an f-string."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py"))
    assert {message for tree in trees for message in called(tree)} == WRITTEN
    assert {"error", ("{n} error", "{n} errors")} <= OURS


def test_every_message_is_translated() -> None:
    translated = {message.id for message in entries("rapportbygger") if all(texts(message.string))}
    assert sorted(map(str, OURS - translated)) == []


def test_no_translation_is_left_over() -> None:
    assert sorted(str(message.id) for message in entries("rapportbygger") if message.id not in OURS) == []


@pytest.mark.parametrize("name", ["rapportbygger", "click"])
def test_nothing_waits_for_a_translator(name: str) -> None:
    whole = catalogue(name)
    assert [message.id for message in whole if message.id and message.fuzzy] == []
    assert list(whole.obsolete) == []


@pytest.mark.parametrize("name", ["rapportbygger", "click"])
def test_translations_have_the_placeholders_of_their_messages(name: str) -> None:
    for message in entries(name):
        expected = set().union(*map(fields, texts(message.id)))
        for text in texts(message.string):
            assert fields(text) <= expected, message.id
        assert set().union(*map(fields, texts(message.string))) == expected, message.id


def test_clicks_messages_are_translated_where_users_meet_them() -> None:
    spec = find_spec("click")
    assert spec
    assert spec.origin
    found = extracted(Path(spec.origin).parent, {"_": None, "gettext": None, "ngettext": (1, 2)})
    ids = {message.id for message in entries("click")}
    assert sorted(map(str, ids - found)) == []
    assert ids >= {
        "Usage:",
        "Options",
        "Commands",
        "Error: {message}",
        "Missing argument",
        "Show this message and exit.",
    }


def test_a_compiled_catalogue_speaks_norwegian(tmp_path: Path) -> None:
    with (tmp_path / "nb.mo").open("wb") as stream:
        write_mo(stream, catalogue("rapportbygger"))
    with (tmp_path / "nb.mo").open("rb") as stream:
        assert gettext.GNUTranslations(stream).ngettext("{n} error", "{n} errors", 2) == "{n} feil"


@pytest.mark.parametrize("language", ["nb", "nb_NO.UTF-8", "nb-NO", "no", "nn_NO", "NB"])
def test_norwegian_is_spoken_to_norwegians(language: str) -> None:
    messages.use(language)
    assert messages._("error") == "feil"


@pytest.mark.parametrize("language", ["en", "C", "C.UTF-8", "POSIX", "de_DE.UTF-8", ""])
def test_english_is_spoken_to_others(language: str) -> None:
    messages.use(language)
    assert messages._("error") == "error"
