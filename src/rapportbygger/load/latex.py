"""LaTeX as reference managers and people write it in BibTeX, made fit for pandoc; and addresses freed from it."""

from __future__ import annotations

import re

_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_KNOWN = re.compile(
    r"text(?:it|bf|sc|rm|tt|sf|sl|up|md|normal|sub|super|subscript|superscript|backslash|less|greater|bullet|degree|mu"
    r"|dollar|asciitilde|asciicircum|paragraph|section|copyright|registered|sterling|yen|brokenbar"
    r"|quotesingle|quotedbl|quoteleft|quoteright|quotedblleft|quotedblright|one(?:half|quarter)|threequarters"
    r"|(?:two|three)superior)|emph|em|it|bf|sc|rm|tt|sl|itshape|bfseries|scshape|uline|underline|enquote|mkbib\w+"
    r"|url|href|foreignlanguage|l?dots|ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j|b|c|d|H|k|r|t|u|v|slash|par|S|P|copyright"
    r"|pounds|hspace|vspace|newline|linebreak|nolinebreak|nobreak|allowbreak|noopsort|ensuremath|TeX|LaTeX|lq|rq"
    r"|guillemotleft|guillemotright|guilsinglleft|guilsinglright|quotedblbase|quotesinglbase|hyphen|euro"
)
"""The commands that pandoc reads, or drops as they are meant to be."""
_LETTERS = {
    "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "SS": "ẞ", "dag": "†",
    "ddag": "‡", "quad": " ", "addspace": " ", "textbar": "|", "textunderscore": "\\_", "textendash": "–",
    "textemdash": "—", "textellipsis": "…", "textordfeminine": "ª", "textordmasculine": "º", "texttimes": "×",
    "textdiv": "÷", "texteuro": "€", "texttrademark": "™", "textexclamdown": "¡", "textquestiondown": "¿",
    "textcent": "¢", "textperiodcentered": "·", "textbraceleft": "\\{", "textbraceright": "\\}", "textlnot": "¬",
    "textpm": "±", "textonesuperior": "¹", "textasteriskcentered": "*", "textasciimacron": "¯", "textnumero": "№",
    "textasciiacute": "´", "textasciigrave": "`", "thinspace": " ", "BibTeX": "BibTeX", "LaTeXe": "LaTeX2e",
    "psq": " f.", "psqq": " ff.", "XeTeX": "XeTeX", "XeLaTeX": "XeLaTeX", "LuaTeX": "LuaTeX", "ConTeXt": "ConTeXt",
}  # fmt: skip
_LETTER = re.compile(rf"\\({'|'.join(_LETTERS)})(?![A-Za-z])(\{{\}}| (?=\w))?")
_IDLE = re.compile(r"\\(?:protect|relax|normalfont|upshape|nocase|autocap|mbox|hbox)(?![A-Za-z]) ?")
_SPECIAL = re.compile(r"(?<!\\)((?:\\\\)*)([%&#_^])")
_DOLLAR = re.compile(r"(?<!\\)\$")
_ADDRESS = re.compile(r"\\(url|href|path)\s*\{[^{}]*\}")


def unknown_commands(value: str) -> tuple[str, ...]:
    """The commands in a value that nothing is known about: pandoc would drop them with what they are applied to."""
    outside = "".join(_DOLLAR.split(_IDLE.sub("", _LETTER.sub("", value)))[::2])
    found = (match[1] for match in _COMMAND.finditer(outside))
    return tuple(dict.fromkeys(name for name in found if not _KNOWN.fullmatch(name)))


def readable(value: str) -> str:
    """The value with signs that LaTeX takes for its own (`%`, `&`, `#`) as the text they were meant to be."""
    value = _LETTER.sub(lambda match: _LETTERS[match[1]], _IDLE.sub("", value))
    value = re.sub(r"(\\[A-Za-z]+)?\\ ", lambda match: f"{match[1]}{{}} " if match[1] else " ", value)
    for name in unknown_commands(value):
        value = re.sub(rf"\\{name}(?![A-Za-z])\*?", "", value)
    parts = _DOLLAR.split(value)
    if len(parts) % 2 == 0:  # one that is alone is money
        return "\\$".join(_escaped(part) for part in parts)
    return "$".join(part if at % 2 else _escaped(part) for at, part in enumerate(parts))


def _escaped(text: str) -> str:
    made, end = [], 0
    for match in _ADDRESS.finditer(text):
        made += [_signs(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join((*made, _signs(text[end:])))


def _signs(text: str) -> str:
    return _SPECIAL.sub(lambda match: match[1] + ("\\^{}" if match[2] == "^" else f"\\{match[2]}"), text)


def address(value: str) -> str:
    """A web address or DOI without what LaTeX needs around its signs."""
    bare = re.sub(r"^\\url\s*|[\s]+", "", value)
    bare = re.sub(r"\{?\\text(asciitilde|underscore)(\{\})?\}?", lambda m: "~" if m[1] == "asciitilde" else "_", bare)
    bare = re.sub(r"\{?\$\\sim\$\}?|\\~\{\}", "~", bare)
    return re.sub(r"[{}]", "", re.sub(r"\\([%&#_$~])", r"\1", bare))


def plain(value: str) -> str:
    """A word or a name in a value, without braces, and without what only sorts it."""
    return re.sub(r"[{}]", "", re.sub(r"~(?=\w)", " ", _SORTING.sub("", value))).strip()


_SORTING = re.compile(r"\\noopsort\s*\{[^{}]*\}")


def people(value: str) -> str:
    """Names whose last is «et al.» or «m.fl.», with BibTeX's own word for the others."""
    return _OTHERS.sub(" and others", value)


_OTHERS = re.compile(r"(?:\s+and)?[\s,]+(?:et\.?\s+al|m\.?\s?fl)\.?\s*$", re.IGNORECASE)


def body(value: str) -> str:
    """The name of a publisher with «and» in it (Rowan and Littlefield), which BibLaTeX takes for two."""
    return f"{{{value}}}" if re.search(r"\sand\s", value) else value
