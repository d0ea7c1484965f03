"""ONNX graphs without weights: every weight is external data inside the released safetensors file."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.export import Dim

from pixel_model.graphs import FirstTextGraph, SecondTextGraph, VaeDecoderGraph, VaeEncoderGraph
from pixel_model.tokenizer import MAX_TOKENS
from pixel_model.weights import Released

OPSET: Final = 18
MIN_EXTERNAL_VALUES: Final = 3
MAX_INLINE_VALUES: Final = 1024
WEIGHTS_FILE: Final = "pixel-sprites.safetensors"
TEXT_STATES: Final = ("hidden", "hidden_last", "hidden_normed")
"""States of a text encoder: before its last layer (what the UNet learned with), after it, after the final norm too."""


@dataclass(frozen=True)
class GraphSpec:
    """A graph to export: its module, example inputs, names and dynamic axes."""

    module: nn.Module
    inputs: tuple[Tensor, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    dynamic: dict[str, dict[int, Any]]


def graph_specs(released: Released) -> dict[str, GraphSpec]:
    """The graphs of a release that are exported from modules, by file stem; those of the UNet are written by hand."""
    batch = Dim("batch", max=1024)
    height, width = Dim("height", min=2, max=1024), Dim("width", min=2, max=1024)
    rows, columns = Dim("rows", min=2, max=1024), Dim("columns", min=2, max=1024)
    ids = torch.ones(2, MAX_TOKENS, dtype=torch.int64)
    text = released.model.text
    return {
        "text_encoder": GraphSpec(
            FirstTextGraph(text.text_encoder), (ids,), ("input_ids",), TEXT_STATES, {"input_ids": {0: batch}}
        ),
        "text_encoder_2": GraphSpec(
            SecondTextGraph(text.text_encoder_2),
            (ids,),
            ("input_ids",),
            (*TEXT_STATES, "pooled"),
            {"input_ids": {0: batch}},
        ),
        "vae_decoder": GraphSpec(
            VaeDecoderGraph(released.vae),
            (torch.randn(2, 4, 13, 18),),
            ("latent",),
            ("image",),
            {"latent": {0: batch, 2: height, 3: width}},
        ),
        "vae_encoder": GraphSpec(
            VaeEncoderGraph(released.vae),
            (torch.randn(2, 3, 104, 144),),
            ("image",),
            ("latent",),
            {"image": {0: batch, 2: 8 * rows, 3: 8 * columns}},
        ),
    }


def read_tensor_index(path: Path) -> dict[str, dict[str, Any]]:
    """Where each tensor lies in a safetensors file: dtype, shape, byteOffset in the file, byteLength."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header: dict[str, Any] = json.loads(file.read(length))
    index: dict[str, dict[str, Any]] = {}
    for name, entry in sorted(header.items()):
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        index[name] = {
            "dtype": entry["dtype"],
            "shape": entry["shape"],
            "byteOffset": 8 + length + start,
            "byteLength": end - start,
        }
    return index


def export_graph(spec: GraphSpec) -> onnx.ModelProto:
    """One module as an ONNX model that still holds its weights."""
    program = torch.onnx.export(
        spec.module.eval(),
        spec.inputs,
        dynamo=True,
        opset_version=OPSET,
        input_names=list(spec.input_names),
        output_names=list(spec.output_names),
        dynamic_shapes=spec.dynamic,
        optimize=True,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("torch.onnx.export returned nothing")
    model: onnx.ModelProto = program.model_proto
    strip_traces(model)
    return model


def strip_traces(model: onnx.ModelProto) -> None:
    """Drop what the exporter notes about its own source files, which has no meaning elsewhere."""
    for node in model.graph.node:
        node.ClearField("doc_string")
        node.ClearField("metadata_props")
    for value in (*model.graph.input, *model.graph.output, *model.graph.initializer, *model.graph.value_info):
        value.ClearField("doc_string")
        value.ClearField("metadata_props")
    model.graph.ClearField("value_info")
    model.graph.ClearField("metadata_props")
    model.graph.ClearField("doc_string")
    model.ClearField("metadata_props")


def point_into_weights(
    model: onnx.ModelProto, tensors: dict[str, NDArray[np.float16]], index: dict[str, dict[str, Any]]
) -> int:
    """Replace each weight by external fp16 data, a Cast and, where the exporter turned it, a Transpose.

    Returns the number of weights moved. Raises ValueError for a float initializer of MAX_INLINE_VALUES
    or more that no released tensor equals; smaller ones (attention masks, frequencies) stay inside.
    """
    by_shape: dict[tuple[int, ...], list[str]] = {}
    for name, tensor in tensors.items():
        by_shape.setdefault(tensor.shape, []).append(name)
    kept: list[TensorProto] = []
    nodes: list[onnx.NodeProto] = []
    external: dict[str, TensorProto] = {}
    for initializer in model.graph.initializer:
        values = numpy_helper.to_array(initializer)
        if initializer.data_type != TensorProto.FLOAT or values.size < MIN_EXTERNAL_VALUES:
            kept.append(initializer)
            continue
        straight = _match(values, by_shape, tensors, initializer.name)
        turned = (
            _match(values.T, by_shape, tensors, initializer.name) if straight is None and values.ndim == 2 else None
        )
        match = straight or turned
        if match is None:
            kept.append(initializer)
            continue
        shape = tensors[match].shape if turned is not None else values.shape
        half = f"{match}.fp16" if shape == tensors[match].shape else f"{match}.fp16.{'x'.join(map(str, shape))}"
        if half not in external:
            external[half] = _external_tensor(half, shape, index[match])
        target = initializer.name
        if turned is not None:
            nodes.append(helper.make_node("Cast", [half], [f"{target}.fp32"], to=TensorProto.FLOAT))
            nodes.append(helper.make_node("Transpose", [f"{target}.fp32"], [target], perm=[1, 0]))
        else:
            nodes.append(helper.make_node("Cast", [half], [target], to=TensorProto.FLOAT))
    large = [
        entry.name
        for entry in kept
        if np.prod(entry.dims) >= MAX_INLINE_VALUES and entry.data_type == TensorProto.FLOAT
    ]
    if large:
        raise ValueError(f"initializers without a released tensor: {large}")
    del model.graph.initializer[:]
    model.graph.initializer.extend([*kept, *external.values()])
    body = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend([*nodes, *body])
    return len(external)


def _match(
    values: NDArray[Any], by_shape: dict[tuple[int, ...], list[str]], tensors: dict[str, NDArray[np.float16]], hint: str
) -> str | None:
    while values.ndim > 1 and values.shape[0] == 1 and values.shape not in by_shape:
        values = values[0]
    equal = [
        name for name in by_shape.get(values.shape, []) if np.array_equal(tensors[name].astype(np.float32), values)
    ]
    if not equal:
        return None
    tail = hint.split(".", 1)[-1]
    return next((name for name in equal if name.endswith(tail)), equal[0])


def _external_tensor(name: str, shape: tuple[int, ...], entry: dict[str, Any]) -> TensorProto:
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT16, dims=shape, data_location=TensorProto.EXTERNAL)
    for key, value in (("location", WEIGHTS_FILE), ("offset", entry["byteOffset"]), ("length", entry["byteLength"])):
        tensor.external_data.add(key=key, value=str(value))
    return tensor
