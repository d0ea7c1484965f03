"""Collects the nodes of an ONNX graph whose weights stay in a safetensors file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MICROSOFT: Final = "com.microsoft"
STORED_TYPES: Final = {"F16": (TensorProto.FLOAT16, 2), "F32": (TensorProto.FLOAT, 4)}


@dataclass
class GraphWriter:
    """Collects nodes; every method returns the name of its result.

    `index` says for each tensor of the weights file its dtype, shape and byteOffset; `read` collects those in use.
    """

    index: Mapping[str, Mapping[str, Any]]
    weights_file: str
    prefix: str
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    initializers: list[onnx.TensorProto] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    count: int = 0

    def node(self, op: str, inputs: Sequence[str], *, domain: str = "", **attributes: Any) -> str:  # noqa: ANN401 - as make_node takes them
        """Add a node with one output."""
        return self.node_with(1, op, inputs, domain=domain, **attributes)[0]

    def node_with(
        self,
        outputs: int,
        op: str,
        inputs: Sequence[str],
        *,
        domain: str = "",
        **attributes: Any,  # noqa: ANN401 - as make_node takes them
    ) -> list[str]:
        """Add a node with several outputs."""
        self.count += 1
        names = [f"{op.lower()}_{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, name=names[0], domain=domain, **attributes))
        return names

    def constant(self, values: NDArray[Any]) -> str:
        """A small constant, stored once."""
        key = f"const_{values.dtype}_{values.shape}_{values.tobytes().hex()}"
        if key not in self.known:
            self.known[key] = f"constant_{len(self.known)}"
            self.initializers.append(numpy_helper.from_array(values, self.known[key]))
        return self.known[key]

    def ints(self, *values: int) -> str:
        """A vector of int64."""
        return self.constant(np.array(values, dtype=np.int64))

    def parameter(self, name: str, rows: tuple[int, int] | None = None) -> str:
        """A stored tensor as float32; `rows` takes a range of its first axis."""
        stored = self.prefix + name
        self.read.add(stored)
        full: tuple[int, ...] = tuple(self.index[stored]["shape"])
        first, last = rows or (0, full[0])
        key = f"{stored}[{first}:{last}]"
        if key in self.known:
            return self.known[key]
        onnx_type, value_bytes = STORED_TYPES[self.index[stored]["dtype"]]
        row_bytes = math.prod(full[1:]) * value_bytes
        raw = TensorProto(
            name=f"{key}.stored",
            data_type=onnx_type,
            dims=(last - first, *full[1:]),
            data_location=TensorProto.EXTERNAL,
        )
        offset = int(self.index[stored]["byteOffset"]) + first * row_bytes
        for entry, value in (
            ("location", self.weights_file),
            ("offset", offset),
            ("length", (last - first) * row_bytes),
        ):
            raw.external_data.add(key=entry, value=str(value))
        self.initializers.append(raw)
        self.known[key] = self.node("Cast", [raw.name], to=TensorProto.FLOAT)
        return self.known[key]

    def transposed(self, name: str, rows: tuple[int, int] | None = None) -> str:
        """A stored matrix turned, for products with it on the right."""
        key = f"{name}{rows}.T"
        if key not in self.known:
            self.known[key] = self.node("Transpose", [self.parameter(name, rows)], perm=[1, 0])
        return self.known[key]

    def shape_of(self, name: str) -> tuple[int, ...]:
        """Shape of a stored tensor."""
        return tuple(self.index[self.prefix + name]["shape"])

    def conv(self, x: str, name: str, *, stride: int = 1) -> str:
        """A square convolution with bias that keeps the size at stride 1."""
        side = self.shape_of(f"{name}.weight")[-1]
        pad = side // 2
        return self.node(
            "Conv",
            [x, self.parameter(f"{name}.weight"), self.parameter(f"{name}.bias")],
            kernel_shape=[side, side],
            strides=[stride, stride],
            pads=[pad] * 4,
        )

    def product(self, x: str, name: str) -> str:
        """Multiply x [..., in] by a linear layer's weight, without its bias."""
        return self.node("MatMul", [x, self.transposed(f"{name}.weight")])

    def linear(self, x: str, name: str) -> str:
        """Put x [rows, in] through a linear layer with bias."""
        return self.node("Gemm", [x, self.parameter(f"{name}.weight"), self.parameter(f"{name}.bias")], transB=1)

    def silu(self, x: str) -> str:
        """SiLU: x * sigmoid(x)."""
        return self.node("QuickGelu", [x], domain=MICROSOFT, alpha=1.0)
