"""Word templates as others make them: small builders for tests, each giving the parts of a file by name."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:a="{_A}" xmlns:wp="{_WP}" xmlns:pic="{_PIC}" xmlns:mc="{_MC}" '
    f'xmlns:wps="{_WPS}"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" '
    'w:header="708" w:footer="708" w:gutter="0"/>'
)


def p(text: str = "", style: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def style(
    ident: str, name: str, properties: str = "", run: str = "", based_on: str = "", *, kind: str = "paragraph"
) -> str:
    """A style as Word saves it."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    default = ' w:default="1"' if name in ("Normal", "Default Paragraph Font", "Normal Table", "No List") else ""
    ppr = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    rpr = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:style w:type="{kind}"{default} w:styleId="{ident}"><w:name w:val="{name}"/>{base}{ppr}{rpr}</w:style>'


def field(instruction: str, result: str = "1") -> str:
    """A complex field of runs."""
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{marks['begin']}{code}{marks['separate']}<w:r><w:t>{result}</w:t></w:r>{marks['end']}"


def png(width: int = 8, height: int = 8, colour: tuple[int, int, int] = (0, 74, 111)) -> bytes:
    """A picture of one colour."""
    rows = (b"\0" + bytes(colour) * width) * height

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _picture(relation: str, cx: int, cy: int) -> str:
    return (
        f'<a:graphic><a:graphicData uri="{_PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="x"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
    )


def inline(relation: str, cx: int, cy: int, description: str = "") -> str:
    """A run with a picture in the line; sizes in EMU."""
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="1" name="x" descr="{description}"/>{_picture(relation, cx, cy)}</wp:inline></w:drawing></w:r>'
    )


def floating(
    relation: str,
    cx: int,
    cy: int,
    *,
    x: str = "<wp:posOffset>0</wp:posOffset>",
    y: str = "<wp:posOffset>0</wp:posOffset>",
    around: tuple[str, str] = ("page", "page"),
    behind: bool = True,
    wrap: str = "<wp:wrapNone/>",
) -> str:
    """A run with a floating picture."""
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
        f'behindDoc="{int(behind)}" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{around[0]}">{x}</wp:positionH>'
        f'<wp:positionV relativeFrom="{around[1]}">{y}</wp:positionV><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}<wp:docPr id="2" name="y"/>{_picture(relation, cx, cy)}'
        "</wp:anchor></w:drawing></w:r>"
    )


# ----------------------------------------------------------------------------------------------------- a whole template


def parts(
    body: str,
    styles: str,
    *,
    settings: str = "",
    theme: str = "",
    stories: Mapping[str, str] | None = None,
    media: Mapping[str, bytes] | None = None,
    numbering: str = "",
) -> dict[str, bytes]:
    """The parts of a template: `stories` are headers and footers by name (header1), `media` pictures (logo.png).

    Each is related to the document, and each picture to every story, under its name without the ending.
    """
    stories, media = stories or {}, media or {}
    out = {
        "document": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "styles": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "settings": f"<w:settings {NAMESPACES}>{settings}{_COMPATIBILITY}</w:settings>",
        "fontTable": f"<w:fonts {NAMESPACES}/>",
    }
    out |= {"numbering": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"} if numbering else {}
    for name, story in stories.items():
        tag = "hdr" if name.startswith("header") else "ftr"
        out[name] = f"<w:{tag} {NAMESPACES}>{story}</w:{tag}>"
    out |= {"theme/theme1": theme} if theme else {}
    found = {f"word/{name}.xml": text.encode() for name, text in out.items()}
    found |= {f"word/media/{name}": data for name, data in media.items()}
    pictures = [(name.partition(".")[0], "image", f"media/{name}") for name in media]
    own = [(name.partition("/")[0], _kind(name), f"{name}.xml") for name in out if name != "document"]
    found["word/_rels/document.xml.rels"] = _relations([*own, *pictures])
    found |= {f"word/_rels/{name}.xml.rels": _relations(pictures) for name in stories}
    found["_rels/.rels"] = _relations([("rId1", "officeDocument", "word/document.xml")])
    return {"[Content_Types].xml": _types(found), **found}


_COMPATIBILITY = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
)


def _kind(name: str) -> str:
    return name.partition("/")[0].rstrip("0123456789")


def _relations(relations: list[tuple[str, str, str]]) -> bytes:
    inside = "".join(f'<Relationship Id="{i}" Type="{_R}/{kind}" Target="{target}"/>' for i, kind, target in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'.encode()


def _types(names: Mapping[str, bytes]) -> bytes:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {
        "document": f"{word}.document.main+xml",
        "theme1": "application/vnd.openxmlformats-officedocument.theme+xml",
    }
    inside = "".join(
        f'<Override PartName="/{name}" ContentType="{kinds.get(stem, f"{word}.{_kind(stem)}+xml")}"/>'
        for name in names
        if name.endswith(".xml")
        for stem in [name.rpartition("/")[2][:-4]]
    )
    endings = (("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("png", "image/png"))
    defaults = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in endings)
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{inside}</Types>'.encode()


def saved(made: Mapping[str, bytes], path: Path) -> Path:
    """The parts as a file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    return path


def office_theme(major: str = "Calibri Light", minor: str = "Calibri") -> str:
    """A theme with Office's colours and two fonts."""
    names = "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink"
    codes = "000000 FFFFFF 44546A E7E6E6 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72"
    colours = dict(zip(names.split(), codes.split(), strict=True))
    scheme = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in colours.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind, font in (("major", major), ("minor", minor))
    )
    fills = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    lines = '<a:ln><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    formats = (
        f'<a:fmtScheme name="Office"><a:fillStyleLst>{fills}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fills}</a:bgFillStyleLst></a:fmtScheme>"
    )
    return (
        f'<a:theme xmlns:a="{_A}" name="Office"><a:themeElements><a:clrScheme name="Office">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Office">{fonts}</a:fontScheme>{formats}</a:themeElements></a:theme>'
    )


