"""The table of ligatures, as fontTools reads it."""

from fontTools.ttLib import TTFont, newTable

from rapportbygger.charts.ligatures import Row, ligature_table


def _read(data: bytes) -> dict[str, list[tuple[list[str], str]]]:
    font = TTFont()
    font.setGlyphOrder([".notdef", *"abcdefgh"])
    table = newTable("GSUB")
    table.decompile(data, font)
    (lookup,) = table.table.LookupList.Lookup
    found = lookup.SubTable[0].ligatures.items()
    return {first: [(ligature.Component, ligature.LigGlyph) for ligature in all_of] for first, all_of in found}


def test_a_row_is_another_glyph() -> None:
    assert _read(ligature_table({(1, 2): 3})) == {"a": [(["b"], "c")]}


def test_a_longer_row_goes_before_what_it_begins_with() -> None:
    ligatures: dict[Row, int] = {(1, 1): 3, (2, 1): 7, (1, 1, 1): 5, (1, 2): 8}

    assert _read(ligature_table(ligatures)) == {
        "a": [(["a", "a"], "e"), (["a"], "c"), (["b"], "h")],
        "b": [(["a"], "g")],
    }


def test_it_is_used_in_every_language() -> None:
    font = TTFont()
    font.setGlyphOrder([".notdef", *"abc"])
    table = newTable("GSUB")
    table.decompile(ligature_table({(1, 2): 3}), font)
    (script,) = table.table.ScriptList.ScriptRecord
    (feature,) = table.table.FeatureList.FeatureRecord

    assert (script.ScriptTag, script.Script.DefaultLangSys.FeatureIndex) == ("DFLT", [0])
    assert (feature.FeatureTag, feature.Feature.LookupListIndex) == ("liga", [0])
