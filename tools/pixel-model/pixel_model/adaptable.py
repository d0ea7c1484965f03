"""Graphs over a float32 buffer, which an engine fills from the released weights and adds adapters to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto

ADAPTABLE: Final = ("text_encoder", "text_encoder_2", "unet_context", "unet")
"""The graphs that adapters change."""
BUFFER: Final = "adapted-weights"
"""Location of the external data of these graphs: not a file, but the buffer that an engine hands over."""


def data_start(index: Mapping[str, Mapping[str, Any]]) -> int:
    """Where the tensors of a weights file begin, in bytes. Value i of the buffer is fp16 value i from there."""
    return min(int(entry["byteOffset"]) for entry in index.values())


def read_buffer(weights: bytes, start: int) -> NDArray[np.float32]:
    """The buffer of a weights file as it is, no adapter added."""
    return np.frombuffer(weights, dtype="<f2", offset=start).astype(np.float32)


def over_buffer(model: onnx.ModelProto, start: int) -> onnx.ModelProto:
    """The same graph with its fp16 data, which begins at byte `start` of the weights file, as float32 in the buffer."""
    adapted = onnx.ModelProto()
    adapted.CopyFrom(model)
    for tensor in adapted.graph.initializer:
        if tensor.data_location != TensorProto.EXTERNAL:
            continue
        if tensor.data_type != TensorProto.FLOAT16:
            raise ValueError(f"{tensor.name}: only fp16 weights can be laid over a buffer")
        places = {entry.key: entry.value for entry in tensor.external_data}
        del tensor.external_data[:]
        tensor.data_type = TensorProto.FLOAT
        for key, value in (
            ("location", BUFFER),
            ("offset", (int(places["offset"]) - start) * 2),
            ("length", int(places["length"]) * 2),
        ):
            tensor.external_data.add(key=key, value=str(value))
    return adapted
