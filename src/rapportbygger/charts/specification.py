"""A Vega-Lite specification as it is written, with its expressions worked out and its data read."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

from rapportbygger import tabular
from rapportbygger.charts import expressions
from rapportbygger.charts.expressions import Known
from rapportbygger.diagnostics import Diagnostic, Location, Problems, nearest
from rapportbygger.files import project_files, yaml_places
from rapportbygger.messages import _
from rapportbygger.model import Data

Steps: TypeAlias = tuple[str | int, ...]
Rows: TypeAlias = list[Any]

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_READ = "data"
_VIEWS = ("layer", "concat", "hconcat", "vconcat")
_WHOLE = ("config", "usermeta", "datasets")


@dataclass(frozen=True, slots=True)
class Specification:
    """What is to be drawn. In `value` every `data` is a name; `rows` are the rows by these names."""

    data: Data
    value: dict[str, Any]
    rows: Mapping[str, Rows]

    def at(self, *path: str | int) -> Location:
        """Where a part of it is written."""
        return self.data.location(path)


def read(
    path: Path, root: Path, known: Known, is_allowed: Callable[[Path], bool]
) -> tuple[Specification | None, Problems]:
    """The specification in a file of the project in `root`; None where it, or any of its data, cannot be used.

    `is_allowed` says whether a file of data may be read for this document.
    """
    file = project_files.name(root, path)
    text, problems = project_files.read(path, file)
    if text is None:
        return None, problems
    data, problems = _parsed(text, file)
    if data is None or problems:
        return None, problems
    if not isinstance(data.value, dict):
        message = _("this is no Vega-Lite specification")
        hint = _("it begins with names such as «data:», «mark:» and «encoding:»")
        return None, (Diagnostic("chart", message, Location(file, 1, 1), hint),)
    value, problems = expressions.filled(data, text, known)
    if problems:
        return None, problems
    reading = _Reading(data, path.parent, root, is_allowed)
    named = reading.named(value, ())
    return (None if reading.problems else Specification(data, named, reading.rows)), tuple(reading.problems)


@lru_cache(maxsize=50)
def _parsed(text: str, file: str) -> tuple[Data | None, Problems]:
    """A specification as it is written, which many documents share; nobody writes into it."""
    return yaml_places.read(text.replace("\t", " "), file)  # JSON is YAML, but for its tabs


@dataclass(slots=True)
class _Reading:
    """The data of a specification, being read."""

    data: Data
    folder: Path
    root: Path
    is_allowed: Callable[[Path], bool]
    rows: dict[str, Rows] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def named(self, value: Any, path: Steps) -> Any:
        """A part of the specification with names for data."""
        if isinstance(value, list):
            return [self.named(each, (*path, number)) for number, each in enumerate(value)]
        if not isinstance(value, dict):
            return value
        return {
            key: self._data(each, (*path, key))
            if key == _READ and isinstance(each, dict) and {"url", "values"} & each.keys()
            else each
            if key in _WHOLE
            else self.named(each, (*path, key))
            for key, each in value.items()
        }

    def _data(self, said: dict[str, Any], path: Steps) -> dict[str, Any]:
        before = len(self.problems)
        rows = self._loaded(said, path) if "url" in said else self._as_rows(said["values"], (*path, "values"))
        if len(self.problems) == before and not rows:
            self._tell("chart-without-data", _("the chart has no data"), path, _without_data())
        name = f"rows-{len(self.rows) + 1}"
        self.rows[name] = rows or []
        how = said.get("format")
        parse = {"parse": how["parse"]} if isinstance(how, dict) and "parse" in how else {}
        return {"name": name, **({"format": parse} if parse else {})}

    def _loaded(self, said: dict[str, Any], path: Steps) -> Rows | None:
        at = (*path, "url")
        file = self._file(said["url"], at)
        if file is None:
            return None
        sheet = str(said.get("sheet") or "")
        place = self.data.location((*path, "sheet") if sheet else at)
        value, problems = tabular.read(file, project_files.name(self.root, file), sheet, place)
        self.problems += problems
        if value is None:
            return None
        how = said.get("format")
        wanted = str(how.get("property") or "") if isinstance(how, dict) else ""
        for step in filter(None, wanted.split(".")):
            if not isinstance(value, Mapping) or step not in value:
                near = nearest(step, map(str, value)) if isinstance(value, Mapping) else None
                hint = _("did you mean «{name}»?").format(name=near) if near else ""
                message = _("there is no «{name}» in «{file}»").format(name=step, file=said["url"])
                self._tell("unknown-name", message, (*path, "format", "property"), hint)
                return None
            value = value[step]
        return self._as_rows(value, at)

    def _as_rows(self, value: Any, path: Steps) -> Rows | None:
        """The rows of a value; a group of fields gives a row for each, with `key` and `value`."""
        if value is None or isinstance(value, list):
            return value
        if isinstance(value, Mapping):
            if any(isinstance(each, Mapping | list) for each in value.values()):
                hint = _("say with «format: {property: …}» which of its lists is meant")
                self._tell("chart-data", _("this is no list of rows"), path, hint)
                return None
            return [{"key": key, "value": each} for key, each in value.items()]
        self._tell("chart-data", _("this is no list of rows"), path, _("give a list, or an expression alone"))
        return None

    def _file(self, url: Any, path: Steps) -> Path | None:
        if not isinstance(url, str) or not url.strip():
            self._tell("chart-data", _("the name of a file is missing"), path, _("such as «../data/x.csv»"))
            return None
        if _REMOTE.match(url):
            hint = _("save the file in content/data/, and name it from the specification: «../data/x.csv»")
            self._tell("remote-data", _("«{url}» is not a file of the project").format(url=url[:80]), path, hint)
            return None
        file = Path(os.path.normpath(self.folder / unquote(url).replace("\\", "/")))
        if not file.is_relative_to(self.root) or (file.exists() and not project_files.is_inside(self.root, file)):
            hint = _("move the file into the project, and name it from the specification: «../data/x.csv»")
            self._tell("outside-project", _("«{path}» is outside the project").format(path=url), path, hint)
        elif not file.is_file():
            near = nearest(file.name, project_files.siblings(file.parent))
            name = project_files.name(self.root, file)
            hint = _("files are named from the specification's own folder")
            hint = _("did you mean «{name}»?").format(name=near) if near else hint
            self._tell("file-missing", _("the file «{path}» does not exist").format(path=name), path, hint)
        elif not self.is_allowed(file):
            hint = _("save the file in the municipality's own folder")
            self._tell("anothers-data", _("«{path}» is another municipality's").format(path=url), path, hint)
        else:
            return file
        return None

    def _tell(self, code: str, message: str, path: Steps, hint: str) -> None:
        self.problems.append(Diagnostic(code, message, self.data.location(path), hint))


def _without_data() -> str:
    return _("where they may not be delivered, ask for them in the chapter: «{tag}» around the figure").format(
        tag="{% if … %}"
    )


def views(
    value: Mapping[str, Any], path: Steps = (), above: str = ""
) -> Iterator[tuple[Mapping[str, Any], Steps, str]]:
    """Every view of a specification with its path and the name of its data, its parts after it."""
    data = value.get("data")
    name = data.get("name", above) if isinstance(data, Mapping) else above
    yield value, path, name
    for key in _VIEWS:
        parts = value.get(key)
        for number, part in enumerate(parts if isinstance(parts, list) else ()):
            if isinstance(part, Mapping):
                yield from views(part, (*path, key, number), name)
    inner = value.get("spec")
    if isinstance(inner, Mapping):
        yield from views(inner, (*path, "spec"), name)


def with_views(
    value: Mapping[str, Any], change: Callable[[Mapping[str, Any], str], Mapping[str, Any]], above: str = ""
) -> dict[str, Any]:
    """The specification with each of its views changed; `change` gets a view and the name of its data."""
    data = value.get("data")
    name = data.get("name", above) if isinstance(data, Mapping) else above
    changed = dict(change(value, name))
    for part in _VIEWS:
        if isinstance(changed.get(part), list):
            views = changed[part]
            changed[part] = [with_views(each, change, name) if isinstance(each, Mapping) else each for each in views]
    if isinstance(changed.get("spec"), Mapping):
        changed["spec"] = with_views(changed["spec"], change, name)
    return changed
