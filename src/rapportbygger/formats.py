"""What text must look like: the formats a JSON Schema can ask for, and how to tell what is wrong with a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date as Date  # noqa: N812 - `date` is a format here
from typing import TypeAlias
from urllib.parse import urlsplit

from rapportbygger.messages import _

Told: TypeAlias = tuple[str, str, str]
"""The code, message and hint of a problem."""

_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)")
_MONTHS = "januar februar mars april mai juni juli august september oktober november desember"
_MONTH_OF = {name[:3]: n for n, name in enumerate(_MONTHS.split(), 1)} | {"may": 5, "oct": 10, "dec": 12}
_OTHER_NOTATIONS = (
    re.compile(r"(?P<d>\d{1,2})[./-] ?(?P<m>\d{1,2})[./-] ?(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})(?:\.| +|\. +)(?P<m>[A-Za-z]{3,9})(?:\.|[.,]* +)(?P<y>\d{4})"),
    re.compile(r"(?P<m>[A-Za-z]{3,9})\.? +(?P<d>\d{1,2}),? +(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)[T ]00:00(:00)?"),
    re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d\d)"),
    re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>[A-Za-z]{3,9})\.? +(?P<y>\d\d)"),
)
# Names that Windows keeps for devices, with any ending (Microsoft, «Naming Files, Paths, and Namespaces»).
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")


def problem(name: str, text: object) -> Told | None:
    """What keeps a text from having the format, if anything; other values and unknown formats are right."""
    check = CHECKS.get(name)
    return check(text) if check and isinstance(text, str) else None


def date(text: str) -> Told | None:
    """A day as `2021-03-19` (RFC 3339, full-date)."""
    day, exists = _day(text)
    if day is None:
        return "date", _("«{text}» is not a date").format(text=text), _("write year, month and day: 2021-03-19")
    if not exists:
        return "date", _("the date «{text}» does not exist").format(text=text), _("check the day and the month")
    if _ISO.fullmatch(text):
        return None
    return "date", _("the date «{text}» must be written in another way").format(text=text), _write(day)


def date_or_text(text: str) -> Told | None:
    """Any text but a day that does not exist."""
    day, exists = _day(text)
    return date(text) if day is not None and not exists else None


def as_date(text: str) -> str | None:
    """The day that a text means, in whatever notation, as `2021-03-19`; None where it is no day that exists."""
    day, exists = _day(text)
    return day if exists else None


def _write(day: str) -> str:
    return _("write {correct}").format(correct=day)


def _day(text: str) -> tuple[str | None, bool]:
    """The day that a text means, in whatever notation, as `2021-03-19` (None: none at all), and whether it exists."""
    found = next((match for match in (p.fullmatch(text.strip()) for p in (_ISO, *_OTHER_NOTATIONS)) if match), None)
    if not found:
        return None, False
    month = int(found["m"]) if found["m"].isdigit() else _MONTH_OF.get(found["m"][:3].lower())
    if month is None:
        return None, False
    try:
        return Date(_year(found["y"]), month, int(found["d"])).isoformat(), True
    except ValueError:
        return text, False


def _year(digits: str) -> int:
    """A year, also one of two digits: of this century."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def uri(text: str) -> Told | None:
    """An address on the web or any other URI; letters outside ASCII are right too (RFC 3987)."""
    message = _("«{text}» is not an address").format(text=text)
    try:
        parts = urlsplit(text)
    except ValueError:
        return "uri", message, _("write the whole address, such as https://www.example.org")
    if re.search(r"\s", text) or (parts.scheme in ("http", "https") and not parts.netloc):
        return "uri", message, _("write the whole address, without spaces, such as https://www.example.org")
    if not parts.scheme or re.match(r"[\w-]+(\.[\w-]+)+:\d+", text):
        return "uri", message, _write(f"https://{text.lstrip('/')}")
    return None


def email(text: str) -> Told | None:
    """An e-mail address, roughly."""
    if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text):
        return None
    return "email", _("«{text}» is not an e-mail address").format(text=text), _("write it as name@example.org")


def regex(text: str) -> Told | None:
    """A regular expression."""
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        message = _("«{text}» is not a regular expression ({problem})").format(text=text, problem=error)
        return "regex", message, ""
    return None


def file_name(text: str) -> Told | None:
    """A name that a file can have on every system."""
    if _RESERVED.fullmatch(text):
        message = _("«{name}» is a name that Windows keeps for itself").format(name=text)
        return "file-name", message, _("choose another name")
    if re.fullmatch(r"[^\W_]([\w.-]*[\w-])?", text):
        return None
    message = _("«{name}» cannot be the name of a file").format(name=text)
    return "file-name", message, _("use letters, digits, hyphen, underscore and full stop, and begin with a letter")


CHECKS: Mapping[str, Callable[[str], Told | None]] = {
    "date": date,
    "date-or-text": date_or_text,
    "email": email,
    "file-name": file_name,
    "iri": uri,
    "regex": regex,
    "uri": uri,
}
"""The formats, by the names that schemas call them. `date-or-text` and `file-name` are the manifest's own."""
