"""What an engine for citations is given: the task, and the tools it may work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rapportbygger.language import labels, language
from rapportbygger.protocols import Citeproc, Memory
from rapportbygger.resolve.citations.clusters import Cluster, Formatted, Item, cited_keys
from rapportbygger.resolve.citations.csl import Style


@dataclass(frozen=True, slots=True)
class Place:
    """Where a citation stands: the number of the footnote that it is in, or that a note style makes of it.

    `inside` is whether that footnote is the author's own, `opening` whether it begins with the citation.
    """

    note: int
    inside: bool = False
    opening: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """The citations of one document, in reading order, to be formatted in a style and in nb, nn or en.

    `references` are CSL-JSON by key; those in `nocite` are listed though they may not be cited. `places` has one for
    each cluster, or is empty: then each stands in the text.
    """

    clusters: Sequence[Cluster]
    references: Mapping[str, Item]
    style: Style
    lang: str
    nocite: tuple[str, ...] = ()
    places: Sequence[Place] = ()

    @property
    def bcp47(self) -> str:
        """The language with its country: `nb-NO` for nb. One that no report is written in (`fr-FR`) stays as it is."""
        return labels(self.lang).bcp47 if language(self.lang) == self.lang else self.lang

    @property
    def keys(self) -> tuple[str, ...]:
        """Every known work that is cited or listed, in the order of the first citation."""
        wanted = dict.fromkeys((*cited_keys(self.clusters), *self.nocite))
        return tuple(key for key in wanted if key in self.references)


@dataclass(frozen=True, slots=True)
class Tools:
    """pandoc, and what is remembered from earlier builds: an engine that needs pandoc raises ValueError without it."""

    pandoc: Citeproc | None = None
    memory: Memory | None = None


NO_TOOLS = Tools()
Engine: TypeAlias = Callable[[Task, Tools], Formatted]
