"""Messages in the user's language: gettext with the package's own catalogues.

The catalogue is chosen once, by `cli`, with `use`; until then messages are English.
"""

from __future__ import annotations

import gettext as _gettext
import sys
from collections.abc import Mapping
from pathlib import Path

DOMAIN = "rapportbygger"
LOCALE = Path(__file__).parent / "locale"
_CATALOGUES = {"nb": "nb", "no": "nb", "nn": "nb"}

_current: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def wanted(environment: Mapping[str, str]) -> str:
    """The language to speak: RAPPORTBYGGER_LANG, else what the locale says; `en` where nothing does."""
    for name in ("RAPPORTBYGGER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return environment[name]
    return _windows_language() if sys.platform == "win32" else "en"


def _windows_language() -> str:
    import locale

    name = locale.getlocale()[0] or "en"
    return "nb" if name.casefold().startswith("norwegian") else name


def use(language: str) -> None:
    """Speak `language` (`nb_NO.UTF-8`, `nn`, `en`) from now on; English where there is no catalogue for it."""
    global _current, _language  # noqa: PLW0603 - the process speaks one language, chosen at its boundary
    _language = language
    name = catalogue(language)
    _current = _gettext.translation(DOMAIN, LOCALE, [name], fallback=True) if name else _gettext.NullTranslations()


def language() -> str:
    """The language in use, for `use` in another process."""
    return _language


def catalogue(language: str) -> str | None:
    """The catalogue for a language, or None where its messages are the English ones of the code."""
    return _CATALOGUES.get(language.replace("-", "_").split("_")[0].split(".")[0].lower())


def _(message: str) -> str:
    """The message in the language in use."""
    return _current.gettext(message)


def translated(text: str) -> str:
    """Text that does not stand in the code (the manifest's schema) in the language in use; as it is where unknown."""
    return _current.gettext(text) if text else ""


def counted(singular: str, plural: str, n: int) -> str:
    """The message for `n` things in the language in use."""
    return _current.ngettext(singular, plural, n)
