"""Files that are on the disk when the function returns, and safetensors with the same bytes for the same content."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

DTYPE_NAMES: Final = {torch.float32: "F32", torch.float16: "F16"}


@dataclass(frozen=True)
class Written:
    """Size and digest of a file that was written."""

    bytes: int
    sha256: str


def write_durably(path: Path, content: bytes) -> Written:
    """Write a new file and wait for the disk; OSError, and no promise about the file, if that fails."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Written(len(content), hashlib.sha256(content).hexdigest())


def replace_durably(path: Path, content: bytes) -> None:
    """Replace a file: after a crash the old or the new content is there."""
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    write_durably(partial, content)
    partial.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def tensor_bytes(tensors: Mapping[str, Tensor]) -> bytes:
    """The data region of a safetensors file: tensors in the order of `in_file_order`."""
    return b"".join(_bytes_of(tensors[name]) for name in in_file_order(tensors))


def in_file_order(tensors: Mapping[str, Tensor]) -> list[str]:
    """Wider numbers first, then by name, as the safetensors library sorts."""
    return sorted(tensors, key=lambda name: (-tensors[name].element_size(), name))


def safetensors_bytes(tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> bytes:
    """A safetensors file of float tensors. The library writes metadata in no fixed order; this sorts them."""
    header: dict[str, object] = {"__metadata__": dict(sorted(metadata.items()))}
    offset = 0
    for name in in_file_order(tensors):
        tensor = tensors[name]
        end = offset + tensor.numel() * tensor.element_size()
        entry = {"dtype": DTYPE_NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, end]}
        header[name] = entry
        offset = end
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + tensor_bytes(tensors)


def _bytes_of(tensor: Tensor) -> bytes:
    return tensor.detach().cpu().contiguous().numpy().tobytes()
