"""Finds everything wrong with what was read, and makes a project of what is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from rapportbygger import localised
from rapportbygger.diagnostics import Problems, Said, has_errors
from rapportbygger.files import project_files, yaml_places
from rapportbygger.memory import Past
from rapportbygger.model import Data, Municipality, Project, Reference, Report, Sources
from rapportbygger.validate import references, reports, undelivered
from rapportbygger.validate.municipalities import municipalities
from rapportbygger.validate.rules import Rules

MANIFEST_SCHEMA = Path(__file__).parents[1] / "schemas" / "manifest.schema.yaml"


def project(sources: Sources, past: Past | None = None) -> tuple[Project | None, Problems]:
    """The project of valid sources and every problem of all its files; None where the manifest cannot be used.

    A report or a municipality with errors is left out of the project, a municipality's file is `broken`. What `past`
    remembers as valid is not checked again.
    """
    past = past or Past()
    found = Rules(_manifest_schema(), past).problems(sources.manifest)
    schema, no_schema = _municipal_schema(sources, past)
    delivered, not_delivered = municipalities(sources.municipalities, schema, past)
    problems = (*(problem for _path, problem in found), *no_schema, *not_delivered)
    if any(path[0:1] != ("reports",) or len(path) == 1 for path, _problem in found):
        return None, problems
    invalid = {str(path[1]) for path, _problem in found}
    made, not_made = reports.reports(sources.root, sources.manifest, invalid)
    csl, no_csl = _csl(sources)
    bibliography, unusable = references.references(sources.bibliography)
    problems += (*not_made, *no_csl, *unusable)
    if no_csl or sources.manifest.file in sources.broken:
        return None, problems
    whole = _project(sources, made, delivered if _schema_is_right(sources, no_schema) else (), csl)
    whole = replace(whole, references=_usable(bibliography), bibliography=bibliography)
    return whole, (*problems, *localised.ownerless(whole), *localised.unread(whole))


def _usable(bibliography: Mapping[str, Reference]) -> Mapping[str, Mapping[str, Any]]:
    return {key: one.item for key, one in bibliography.items() if one.item is not None}


def _project(
    sources: Sources, made: tuple[Report, ...], delivered: tuple[Municipality, ...], csl: Path | None
) -> Project:
    used = tuple(each for each in delivered if each.source.file not in sources.broken)
    unused = {data.file for data in sources.municipalities} - {each.source.file for each in used}
    missing = undelivered.by_id(sources, sources.broken | unused, {each.id for each in used})
    return Project(
        root=sources.root,
        reports=made,
        municipalities=used,
        data=sources.data,
        csl=csl,
        citation_engine=_said(sources.manifest, "citation-engine"),
        broken=sources.broken | unused,
        undelivered=missing,
        missing=undelivered.how_many(sources, missing, used),
        invalid=tuple(name for name in sources.manifest.value["reports"] if name not in {report.id for report in made}),
    )


def _said(manifest: Data, key: str) -> Said | None:
    value = manifest.value.get(key)
    return None if value is None else Said(str(value), manifest.location((key,)))


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


def _municipal_schema(sources: Sources, past: Past) -> tuple[Data | None, Problems]:
    """The municipalities' schema, None where there is none or it is not valid."""
    if sources.schema is None:
        return None, ()
    problems = Rules(sources.schema, past).own_problems()
    return (None if problems else sources.schema), problems


def _schema_is_right(sources: Sources, problems: Problems) -> bool:
    """Whether what municipalities delivered could be checked; where it could not, none of it is used."""
    if sources.schema is None:
        return sources.manifest.value.get("schema") is None
    return not problems and sources.schema.file not in sources.broken


def _csl(sources: Sources) -> tuple[Path | None, Problems]:
    pattern = sources.manifest.value.get("csl")
    if pattern is None:
        return None, ()
    at = sources.manifest.location(("csl",))
    found, problems = project_files.find(sources.root, sources.root / "content", pattern, at)
    return (found[0] if found else None), problems
