from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lora_trainer.schema_check import schema_faults

PROTOCOL = Path(__file__).parents[1] / "lora_trainer" / "protocol"
SAMPLES = Path(__file__).parent / "event-samples.jsonl"
EVENTS = json.loads((PROTOCOL / "train-event.schema.json").read_text())


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 3}, [1, 3, 2.0], [0, 4, 1.5, True, "1", None]),
        ({"type": "number", "exclusiveMinimum": 0}, [0.1, 5], [0, -1, float("nan"), float("inf")]),
        ({"type": "string", "minLength": 1, "maxLength": 2, "pattern": "^a"}, ["a", "ab"], ["", "abc", "ba", 1]),
        ({"type": "string", "pattern": "^[0-9a-f]{2}$"}, ["0f"], ["0f\n", "0g", "0ff"]),
        ({"type": ["number", "null"]}, [1, None], ["1", []]),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, ["a", None], [1, {}]),
        (
            {"type": "array", "items": {"type": "boolean"}, "minItems": 1, "maxItems": 2},
            [[True]],
            [[], [1], [True] * 3],
        ),
        ({"enum": ["a", "b"]}, ["a"], ["c", 1]),
        ({"const": 1}, [1], [2, "1"]),
        (
            {
                "type": "object",
                "properties": {"a": {"type": "null"}},
                "required": ["a"],
                "additionalProperties": False,
            },
            [{"a": None}],
            [{}, {"a": None, "b": 1}, {"a": 1}, []],
        ),
        (
            {"type": "object", "propertyNames": {"pattern": "^a"}, "additionalProperties": {"type": "string"}},
            [{}, {"ab": "x"}],
            [{"b": "x"}, {"a": 1}],
        ),
    ],
)
def test_tells_good_values_from_bad_ones(schema: dict[str, object], good: list[object], bad: list[object]) -> None:
    assert [value for value in good if list(schema_faults(schema, value))] == []
    assert [value for value in bad if not list(schema_faults(schema, value))] == []


def test_names_every_fault_with_its_place() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "array", "items": {"type": "integer"}}}, "required": ["b"]}
    assert list(schema_faults(schema, {"a": [1, "x", None]})) == [
        ".a[1]: must be of type integer, is 'x'",
        ".a[2]: must be of type integer, is None",
        ".b: is missing",
    ]


def test_refuses_a_keyword_that_it_does_not_read() -> None:
    with pytest.raises(ValueError, match="multipleOf"):
        list(schema_faults({"multipleOf": 2}, 3))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_no_other_value_is_an_event(value: object) -> None:
    assert list(schema_faults(EVENTS, value))


def test_samples_are_one_of_every_event() -> None:
    samples = [json.loads(line) for line in SAMPLES.read_text().splitlines()]
    assert [fault for sample in samples for fault in schema_faults(EVENTS, sample)] == []
    kinds = [alternative["properties"]["type"]["const"] for alternative in EVENTS["oneOf"]]
    assert [sample["type"] for sample in samples] == kinds


@given(st.sampled_from(SAMPLES.read_text().splitlines()), st.data())
def test_a_sample_without_one_of_its_fields_is_no_event(line: str, data: st.DataObject) -> None:
    sample = json.loads(line)
    del sample[data.draw(st.sampled_from(sorted(sample)))]
    assert list(schema_faults(EVENTS, sample))
