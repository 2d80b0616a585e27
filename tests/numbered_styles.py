"""Small CSL styles that are not author-date, for tests."""

from __future__ import annotations

_AUTHORS = '<names variable="author"><name initialize-with=". "/></names>'
_SHORT = '<names variable="author"><name form="short"/></names>'
_TITLE = '<text variable="title" font-style="italic"/>'
_YEAR = '<date variable="issued"><date-part name="year"/></date>'
_LOCATOR = '<group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group>'


def _style(name: str, category: str, kind: str, citation: str, bibliography: str) -> str:
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{kind}">\n'
        f"<info><title>{name}</title><id>https://example.org/{name}</id>"
        f'<category citation-format="{category}"/><updated>2026-01-01T00:00:00+00:00</updated></info>\n'
        f"{citation}\n{bibliography}</style>"
    )


NUMERIC = _style(
    "nummer",
    "numeric",
    "in-text",
    '<citation collapse="citation-number"><sort><key variable="citation-number"/></sort>'
    '<layout prefix="[" suffix="]" delimiter=", "><group delimiter=", "><text variable="citation-number"/>'
    f"{_LOCATOR}</group></layout></citation>",
    '<bibliography second-field-align="flush"><layout suffix=".">'
    '<text variable="citation-number" prefix="[" suffix="]"/>'
    f'<group delimiter=", " prefix=" ">{_AUTHORS}{_TITLE}{_YEAR}</group></layout></bibliography>',
)

NOTES = _style(
    "noter",
    "note",
    "note",
    '<citation><layout suffix="." delimiter="; "><choose>'
    f'<if position="ibid-with-locator"><text value="samme sted, "/>{_LOCATOR}</if>'
    '<else-if position="ibid"><text value="samme sted"/></else-if>'
    f'<else-if position="subsequent"><group delimiter=", ">{_SHORT}'
    f'<text variable="first-reference-note-number" prefix="note "/>{_LOCATOR}</group></else-if>'
    f'<else><group delimiter=", ">{_AUTHORS}{_TITLE}{_YEAR}{_LOCATOR}</group></else>'
    "</choose></layout></citation>",
    f'<bibliography><layout suffix="."><group delimiter=", ">{_AUTHORS}{_TITLE}</group></layout></bibliography>',
)

LABELS = _style(
    "merker",
    "label",
    "in-text",
    '<citation><layout prefix="[" suffix="]" delimiter=", "><text variable="citation-label"/></layout></citation>',
    f'<bibliography><layout delimiter=" "><text variable="citation-label"/>{_TITLE}</layout></bibliography>',
)

POSITIONS = _style(
    "forfatter-ar",
    "author-date",
    "in-text",
    f'<citation><layout prefix="(" suffix=")"><choose><if position="ibid"><text value="samme"/></if>'
    f'<else><group delimiter=" ">{_SHORT}{_YEAR}</group></else></choose></layout></citation>',
    f"<bibliography><layout>{_AUTHORS}</layout></bibliography>",
)
