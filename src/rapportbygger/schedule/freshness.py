"""Whether a document that was built is what would be built now, by what the manifest of build/ says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from rapportbygger import build_manifest, clock, messages
from rapportbygger.diagnostics import recalled
from rapportbygger.protocols import Memory
from rapportbygger.schedule import seals
from rapportbygger.schedule.files import manifest
from rapportbygger.schedule.inputs import Inputs, Inventory
from rapportbygger.schedule.outcomes import Outcome
from rapportbygger.schedule.plan import Plan
from rapportbygger.schedule.tree import Tree


@dataclass(frozen=True, slots=True)
class Checked:
    """The documents of a plan that need not be built, by name, and what each of its documents is made of."""

    fresh: Mapping[str, Outcome]
    made_of: Mapping[str, Inputs]
    files: Tree

    @property
    def dates(self) -> Mapping[str, int]:
        """The date of each document."""
        return {name: inputs.date for name, inputs in self.made_of.items()}

    def still_so(self) -> Mapping[str, Inputs]:
        """What documents were made of; nothing is known of it if files were changed meanwhile."""
        return self.made_of if self.files.is_untouched() else {}


def checked(
    plan: Plan, inventory: Inventory, formats: Sequence[str], *, force: bool, memory: Memory | None = None
) -> Checked:
    """Which documents of a plan are as they would be built; none if `force`d. `memory` knows what was written."""
    project = inventory.project
    said = build_manifest.documents(manifest(project.root))
    made_of = {job.name: dated(inventory.inputs(job), said.get(job.name)) for job in plan.jobs}
    sha256 = partial(seals.sha256, project.root / "build", memory=memory)
    fresh = {}
    for job in plan.jobs:
        wanted = formats or job.report.formats
        halved = job.municipality is None and bool(project.broken)
        if force or halved:
            continue
        known = as_it_was(said.get(job.name), job.name, made_of[job.name], wanted, sha256)
        if known:
            fresh[job.name] = known
    return Checked(fresh, made_of, inventory.tree)


def dated(inputs: Inputs, said: Any) -> Inputs:
    """What a document is made of, with the date that it was built with, where only the time of its files is another.

    A copy, a fresh clone or another branch and back give files another time, and change no document. `said` is its
    entry in the manifest, whatever that holds.
    """
    if clock.is_given() or not isinstance(said, dict) or said.get("key") != inputs.key:
        return inputs
    date: Any = said.get("date")
    return replace(inputs, date=date) if clock.is_possible(date) else inputs


def as_it_was(
    said: Any, name: str, inputs: Inputs, formats: Sequence[str], sha256: Callable[[str], str]
) -> Outcome | None:
    """The outcome of the build that made the document, where nothing has changed since; None where it must be built.

    `said` is its entry in the manifest, whatever that holds; `sha256` tells that of an output, "" where there is none.
    """
    made_of = inputs.key, inputs.date
    try:
        problems = recalled(said["diagnostics"])
        if (said["key"], said["date"]) != made_of or (problems and said["language"] != messages.language()):
            return None
        outputs = [(f"{name}.{suffix}", said["outputs"][f"{name}.{suffix}"]) for suffix in formats]
        if all((one["key"], one["date"]) == made_of and one["sha256"] == sha256(path) != "" for path, one in outputs):
            return Outcome(name, (), problems, whole=True, fresh=True)
    except (KeyError, TypeError, ValueError):  # by another version, or by hand
        pass
    return None
