"""Finds everything wrong with what was read, and makes a project of what is right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapportbygger.diagnostics import Problems
from rapportbygger.model import Project, Sources


def project(sources: Sources) -> tuple[Project | None, Problems]:
    """The project of valid sources and every problem of all its files; None where the manifest cannot be used."""
    raise NotImplementedError


def manifest_schema() -> Mapping[str, Any]:
    """The JSON Schema of the manifest."""
    raise NotImplementedError
