"""ONNX graphs of the UNet, written node by node for ONNX Runtime's CPU kernels.

There are two: one makes the keys and values of all cross-attention layers, once a prompt; the other is run at every
step. The graphs hold no weights: every parameter is external data that points into a safetensors file. What an exporter
would leave as chains of small nodes is said directly: fused attention (which also keeps attention scores out of
memory), both halves of GEGLU as two products, all time projections as one, affine parts of norms folded into the next
product when the graph is loaded. Any latent height and width works, also odd ones: upsampling goes to the size of the
skip connection that it meets.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import onnx
from onnx import TensorProto, helper

from pixel_model.graph_writer import MICROSOFT, GraphWriter
from pixel_model.networks import ModelSizes
from pixel_model.unet_layers import CrossAttention, UnetLayers, UnetShape

OPSET: Final = 18
IR_VERSION: Final = 10
Shapes: TypeAlias = dict[str, tuple[str | int, ...]]


@dataclass(frozen=True)
class WrittenGraph:
    """A graph and the number of stored tensors that it reads."""

    model: onnx.ModelProto
    weights: int


def release_unet_graphs(
    sizes: ModelSizes, index: Mapping[str, Mapping[str, Any]], weights_file: str
) -> dict[str, WrittenGraph]:
    """Write the graphs of `networks.make_unet` over a released weights file."""
    shape = UnetShape(
        block_out_channels=sizes.unet_channels,
        block_has_attention=(False, True, True),
        layers_per_block=1,
        heads=sizes.unet_heads,
        transformer_layers=1,
        cross_attention_dim=sizes.text_width + sizes.text_width_2,
        norm_groups=sizes.norm_groups,
        addition_time_embed_dim=sizes.time_embed_width,
        pooled_dim=sizes.text_width_2,
    )
    return build_unet_graphs(shape, index, weights_file=weights_file)


def build_unet_graphs(
    shape: UnetShape, index: Mapping[str, Mapping[str, Any]], *, weights_file: str, prefix: str = "unet."
) -> dict[str, WrittenGraph]:
    """Build both graphs, by file stem; all inputs and outputs are float32.

    `unet_context`: encoder_hidden_states [B, T, C] becomes `<layer>.key` and `<layer>.value` of every cross-attention
    layer, [B, heads, T, head size].
    `unet`: sample [B, 4, H, W], timestep [B], text_embeds [B, P], time_ids [B, 6] and those keys and values become
    eps [B, 4, H, W].
    """
    unet = _UnetWriter(shape, GraphWriter(index, weights_file, prefix))
    model = unet.model()
    return {
        "unet_context": write_context(shape, unet.layers.crossed, GraphWriter(index, weights_file, prefix)),
        "unet": WrittenGraph(model, len(unet.g.read)),
    }


def write_context(shape: UnetShape, layers: Sequence[CrossAttention], g: GraphWriter) -> WrittenGraph:
    """Write the graph of the keys and values that `layers` take."""
    states = "encoder_hidden_states"
    for layer in layers:
        for part, name in (("to_k", layer.key), ("to_v", layer.value)):
            heads = g.node("Reshape", [g.product(states, f"{layer.name}.{part}"), g.ints(0, 0, layer.heads, -1)])
            g.nodes.append(helper.make_node("Transpose", [heads], [name], name=name, perm=[0, 2, 1, 3]))
    inputs: Shapes = {states: ("batch", "tokens", shape.cross_attention_dim)}
    return WrittenGraph(finish(g, "unet_context", inputs, context_shapes(layers, g)), len(g.read))


def context_shapes(layers: Sequence[CrossAttention], g: GraphWriter) -> Shapes:
    """Shapes of all keys and values."""
    return {
        name: ("batch", layer.heads, "tokens", g.shape_of(f"{layer.name}.to_k.weight")[0] // layer.heads)
        for layer in layers
        for name in (layer.key, layer.value)
    }


def finish(g: GraphWriter, name: str, inputs: Shapes, outputs: Shapes) -> onnx.ModelProto:
    """Declare inputs, outputs and operator sets."""
    takes, gives = (
        [helper.make_tensor_value_info(value, TensorProto.FLOAT, shape) for value, shape in shapes.items()]
        for shapes in (inputs, outputs)
    )
    graph = helper.make_graph(g.nodes, name, takes, gives, g.initializers)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)


class _UnetWriter:
    def __init__(self, shape: UnetShape, graph: GraphWriter) -> None:
        self.shape = shape
        self.g = graph
        self.layers = UnetLayers(shape, graph, graph.node("Shape", ["sample"], start=0, end=1), {})

    def model(self) -> onnx.ModelProto:
        """Write the whole graph."""
        g = self.g
        self.project_time(self.embedding())
        x = g.conv("sample", "conv_in")
        x = self.blocks(x)
        x = self.layers.norm(x, self.level(x), "conv_norm_out", self.shape.block_out_channels[0])
        x = g.conv(g.silu(x), "conv_out")
        g.nodes.append(helper.make_node("Identity", [x], ["eps"], name="eps"))
        s = self.shape
        sample = ("batch", 4, "height", "width")
        inputs: Shapes = {
            "sample": sample,
            "timestep": ("batch",),
            "text_embeds": ("batch", s.pooled_dim),
            "time_ids": ("batch", 6),
        }
        return finish(g, "unet", inputs | context_shapes(self.layers.crossed, g), {"eps": sample})

    def blocks(self, x: str) -> str:
        """Down, middle and up."""
        channels = self.shape.block_out_channels
        last = len(channels) - 1
        skips: list[tuple[str, str]] = [(x, self.level(x))]
        for i, width in enumerate(channels):
            for j in range(self.shape.layers_per_block):
                x = self.layers.resnet(x, skips[-1][1], f"down_blocks.{i}.resnets.{j}")
                if self.shape.block_has_attention[i]:
                    x = self.layers.transformer(
                        x, skips[-1][1], f"down_blocks.{i}.attentions.{j}", width, self.shape.heads[i]
                    )
                skips.append((x, skips[-1][1]))
            if i < last:
                x = self.g.conv(x, f"down_blocks.{i}.downsamplers.0.conv", stride=2)
                skips.append((x, self.level(x)))
        here = skips[-1][1]
        x = self.layers.resnet(x, here, "mid_block.resnets.0")
        x = self.layers.transformer(x, here, "mid_block.attentions.0", channels[last], self.shape.heads[last])
        x = self.layers.resnet(x, here, "mid_block.resnets.1")
        for i, width in enumerate(reversed(channels)):
            level = last - i
            for j in range(self.shape.layers_per_block + 1):
                skip, here = skips.pop()
                x = self.g.node("Concat", [x, skip], axis=1)
                x = self.layers.resnet(x, here, f"up_blocks.{i}.resnets.{j}")
                if self.shape.block_has_attention[level]:
                    x = self.layers.transformer(
                        x, here, f"up_blocks.{i}.attentions.{j}", width, self.shape.heads[level]
                    )
            if level > 0:
                x = self.layers.upsample(x, skips[-1][1], width)
                x = self.g.conv(x, f"up_blocks.{i}.upsamplers.0.conv")
        return x

    def embedding(self) -> str:
        """Time and micro-conditioning as one vector [B, E]."""
        g = self.g
        steps = self.sinusoid(g.node("Unsqueeze", ["timestep", g.ints(1)]), self.shape.block_out_channels[0])
        steps = g.linear(g.silu(g.linear(steps, "time_embedding.linear_1")), "time_embedding.linear_2")
        sizes = self.sinusoid(g.node("Unsqueeze", ["time_ids", g.ints(2)]), self.shape.addition_time_embed_dim)
        sizes = g.node("Reshape", [sizes, g.ints(0, -1)])
        added = g.node("Concat", ["text_embeds", sizes], axis=1)
        added = g.linear(g.silu(g.linear(added, "add_embedding.linear_1")), "add_embedding.linear_2")
        return g.node("Add", [steps, added])

    def sinusoid(self, x: str, dim: int) -> str:
        """[..., 1] to [..., dim]: cosines, then sines."""
        half = dim // 2
        frequencies = np.exp(-math.log(10000) * np.arange(half, dtype=np.float32) / half).astype(np.float32)
        angles = self.g.node("Mul", [x, self.g.constant(frequencies)])
        return self.g.node("Concat", [self.g.node("Cos", [angles]), self.g.node("Sin", [angles])], axis=-1)

    def project_time(self, embedding: str) -> None:
        """All resnets' time projections in one product, cut into [B, C, 1, 1] pieces."""
        g = self.g
        suffix = ".time_emb_proj"
        layers = [
            n[len(g.prefix) : -len(".weight")]
            for n in g.index
            if n.startswith(g.prefix) and n.endswith(f"{suffix}.weight")
        ]
        weight = g.node("Concat", [g.parameter(f"{n}.weight") for n in layers], axis=0)
        bias = g.node("Concat", [g.parameter(f"{n}.bias") for n in layers], axis=0)
        joined = g.node("Gemm", [g.silu(embedding), weight, bias], transB=1)
        joined = g.node("Unsqueeze", [joined, g.ints(2, 3)])
        widths = [g.shape_of(f"{n}.bias")[0] for n in layers]
        parts = g.node_with(len(layers), "Split", [joined, g.ints(*widths)], axis=1)
        self.layers.time_parts = {n.removesuffix(suffix): part for n, part in zip(layers, parts, strict=True)}

    def level(self, x: str) -> str:
        """[H, W] of a feature map, as a shape vector."""
        return self.g.node("Shape", [x], start=2, end=4)
