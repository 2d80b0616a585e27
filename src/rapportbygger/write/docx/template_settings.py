"""A template's settings as a finished report needs them: today's rules of layout, and a language in one place only."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from rapportbygger.theme.markup import PACKAGE, TYPES, tree
from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import Element, M, R, W, parent, value
from rapportbygger.write.docx.package import Parts

_SETTINGS, _STYLES = "word/settings.xml", "word/styles.xml"
_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_RELATION = f"{R[1:-1]}/settings"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"
_WORD = "http://schemas.microsoft.com/office/word"
# What Word 2013 and later say of a new document (MS-DOCX, 2.4.1 and on).
_COMPATIBILITY = {
    "compatibilityMode": "15",
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "1",
}
# What stands behind the rules of compatibility, and behind the one about pictures, in the settings (17.15.1.78).
_LAST = ("captions", "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags")
_BEHIND_PICTURES = ("forceUpgrade", *_LAST, "decimalSymbol", "listSeparator")
_BEHIND_COMPATIBILITY = (
    *(
        "docVars",
        "rsids",
        "mathPr",
        "attachedSchema",
        "themeFontLang",
        "clrSchemeMapping",
        "doNotIncludeSubdocsInStats",
    ),
    *("doNotAutoCompressPictures", *_BEHIND_PICTURES),
)
_NOT_OURS = ("proofState", "trackRevisions", "documentProtection", "writeProtection", "mailMerge")
"""What was true of the template while somebody worked at it: that it was proofread, or must not be changed."""


def modern(parts: Parts) -> dict[str, bytes]:
    """The parts with settings that keep Word from compatibility mode, from blurring pictures and from old proofing.

    The language of the text is said in the defaults of all styles, where `finish` puts the report's: a style that says
    another (Word writes that of the designer's keyboard) would have every word in it marked as wrong. Character styles
    keep theirs: they are made for words in another language. What Word notes of who changed what when (17.15.1.72) is
    left out.
    """
    clean = {name: _unsigned(data) for name, data in parts.items() if name.endswith(".xml") and b"rsid" in data}
    whole = {**parts, **clean}
    return {**whole, _SETTINGS: _with_rules(whole[_SETTINGS]), _STYLES: _with_one_language(whole[_STYLES])}


def with_settings(parts: Parts) -> Parts:
    """The parts with settings that say nothing, where a template has none."""
    if _SETTINGS in parts:
        return parts
    relations, types = tree(parts[_RELATIONS]), tree(parts[_TYPES])
    for relation in [each for each in relations if each.get("Type") == _RELATION]:
        relations.remove(relation)
    etree.SubElement(
        relations, f"{PACKAGE}Relationship", Id="settings", Type=_RELATION, Target=_SETTINGS.removeprefix("word/")
    )
    if all(each.get("PartName") != f"/{_SETTINGS}" for each in types):
        etree.SubElement(types, f"{TYPES}Override", PartName=f"/{_SETTINGS}", ContentType=_TYPE)
    settings = etree.Element(W + "settings", nsmap={"w": W[1:-1]})
    made = {_SETTINGS: settings, _RELATIONS: relations, _TYPES: types}
    return {**parts, **{name: ooxml.serialise(root) for name, root in made.items()}}


@lru_cache(maxsize=32)
def _unsigned(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for element in list(root.iter(W + "rsid", W + "rsids")):
        parent(element).remove(element)
    for element in root.iter():
        for name in [name for name in element.attrib if str(name).startswith(W + "rsid")]:
            del element.attrib[name]
    return ooxml.serialise(root)


@lru_cache(maxsize=8)
def _with_rules(settings: bytes) -> bytes:
    root = etree.fromstring(settings)
    for name in _NOT_OURS:
        for old in root.findall(W + name):
            root.remove(old)
    rules = root.find(W + "compat")
    if rules is None:
        rules = _inserted(root, "compat", _BEHIND_COMPATIBILITY)
    for setting in rules.findall(W + "compatSetting"):
        if value(setting, "name") in _COMPATIBILITY:
            rules.remove(setting)
    for name, said in _COMPATIBILITY.items():
        etree.SubElement(rules, W + "compatSetting", {W + "name": name, W + "uri": _WORD, W + "val": said})
    if root.find(W + "doNotAutoCompressPictures") is None:
        _inserted(root, "doNotAutoCompressPictures", _BEHIND_PICTURES)
    if root.find(W + "themeFontLang") is None:
        language = _inserted(
            root, "themeFontLang", _BEHIND_COMPATIBILITY[_BEHIND_COMPATIBILITY.index("clrSchemeMapping") :]
        )
        language.set(W + "val", "nb-NO")
    return ooxml.serialise(root)


def _inserted(root: Element, name: str, before: tuple[str, ...]) -> Element:
    """A new setting in front of those that the schema has behind it, the extensions of later Words among them."""
    behind = [i for i, child in enumerate(root) if not _is_before(child, before)]
    new = etree.Element(W + name)
    root.insert(behind[0] if behind else len(root), new)
    return new


def _is_before(child: Element, later: tuple[str, ...]) -> bool:
    name = etree.QName(child)
    return f"{{{name.namespace}}}" in (W, M) and name.localname not in later


@lru_cache(maxsize=8)
def _with_one_language(styles: bytes) -> bytes:
    root = etree.fromstring(styles)
    others = (style for style in root.findall(W + "style") if value(style, "type") != "character")
    for lang in [lang for style in others for lang in style.findall(f"{W}rPr/{W}lang")]:
        parent(lang).remove(lang)
    return ooxml.serialise(root)
