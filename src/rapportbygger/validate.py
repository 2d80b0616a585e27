"""Finds everything wrong with what was read, and makes a project of what is right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rapportbygger import project_files, reports, schema_problems, yaml_places
from rapportbygger.diagnostics import Problems, has_errors
from rapportbygger.model import Data, Project, Sources
from rapportbygger.municipalities import municipalities

MANIFEST_SCHEMA = Path(__file__).parent / "schemas" / "manifest.schema.yaml"


def project(sources: Sources) -> tuple[Project | None, Problems]:
    """The project of valid sources and every problem of all its files; None where the manifest cannot be used.

    A report or a municipality with errors is left out of the project, a municipality's file is `broken`.
    """
    found = schema_problems.problems(sources.manifest, _manifest_schema())
    problems = tuple(problem for _path, problem in found)
    schema, schema_wrong = _usable_schema(sources)
    delivered, wrong = municipalities(sources.municipalities, schema)
    problems += (*schema_wrong, *wrong)
    invalid = {str(path[1]) for path, _problem in found if path[0:1] == ("reports",) and len(path) > 1}
    if any(path[0:1] != ("reports",) or len(path) == 1 for path, _problem in found):
        return None, problems
    made, wrong = reports.reports(sources.root, sources.manifest, invalid)
    csl, no_csl = _csl(sources)
    problems += (*wrong, *no_csl)
    if no_csl or sources.manifest.file in sources.broken:
        return None, problems
    used = {municipality.source.file for municipality in delivered} - sources.broken
    return Project(
        root=sources.root,
        reports=made,
        municipalities=tuple(each for each in delivered if each.source.file in used),
        data=sources.data,
        references=sources.references,
        csl=csl,
        broken=sources.broken | {data.file for data in sources.municipalities if data.file not in used},
    ), problems


def manifest_schema() -> Mapping[str, Any]:
    """The JSON Schema of the manifest."""
    schema: Mapping[str, Any] = _manifest_schema().value
    return schema


@cache
def _manifest_schema() -> Data:
    file = MANIFEST_SCHEMA.name
    text, problems = project_files.read(MANIFEST_SCHEMA, file)
    data, wrong = yaml_places.read(text or "", file)
    if data is None or has_errors((*problems, *wrong)):
        raise RuntimeError(f"the package is damaged: {MANIFEST_SCHEMA}")
    return data


def _usable_schema(sources: Sources) -> tuple[Data | None, Problems]:
    """The municipalities' schema, None where there is none or it is not valid."""
    if sources.schema is None:
        return None, ()
    problems = schema_problems.schema_problems(sources.schema)
    return (None if problems else sources.schema), problems


def _csl(sources: Sources) -> tuple[Path | None, Problems]:
    pattern = sources.manifest.value.get("csl")
    if pattern is None:
        return None, ()
    at = sources.manifest.location(("csl",))
    found, problems = project_files.find(sources.root, sources.root / "content", pattern, at)
    return (found[0] if found else None), problems
