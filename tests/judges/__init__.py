"""Judges of a built file. Each takes a path and returns what is wrong, as text; an empty list is a good file.

    assert judges.structure(path) == []

Judges from outside Python may be missing: `judges.require("ooxml-validator")` skips the test then, or fails it in CI.
"""

from judges.outside import (
    available,
    libreoffice_converted,
    libreoffice_pdf,
    openxml_audit,
    outloud,
    page_validation,
    require,
    sdk_validator,
)
from judges.structure import CHECKS, structure

__all__ = [
    "CHECKS",
    "available",
    "libreoffice_converted",
    "libreoffice_pdf",
    "openxml_audit",
    "outloud",
    "page_validation",
    "require",
    "sdk_validator",
    "structure",
]
