"""What a document cites, as data, for programs that go on citing in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CitedWork:
    """One work in a citation, as it was written. `form` is pandoc's: NormalCitation, AuthorInText, SuppressAuthor.

    `label` is a CSL locator term ("page"), `locator` its value ("88-89"), "" where there is none.
    """

    key: str
    form: str = "NormalCitation"
    label: str = ""
    locator: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Citations:
    """What is cited, as data, for programs that go on citing.

    `clusters` are the works of each citation by its Span's `cluster`, `works` all that are listed, as CSL-JSON by key
    and in the list's order, `style` the id of the CSL style.
    """

    clusters: Mapping[str, tuple[CitedWork, ...]] = field(default_factory=dict)
    works: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    style: str = ""
