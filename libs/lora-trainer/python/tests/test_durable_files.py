from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from lora_trainer.durable_files import in_file_order, replace_durably, safetensors_bytes, tensor_bytes, write_durably
from safetensors import safe_open
from safetensors.torch import load, save

NAMES = st.text(min_size=1, max_size=12).filter(lambda name: name != "__metadata__" and name.isprintable())
TENSORS = st.dictionaries(
    NAMES,
    st.tuples(st.lists(st.integers(0, 3), max_size=3), st.sampled_from([torch.float32, torch.float16])),
    max_size=6,
).map(lambda specs: {name: torch.full(tuple(shape), 1.5, dtype=dtype) for name, (shape, dtype) in specs.items()})


@given(TENSORS, st.dictionaries(NAMES, st.text(), max_size=4))
def test_the_library_reads_what_is_written(tensors: dict[str, torch.Tensor], metadata: dict[str, str]) -> None:
    read = load(safetensors_bytes(tensors, metadata))
    assert read.keys() == tensors.keys()
    assert all(torch.equal(read[name], tensor) and read[name].dtype is tensor.dtype for name, tensor in tensors.items())


@given(TENSORS)
def test_tensors_lie_as_the_library_lays_them(tensors: dict[str, torch.Tensor]) -> None:
    theirs = save(tensors)
    assert theirs.endswith(tensor_bytes(tensors))
    assert in_file_order(tensors) == in_file_order(dict(reversed(tensors.items())))


def test_same_content_has_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    tensors = {"b": torch.ones(2), "a": torch.zeros(3, dtype=torch.float16)}
    metadata = {f"key{place}": str(place) for place in range(20)}
    content = safetensors_bytes(tensors, metadata)
    assert content == safetensors_bytes(dict(reversed(tensors.items())), dict(reversed(metadata.items())))
    path = tmp_path / "file.safetensors"
    write_durably(path, content)
    with safe_open(path, framework="pt") as opened:
        assert opened.metadata() == metadata


def test_new_file_does_not_overwrite_but_replacing_does(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert write_durably(path, b"one").bytes == 3
    with pytest.raises(FileExistsError):
        write_durably(path, b"two")
    replace_durably(path, b"three")
    assert path.read_bytes() == b"three"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