# ------------------------------------------------------------------------------------------- as Norwegian Word saves it

_THEMED = (
    '<w:rFonts w:asciiTheme="{0}HAnsi" w:eastAsiaTheme="{0}EastAsia" w:hAnsiTheme="{0}HAnsi" w:cstheme="{0}Bidi"/>'
)
_BLUE = '<w:color w:val="2F5496" w:themeColor="accent1" w:themeShade="BF"/>'


def _heading(level: int, size: int, before: int) -> str:
    own = f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="0"/><w:outlineLvl w:val="{level - 1}"/>'
    run = f'{_THEMED.format("major")}{_BLUE}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return style(f"Overskrift{level}", f"heading {level}", own, run, "Normal")


NORWEGIAN_STYLES = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{_THEMED.format("minor")}<w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="nb-NO" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    + style("Normal", "Normal")
    + _heading(1, 32, 240)
    + _heading(2, 26, 40)
    + _heading(3, 24, 40)
    + style("Standardskriftforavsnitt", "Default Paragraph Font", kind="character")
    + style("Vanligtabell", "Normal Table", kind="table").replace(
        "</w:style>",
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" '
        'w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "</w:style>",
    )
    + style("Ingenliste", "No List", kind="numbering")
    + style(
        "Tittel",
        "Title",
        '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:contextualSpacing/>',
        f'{_THEMED.format("major")}<w:spacing w:val="-10"/><w:kern w:val="28"/><w:sz w:val="56"/>',
        "Normal",
    )
    + style("Undertittel", "Subtitle", "", '<w:color w:val="5A5A5A" w:themeColor="text1" w:themeTint="A5"/>', "Normal")
    + style("Brdtekst", "Body Text", '<w:spacing w:after="120"/>', "", "Normal")
    + style(
        "Bildetekst",
        "caption",
        '<w:spacing w:after="200" w:line="240" w:lineRule="auto"/>',
        '<w:i/><w:iCs/><w:color w:val="44546A" w:themeColor="text2"/><w:sz w:val="18"/>',
        "Normal",
    )
    + style("INNH1", "toc 1", '<w:spacing w:after="100"/>', "", "Normal")
    + style("INNH2", "toc 2", '<w:spacing w:after="100"/><w:ind w:left="220"/>', "", "Normal")
    + style("Overskriftforinnholdsfortegnelse", "TOC Heading", '<w:outlineLvl w:val="9"/>', "", "Overskrift1")
    + style(
        "Fotnotetekst",
        "footnote text",
        '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
        '<w:sz w:val="20"/>',
        "Normal",
    )
    + style(
        "Fotnotereferanse",
        "footnote reference",
        "",
        '<w:vertAlign w:val="superscript"/>',
        "Standardskriftforavsnitt",
        kind="character",
    )
    + style("Listeavsnitt", "List Paragraph", '<w:ind w:left="720"/><w:contextualSpacing/>', "", "Normal")
    + style(
        "Sitat",
        "Quote",
        '<w:spacing w:before="200"/><w:ind w:left="864" w:right="864"/><w:jc w:val="center"/>',
        '<w:i/><w:iCs/><w:color w:val="404040" w:themeColor="text1" w:themeTint="BF"/>',
        "Normal",
    )
    + style(
        "Hyperkobling",
        "Hyperlink",
        "",
        '<w:color w:val="0563C1" w:themeColor="hyperlink"/><w:u w:val="single"/>',
        "Standardskriftforavsnitt",
        kind="character",
    )
    + style(
        "Topptekst",
        "header",
        '<w:tabs><w:tab w:val="center" w:pos="4536"/><w:tab w:val="right" w:pos="9072"/></w:tabs>'
        '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
        "",
        "Normal",
    )
    + style(
        "Bunntekst",
        "footer",
        '<w:tabs><w:tab w:val="center" w:pos="4536"/><w:tab w:val="right" w:pos="9072"/></w:tabs>'
        '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
        "",
        "Normal",
    )
)


def control(content: str) -> str:
    """A content control around paragraphs, as Word's own covers have them."""
    return f'<w:sdt><w:sdtPr><w:alias w:val="Tittel"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def norwegian(styles: str = NORWEGIAN_STYLES, major: str = "Calibri Light", minor: str = "Calibri") -> dict[str, bytes]:
    """A template as Norwegian Word saves it, its cover made of content controls."""
    cover = control(
        control(p("{{ title }}", "Tittel", '<w:spacing w:before="4000"/>')) + p("{{ subtitle }}", "Undertittel")
    )
    section = (
        '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        f'<w:footerReference w:type="default" r:id="footer1"/>{PAGE}<w:titlePg/></w:sectPr></w:pPr></w:p>'
    )
    tab = "<w:r><w:tab/></w:r>"
    chapter = field("STYLEREF &quot;Overskrift 1&quot;", "Kap")
    header = f'<w:p><w:pPr><w:pStyle w:val="Topptekst"/></w:pPr><w:r><w:t>Kommunen</w:t></w:r>{tab * 2}{chapter}</w:p>'
    number = f'<w:r><w:t xml:space="preserve">Side </w:t></w:r>{field("PAGE")}'
    footer = f'<w:p><w:pPr><w:pStyle w:val="Bunntekst"/><w:jc w:val="right"/></w:pPr>{number}</w:p>'
    return parts(
        cover + section + f"<w:sectPr>{PAGE}</w:sectPr>",
        styles,
        theme=office_theme(major, minor),
        stories={"header1": header, "footer1": footer},
    )
