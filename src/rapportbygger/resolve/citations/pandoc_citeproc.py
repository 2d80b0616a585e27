"""The engine for every style that is not author-date: pandoc's citeproc."""

from __future__ import annotations

from rapportbygger.resolve.citations.clusters import Formatted
from rapportbygger.resolve.citations.task import Task, Tools


def formatted(task: Task, tools: Tools) -> Formatted:
    """Every citation and the reference list. Raises ValueError without pandoc."""
    if tools.pandoc is None:
        raise ValueError("the engine `pandoc` needs pandoc")
    raise NotImplementedError(task.style.title)
