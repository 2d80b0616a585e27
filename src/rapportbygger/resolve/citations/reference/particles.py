"""Particles that stand in a family name or after a given name, found as citeproc-js finds them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LEADING = re.compile(r"([^ ]+(?:-|ʻ|’| |') *)(.+)$")


def with_particles(name: Mapping[str, str]) -> Mapping[str, str]:
    """The name with its lower-case particles apart: «van Gogh», «Ludwig van»."""
    if "literal" in name or not name.get("given") or name.get("non-dropping-particle"):
        return name
    family, particle = _from_family(name.get("family", ""))
    given, dropping = _from_given(name["given"])
    made = dict(name) | {"family": family, "given": given}
    made |= {"non-dropping-particle": particle} if particle else {}
    made |= {"dropping-particle": dropping} if dropping else {}
    return made if particle or dropping else name


def _from_family(family: str) -> tuple[str, str]:
    """«Gogh» and «van» of «van Gogh»; a family name that is all small has particles but for its last word."""
    at = 0
    while found := _LEADING.match(family[at:]):
        if not _is_small(found[1]):
            break
        at += len(found[1])
    particle = family[:at]
    stripped = particle.strip()
    joined = stripped + " " if particle.endswith(" ") and stripped.endswith(("'", "’")) else stripped
    return family[at:], joined


def _from_given(given: str) -> tuple[str, str]:
    """«Ludwig» and «van» of «Ludwig van»."""
    words = given.split(" ")
    at = len(words)
    while at > 1 and words[at - 1] and _is_small(words[at - 1]):
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:]).strip()


def _is_small(text: str) -> bool:
    first = re.sub(r"^[-'ʻ’\s]*", "", text)[:1]
    return first != first.upper()
