"""What is surely valid is valid by jsonschema, and what municipalities usually deliver is surely valid."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from rapportbygger import load
from rapportbygger.validate.schema_problems import _validator
from rapportbygger.validate.surely_valid import is_surely_valid

DAYS = ("2021-02-30", "2021-03-19")
VALUES: tuple[Any, ...] = (None, True, False, 0, 1, -3, 2.0, 0.5, "", "a", "ab", *DAYS, [], ["a", "a"], [1, True], {})
TYPES = ("string", "integer", "number", "boolean", "array", "object", "null")
NAMES = ("a", "b", "c")
SAID: dict[str, tuple[Any, ...]] = {
    "type": (*TYPES, ["string", "integer"], ["null", "array"]),
    "enum": (["a", "ab"], [1, "a"], [True, None], []),
    "required": (["a"], ["a", "b"], []),
    "additionalProperties": (False, True),
    "uniqueItems": (True, False),
    "pattern": ("^a", "b$", "^[0-9]"),
    "format": ("date", "uri", "date-or-text", "unknown"),
    "title": ("A",),
    "const": ("a", 1),
    "multipleOf": (2,),
    "prefixItems": ([{"type": "string"}],),
    "patternProperties": ({"^a": {"type": "string"}},),
    **dict.fromkeys(("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"), (0, 1, 2)),
}


def any_value(dice: random.Random, depth: int = 2) -> Any:
    if depth and dice.random() < 0.4:
        return [any_value(dice, depth - 1) for _each in range(dice.randrange(3))]
    if depth and dice.random() < 0.6:
        return {name: any_value(dice, depth - 1) for name in NAMES if dice.random() < 0.5}
    return dice.choice(VALUES)


def any_schema(dice: random.Random, depth: int = 2) -> Any:
    if dice.random() < 0.03:
        return dice.choice((True, False))
    names = dice.sample(sorted(SAID), dice.choice((0, 1, 1, 2, 3)))
    schema = {name: dice.choice(SAID[name]) for name in names}
    if depth and dice.random() < 0.5:
        schema["properties"] = {name: any_schema(dice, depth - 1) for name in NAMES if dice.random() < 0.6}
    if depth and dice.random() < 0.4:
        schema["items"] = any_schema(dice, depth - 1)
    return schema


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_wrong_with_what_is_surely_valid(seed: int) -> None:
    dice = random.Random(seed)
    sure = 0
    for _case in range(2000):
        schema, value = any_schema(dice), any_value(dice)
        if is_surely_valid(value, schema):
            sure += 1
            assert not list(_validator(schema).iter_errors(value)), (schema, value)
    assert sure > 200


def test_what_most_municipalities_deliver_is_surely_valid() -> None:
    sources, _problems = load.sources(Path(__file__).parents[1])
    assert sources
    assert sources.schema
    sure = [is_surely_valid(each.value, sources.schema.value) for each in sources.municipalities]
    assert sum(sure) > len(sure) / 2


@pytest.mark.parametrize(
    "schema",
    [{"$ref": "#/$defs/a"}, {"properties": {"a": {"$schema": "http://json-schema.org/draft-03/schema#"}}}, {"not": {}}],
)
def test_nothing_is_sure_where_a_schema_says_more_than_is_known(schema: dict[str, Any]) -> None:
    assert not is_surely_valid({"a": "a"}, schema)


@pytest.mark.parametrize(
    ("schema", "sure"),
    [
        ({"properties": {"a": {"type": "string"}}}, True),
        ({"properties": {"a": {"type": "string"}}, "required": ["a"]}, False),
        ({"properties": {"a": {"$ref": "#/$defs/nowhere"}}}, False),
    ],
)
def test_a_field_may_be_left_empty_that_may_be_left_out(schema: dict[str, Any], *, sure: bool) -> None:
    assert is_surely_valid({"a": None}, schema) is sure
