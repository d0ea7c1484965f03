"""The layers of a diffusers UNet as ONNX nodes: group norm, resnet, transformer, upsampling."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from pixel_model.graph_writer import MICROSOFT, GraphWriter

RESNET_EPSILON: Final = 1e-5
TRANSFORMER_EPSILON: Final = 1e-6


@dataclass(frozen=True)
class UnetShape:
    """The part of a UNet2DConditionModel's configuration that decides the graph."""

    block_out_channels: tuple[int, ...]
    block_has_attention: tuple[bool, ...]
    layers_per_block: int
    heads: tuple[int, ...]
    transformer_layers: int
    cross_attention_dim: int
    norm_groups: int
    addition_time_embed_dim: int
    pooled_dim: int


@dataclass(frozen=True)
class CrossAttention:
    """An attention layer over the prompt: its name and its number of heads."""

    name: str
    heads: int

    @property
    def key(self) -> str:
        """Name of its keys, [B, heads, T, head size]."""
        return f"{self.name}.key"

    @property
    def value(self) -> str:
        """Name of its values, [B, heads, T, head size]."""
        return f"{self.name}.value"


@dataclass
class UnetLayers:
    """Writes layers into `g`; names of layers are those of the weights.

    `batch` is the shape vector [B]; `time_parts` holds each resnet's time projection [B, C, 1, 1]. A `level` is the
    shape vector [H, W] of a resolution. `crossed` collects the cross-attention layers in the order of the graph: their
    keys and values come from outside, because no timestep changes them.
    """

    shape: UnetShape
    g: GraphWriter
    batch: str
    time_parts: dict[str, str]
    crossed: list[CrossAttention] = field(default_factory=list)

    def shape_vector(self, level: str, channels: int, *, last: bool = False) -> str:
        """Shape [0, C, H, W], or [B, H, W, C] with `last`."""
        g = self.g
        key = f"shape {level} {channels} {last}"
        if key not in g.known:
            parts = [self.batch, level, g.ints(channels)] if last else [g.ints(0, channels), level]
            g.known[key] = g.node("Concat", parts, axis=0)
        return g.known[key]

    def normalized(self, x: str, level: str, channels: int, epsilon: float) -> str:
        """Group norm without its affine part."""
        g = self.g
        groups = self.shape.norm_groups
        ones = g.constant(np.ones(groups, dtype=np.float32))
        zeros = g.constant(np.zeros(groups, dtype=np.float32))
        grouped = g.node("Reshape", [x, g.ints(0, groups, -1)])
        grouped = g.node("InstanceNormalization", [grouped, ones, zeros], epsilon=epsilon)
        return g.node("Reshape", [grouped, self.shape_vector(level, channels)])

    def norm(self, x: str, level: str, name: str, channels: int) -> str:
        """Group norm."""
        g = self.g
        x = self.normalized(x, level, channels, RESNET_EPSILON)
        column = g.ints(-1, 1, 1)
        x = g.node("Mul", [x, g.node("Reshape", [g.parameter(f"{name}.weight"), column])])
        return g.node("Add", [x, g.node("Reshape", [g.parameter(f"{name}.bias"), column])])

    def resnet(self, x: str, level: str, name: str) -> str:
        """Two convolutions with group norm and SiLU around the time embedding."""
        g = self.g
        wide_out, wide_in = g.shape_of(f"{name}.conv1.weight")[:2]
        h = g.conv(g.silu(self.norm(x, level, f"{name}.norm1", wide_in)), f"{name}.conv1")
        h = g.node("Add", [h, self.time_parts[name]])
        h = g.conv(g.silu(self.norm(h, level, f"{name}.norm2", wide_out)), f"{name}.conv2")
        if wide_in != wide_out:
            x = g.conv(x, f"{name}.conv_shortcut")
        return g.node("Add", [x, h])

    def transformer(self, x: str, level: str, name: str, channels: int, heads: int) -> str:
        """Attention over the cells of a feature map."""
        g = self.g
        h = self.normalized(x, level, channels, TRANSFORMER_EPSILON)
        h = g.node("Transpose", [h], perm=[0, 2, 3, 1])
        h = g.node("Reshape", [h, g.ints(-1, channels)])
        # The norm's scale and shift go into the first linear layer: both are constants when the graph is loaded.
        weight = g.parameter(f"{name}.proj_in.weight")
        scaled = g.node("Mul", [weight, g.parameter(f"{name}.norm.weight")])
        shift = g.node("MatMul", [weight, g.parameter(f"{name}.norm.bias")])
        bias = g.node("Add", [shift, g.parameter(f"{name}.proj_in.bias")])
        h = g.node("Gemm", [h, scaled, bias], transB=1)
        key = f"tokens {channels}"
        if key not in g.known:
            g.known[key] = g.node("Concat", [self.batch, g.ints(-1, channels)], axis=0)
        h = g.node("Reshape", [h, g.known[key]])
        extra = ""
        for i in range(self.shape.transformer_layers):
            h, extra = self.block(h, f"{name}.transformer_blocks.{i}", channels, heads)
        # h lacks the bias of the last feed-forward layer; proj_out passes it on.
        weight = g.parameter(f"{name}.proj_out.weight")
        bias = g.node("Add", [g.node("MatMul", [weight, extra]), g.parameter(f"{name}.proj_out.bias")])
        h = g.node("Gemm", [h, weight, bias], transB=1)
        h = g.node("Reshape", [h, self.shape_vector(level, channels, last=True)])
        return g.node("Add", [g.node("Transpose", [h], perm=[0, 3, 1, 2]), x])

    def block(self, x: str, name: str, channels: int, heads: int) -> tuple[str, str]:
        """Self-attention, cross-attention and GEGLU; returns the result without its last bias, and that bias."""
        g = self.g
        norm1 = [g.parameter(f"{name}.norm1.weight"), g.parameter(f"{name}.norm1.bias")]
        h = g.node("LayerNormalization", [x, *norm1], axis=-1, epsilon=RESNET_EPSILON)
        h = self.self_attention(h, f"{name}.attn1", heads)
        h, x = self.residual_norm(h, x, f"{name}.norm2", f"{name}.attn1.to_out.0.bias")
        h = self.cross_attention(h, f"{name}.attn2", heads)
        h, x = self.residual_norm(h, x, f"{name}.norm3", f"{name}.attn2.to_out.0.bias")
        flat = g.ints(-1, channels)
        h = g.node("Reshape", [h, flat])
        gate_name = f"{name}.ff.net.0.proj"
        inner = g.shape_of(f"{gate_name}.weight")[0] // 2
        value_rows, gate_rows = (0, inner), (inner, 2 * inner)
        value = g.node(
            "Gemm",
            [h, g.parameter(f"{gate_name}.weight", value_rows), g.parameter(f"{gate_name}.bias", value_rows)],
            transB=1,
        )
        gate = g.node("MatMul", [h, g.transposed(f"{gate_name}.weight", gate_rows)])
        gate = g.node("BiasGelu", [gate, g.parameter(f"{gate_name}.bias", gate_rows)], domain=MICROSOFT)
        h = g.node("Mul", [value, gate])
        h = g.node("Gemm", [h, g.parameter(f"{name}.ff.net.2.weight"), g.node("Reshape", [x, flat])], transB=1)
        return h, g.parameter(f"{name}.ff.net.2.bias")

    def self_attention(self, x: str, name: str, heads: int) -> str:
        """Softmax attention of cells to cells, without the bias of its output projection."""
        g = self.g
        query, key, value = (g.product(x, f"{name}.{part}") for part in ("to_q", "to_k", "to_v"))
        mixed = g.node("MultiHeadAttention", [query, key, value], domain=MICROSOFT, num_heads=heads)
        return g.product(mixed, f"{name}.to_out.0")

    def cross_attention(self, x: str, name: str, heads: int) -> str:
        """Softmax attention of cells to the prompt, without the bias of its output projection."""
        g = self.g
        layer = CrossAttention(name, heads)
        self.crossed.append(layer)
        query = g.product(x, f"{name}.to_q")
        mixed = g.node("MultiHeadAttention", [query, layer.key, layer.value], domain=MICROSOFT, num_heads=heads)
        return g.product(mixed, f"{name}.to_out.0")

    def residual_norm(self, x: str, skip: str, name: str, bias: str) -> tuple[str, str]:
        """Layer norm of x + bias + skip, and that sum, in one node."""
        g = self.g
        affine = [g.parameter(f"{name}.weight"), g.parameter(f"{name}.bias"), g.parameter(bias)]
        normed, _, _, total = g.node_with(
            4, "SkipLayerNormalization", [x, skip, *affine], domain=MICROSOFT, epsilon=RESNET_EPSILON
        )
        return normed, total

    def upsample(self, x: str, target: str, channels: int) -> str:
        """Nearest neighbours to the height and width of `target`."""
        sizes = self.g.node("Concat", [self.batch, self.g.ints(channels), target], axis=0)
        return self.g.node(
            "Resize",
            [x, "", "", sizes],
            mode="nearest",
            coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        )
