"""Compiles the message catalogues (.po) of src/rapportbygger/locale to .mo.

Run by hatchling for every wheel and editable install; by hand: `python tools/hatch_build.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:
    BuildHookInterface = object

LOCALE = Path(__file__).parent.parent / "src" / "rapportbygger" / "locale"


def compile_catalogues() -> None:
    """Write <language>/LC_MESSAGES/rapportbygger.mo beside each .po."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3])
        with source.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)


class CatalogueHook(BuildHookInterface):  # type: ignore[misc]
    """hatchling's hook: the catalogues are compiled before the files are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        compile_catalogues()


if __name__ == "__main__":
    compile_catalogues()
