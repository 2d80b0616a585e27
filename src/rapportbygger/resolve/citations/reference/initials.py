"""Initials of given names, as citeproc-js makes them (CSL 1.0.2, `initialize-with`)."""

from __future__ import annotations

import re
from functools import lru_cache

_INITIAL = re.compile(r"([^\W\d_])((?:[^\W\d_]|['’])*)(\.*)")
_BETWEEN = re.compile(r"[-\s]+")


@lru_cache(4096)
def initialized(given: str, mark: str, *, whole: bool = False, hyphenates: bool = True) -> str:
    """The given name with its names as initials, or `whole` and only what is an initial already with its mark."""
    return normalized(given, mark) if whole else initials(given, mark, hyphen=hyphenates)


@lru_cache(4096)
def initials(given: str, mark: str = ". ", *, hyphen: bool = True) -> str:
    """«J.-E. K.» for «Jan-Erik K.», «P. de B.» for «Per de Boer»; names in small letters are kept.

    `mark` follows each initial. Without `hyphen`, «Jan-Erik» is «J. E.».
    """
    parts, between = _split(given, hyphen=hyphen)
    made = ""
    for part, sign in zip(parts, [*between, ""], strict=True):
        initial = _initial(part)
        if initial is None:
            made += f" {part}" + sign
        else:
            made += initial + mark + ("-" if "-" in sign else "")
    return _tidied(made)


@lru_cache(4096)
def initials_alone(given: str) -> str:
    """«J-E K» for «Jan-Erik K.»: what tells apart those who have the same family name."""
    parts, between = _split(given)
    return _tidied(
        "".join((_initial(part) or f" {part}") + sign for part, sign in zip(parts, [*between, ""], strict=True))
    )


def normalized(given: str, mark: str) -> str:
    """«Jan E. K.» for «Jan E K»: only initials get the mark (CSL 1.0.2, `initialize="false"`)."""
    parts, between = _split(given)
    made = ""
    for part, sign in zip(parts, [*between, ""], strict=True):
        short = part.endswith(".") or (len(part) == 1 and part.isupper())
        made += part.rstrip(".") + mark if short else part + sign
    return _tidied(made)


def _split(given: str, *, hyphen: bool = True) -> tuple[list[str], list[str]]:
    """The names of a given name, and what stands between them."""
    spaced = re.sub(r"\s*-\s*", "-", given if hyphen else given.replace("-", " "))
    spaced = re.sub(r"-(?=[^\W\d_])(?=\w)", _joint, re.sub(r"\.(?=[^\s.])", ". ", spaced), flags=0).strip()
    return _BETWEEN.split(spaced), _BETWEEN.findall(spaced)


def _joint(match: re.Match[str]) -> str:
    """A hyphen before a small letter belongs to the name: «Ole-petter» is one."""
    return "\u2013" if match.string[match.end()].islower() else "-"


def _initial(name: str) -> str | None:
    """«J» for «Jan», «Yu» for «YUri», «Chr» for «Chr.»; None for what begins with no capital."""
    match = _INITIAL.match(name)
    if match is None or not match[1].isupper():
        return None
    first, rest, stop = match.groups()
    if rest and stop:
        return first + rest
    capitals = re.match(r"[^a-zæøåäöü]*", rest)[0] if rest.isalpha() else ""  # type: ignore[index]
    return first + (capitals.lower() if len(capitals) < len(rest) else "")


def _tidied(made: str) -> str:
    return re.sub(r"[\t\n ]+", " ", re.sub(r"\s*-\s*", "-", made)).replace("\u2013", "-").strip()
