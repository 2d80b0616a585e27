"""A template's settings and languages, as a finished report needs them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lxml import etree

from rapportbygger.template import STANDARD
from rapportbygger.write.docx.ooxml import W, value
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.docx.template_settings import modern
from rapportbygger.write.docx.template_styles import completed
from word_templates import parts, style

_MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def made(settings: str = "", styles: str = "") -> dict[str, bytes]:
    return modern(
        {
            "word/settings.xml": f"<w:settings {_MAIN} {_MATH}>{settings}</w:settings>".encode(),
            "word/styles.xml": f"<w:styles {_MAIN}>{styles}</w:styles>".encode(),
        }
    )


def names(settings: str) -> Sequence[str]:
    return [etree.QName(child).localname for child in etree.fromstring(made(settings)["word/settings.xml"])]


def mode(settings: str) -> list[str | None]:
    found = etree.fromstring(made(settings)["word/settings.xml"]).iter(W + "compatSetting")
    return [s.get(W + "val") for s in found if s.get(W + "name") == "compatibilityMode"]


@pytest.mark.parametrize(
    "settings",
    ["", "<w:compat/>", '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="x" w:val="12"/></w:compat>'],
)
def test_word_opens_it_by_todays_rules(settings: str) -> None:
    assert mode(settings) == ["15"]


def test_old_rules_that_were_chosen_are_kept() -> None:
    assert b"doNotExpandShiftReturn" in made("<w:compat><w:doNotExpandShiftReturn/></w:compat>")["word/settings.xml"]


def test_settings_stand_in_the_order_of_the_schema() -> None:
    given = '<w:zoom w:percent="100"/><m:mathPr/><w:clrSchemeMapping/><w:decimalSymbol w:val=","/>'
    assert names(given) == [
        *("zoom", "compat", "mathPr", "themeFontLang", "clrSchemeMapping", "doNotAutoCompressPictures", "decimalSymbol")
    ]


def test_what_was_true_of_the_template_only_is_left_out() -> None:
    given = '<w:proofState w:spelling="clean"/><w:trackRevisions/><w:documentProtection w:edit="readOnly"/>'
    assert names(given) == ["compat", "themeFontLang", "doNotAutoCompressPictures"]


def test_the_language_is_said_in_one_place() -> None:
    given = "".join(
        style(kind, kind, run='<w:lang w:val="en-US"/>', kind=kind) for kind in ("paragraph", "character", "table")
    )
    finished = modern(completed(parts("<w:p/>", given)))["word/styles.xml"]
    said = [
        (value(place), value(lang))
        for lang in etree.fromstring(finished).iter(W + "lang")
        for place in lang.iterancestors(W + "style", W + "docDefaults")
    ]
    assert said == [("", "nb-NO"), ("", "en-US")]
    assert finished.index(b"nb-NO") < finished.index(b'w:styleId="character"') < finished.index(b"en-US")


def test_nobody_can_see_who_changed_what_when() -> None:
    signed = '<w:style w:type="paragraph" w:styleId="A"><w:rsid w:val="00A1"/></w:style>'
    header = f'<w:hdr {_MAIN}><w:p w:rsidR="00A1" w:rsidRDefault="00A1"/></w:hdr>'.encode()
    whole = modern({**made("<w:rsids/>", signed), "word/header1.xml": header})
    assert [name for name, part in whole.items() if b"rsid" in part] == []


def test_our_own_template_has_it_all() -> None:
    own = read_parts(STANDARD.read_bytes())
    before, after = (etree.fromstring(each["word/settings.xml"]) for each in (own, modern(own)))
    assert [child.tag for child in before] == [child.tag for child in after]
