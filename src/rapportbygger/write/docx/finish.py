"""The last of a Word file: its language, settings, fonts, properties and content types."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from lxml import etree

from rapportbygger import __version__
from rapportbygger.fonts import Fonts
from rapportbygger.language import labels
from rapportbygger.model import Metadata
from rapportbygger.theme.markup import TYPES
from rapportbygger.write.docx import embed, ooxml
from rapportbygger.write.docx.ooxml import W
from rapportbygger.write.docx.package import Parts, write_parts

# What stands before embedTrueTypeFonts in the settings (17.15.1.78).
_BEFORE_EMBEDDING = (
    "writeProtection",
    "view",
    "zoom",
    "removePersonalInformation",
    "removeDateAndTime",
    "doNotDisplayPageBoundaries",
    "displayBackgroundShape",
    "printPostScriptOverText",
    "printFractionalCharacterWidth",
    "printFormsData",
)


def finish(parts: Parts, metadata: Metadata, fonts: Fonts, date: int) -> bytes:
    """The finished file. `date` (seconds since 1970) is when it says it was made."""
    language = labels(metadata.lang).bcp47
    whole = embed.embedded(parts, fonts)
    whole["word/settings.xml"] = _settings(whole["word/settings.xml"], frozenset(whole), language)
    whole["word/styles.xml"] = _with_language(whole["word/styles.xml"], language)
    whole["docProps/core.xml"] = _core(metadata, language, date)
    whole["docProps/app.xml"] = ooxml.application_properties(f"rapportbygger {__version__}")
    whole["[Content_Types].xml"] = _content_types(whole["[Content_Types].xml"], frozenset(whole))
    return write_parts(whole)


def _core(metadata: Metadata, language: str, date: int) -> bytes:
    made = datetime.fromtimestamp(date, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return ooxml.core_properties(
        title=metadata.title,
        subject=metadata.subtitle,
        creator=", ".join(metadata.authors),
        keywords=", ".join(metadata.keywords),
        description=metadata.description,
        language=language,
        created=made,
        modified=made,
    )


@lru_cache(maxsize=16)
def _with_language(styles: bytes, language: str) -> bytes:
    """The document's language where Word's proofing looks for it: in the defaults of all styles."""
    root = etree.fromstring(styles)
    for lang in root.iterfind(f"{W}docDefaults//{W}lang"):
        lang.set(W + "val", language)
    return ooxml.serialise(root)


@lru_cache(maxsize=16)
def _settings(settings: bytes, parts: frozenset[str], language: str) -> bytes:
    """The template's settings, without what would make Word ask or update, or speaks of what is not there."""
    root = etree.fromstring(settings)
    for story in ("footnote", "endnote"):
        for notes in root.findall(f"{W}{story}Pr") if f"word/{story}s.xml" not in parts else ():
            root.remove(notes)
    for name in (
        "updateFields",
        "attachedTemplate",
        "rsids",
        "embedTrueTypeFonts",
        "saveSubsetFonts",
        "autoHyphenation",
    ):
        for old in root.findall(W + name):
            root.remove(old)
    for lang in root.findall(W + "themeFontLang"):
        lang.set(W + "val", language)
    if embed.RELATIONS in parts:
        at = sum(etree.QName(child).localname in _BEFORE_EMBEDDING for child in root)
        root.insert(at, etree.Element(W + "embedTrueTypeFonts"))
    return ooxml.serialise(root)


@lru_cache(maxsize=16)
def _content_types(types: bytes, parts: frozenset[str]) -> bytes:
    """The types of all parts, and none of a part that is not there."""
    root = etree.fromstring(types)
    known = {child.get("PartName", "").lstrip("/"): child for child in root}
    for name, child in known.items():
        if name and name not in parts:
            root.remove(child)
    endings = {child.get("Extension", "").lower() for child in root}
    for ending, kind in embed.content_types(parts).items():
        if ending not in endings:
            root.insert(0, etree.Element(TYPES + "Default", Extension=ending, ContentType=kind))
    return ooxml.serialise(root)
