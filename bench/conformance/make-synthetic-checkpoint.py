"""Writes a checkpoint without learned weights that ComfyUI loads as a small SDXL variant and samples with.

Usage: node tools/python-env/run.mjs bench/conformance/make-synthetic-checkpoint.py FILE.safetensors

For servers without SDXL weights: what it draws is noise, but loading, encoding, sampling, decoding, progress, previews
and cancelling go the ways of a real model. Values are float16, normally distributed and divided by the square root of
the fan-in, so that activations stay finite. The UNet has SDXL's inputs (context 2048, vector conditioning 2816) with
320 channels at all three levels and transformers of depth 0, 2 and 5 on the way down; CLIP-L, CLIP-G and VAE have
their full sizes. Names and shapes are those of SDXL's single-file checkpoints.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from safetensors.numpy import save_file

Shapes = Iterator[tuple[str, tuple[int, ...]]]

CHANNELS: Final = 320
TIME: Final = 4 * CHANNELS
CONTEXT: Final = 2048
VECTOR: Final = 2816
DEPTHS: Final = (0, 2, 5)
VAE_CHANNELS: Final = (128, 256, 512, 512)
TOKENS: Final = 49408
POSITIONS: Final = 77
EMBEDDING_SCALE: Final = 0.02
SEED: Final = 1


def affine(name: str, *shape: int) -> Shapes:
    """Weight and bias; the bias has the weight's first dimension."""
    yield f"{name}.weight", shape
    yield f"{name}.bias", shape[:1]


def unet_block(name: str, inputs: int) -> Shapes:
    """Residual block with the time embedding."""
    yield from affine(f"{name}.in_layers.0", inputs)
    yield from affine(f"{name}.in_layers.2", CHANNELS, inputs, 3, 3)
    yield from affine(f"{name}.emb_layers.1", CHANNELS, TIME)
    yield from affine(f"{name}.out_layers.0", CHANNELS)
    yield from affine(f"{name}.out_layers.3", CHANNELS, CHANNELS, 3, 3)
    if inputs != CHANNELS:
        yield from affine(f"{name}.skip_connection", CHANNELS, inputs, 1, 1)


def transformer(name: str, depth: int) -> Shapes:
    """Spatial transformer with linear projections."""
    yield from affine(f"{name}.norm", CHANNELS)
    yield from affine(f"{name}.proj_in", CHANNELS, CHANNELS)
    yield from affine(f"{name}.proj_out", CHANNELS, CHANNELS)
    for index in range(depth):
        block = f"{name}.transformer_blocks.{index}"
        for attention, context in (("attn1", CHANNELS), ("attn2", CONTEXT)):
            yield f"{block}.{attention}.to_q.weight", (CHANNELS, CHANNELS)
            yield f"{block}.{attention}.to_k.weight", (CHANNELS, context)
            yield f"{block}.{attention}.to_v.weight", (CHANNELS, context)
            yield from affine(f"{block}.{attention}.to_out.0", CHANNELS, CHANNELS)
        yield from affine(f"{block}.ff.net.0.proj", 8 * CHANNELS, CHANNELS)
        yield from affine(f"{block}.ff.net.2", CHANNELS, 4 * CHANNELS)
        for norm in ("norm1", "norm2", "norm3"):
            yield from affine(f"{block}.{norm}", CHANNELS)


def unet() -> Shapes:
    """The UNet: one residual block a level on the way down, two on the way up."""
    yield from affine("time_embed.0", TIME, CHANNELS)
    yield from affine("time_embed.2", TIME, TIME)
    yield from affine("label_emb.0.0", TIME, VECTOR)
    yield from affine("label_emb.0.2", TIME, TIME)
    yield from affine("input_blocks.0.0", CHANNELS, 4, 3, 3)
    last = len(DEPTHS) - 1
    for level, depth in enumerate(DEPTHS):
        yield from unet_block(f"input_blocks.{2 * level + 1}.0", CHANNELS)
        if depth > 0:
            yield from transformer(f"input_blocks.{2 * level + 1}.1", depth)
        if level < last:
            yield from affine(f"input_blocks.{2 * level + 2}.0.op", CHANNELS, CHANNELS, 3, 3)
    yield from unet_block("middle_block.0", CHANNELS)
    for index in range(2 * len(DEPTHS)):
        yield from unet_block(f"output_blocks.{index}.0", 2 * CHANNELS)
        if index % 2 == 1 and index < 2 * last:
            yield from affine(f"output_blocks.{index}.1.conv", CHANNELS, CHANNELS, 3, 3)
    yield from affine("out.0", CHANNELS)
    yield from affine("out.2", 4, CHANNELS, 3, 3)


def vae_block(name: str, inputs: int, outputs: int) -> Shapes:
    """Residual block of the VAE."""
    yield from affine(f"{name}.norm1", inputs)
    yield from affine(f"{name}.conv1", outputs, inputs, 3, 3)
    yield from affine(f"{name}.norm2", outputs)
    yield from affine(f"{name}.conv2", outputs, outputs, 3, 3)
    if inputs != outputs:
        yield from affine(f"{name}.nin_shortcut", outputs, inputs, 1, 1)


def vae_middle(name: str, channels: int) -> Shapes:
    """Two residual blocks around an attention."""
    yield from vae_block(f"{name}.block_1", channels, channels)
    yield from affine(f"{name}.attn_1.norm", channels)
    for part in ("q", "k", "v", "proj_out"):
        yield from affine(f"{name}.attn_1.{part}", channels, channels, 1, 1)
    yield from vae_block(f"{name}.block_2", channels, channels)


def vae() -> Shapes:
    """SDXL's VAE: 8 times smaller sides, 4 latent channels."""
    first, top = VAE_CHANNELS[0], VAE_CHANNELS[-1]
    yield from affine("encoder.conv_in", first, 3, 3, 3)
    inputs = first
    for level, outputs in enumerate(VAE_CHANNELS):
        for block in range(2):
            yield from vae_block(f"encoder.down.{level}.block.{block}", inputs, outputs)
            inputs = outputs
        if level < len(VAE_CHANNELS) - 1:
            yield from affine(f"encoder.down.{level}.downsample.conv", outputs, outputs, 3, 3)
    yield from vae_middle("encoder.mid", top)
    yield from affine("encoder.norm_out", top)
    yield from affine("encoder.conv_out", 8, top, 3, 3)
    yield from affine("decoder.conv_in", top, 4, 3, 3)
    yield from vae_middle("decoder.mid", top)
    for level in reversed(range(len(VAE_CHANNELS))):
        outputs = VAE_CHANNELS[level]
        for block in range(3):
            yield from vae_block(f"decoder.up.{level}.block.{block}", inputs, outputs)
            inputs = outputs
        if level > 0:
            yield from affine(f"decoder.up.{level}.upsample.conv", outputs, outputs, 3, 3)
    yield from affine("decoder.norm_out", first)
    yield from affine("decoder.conv_out", 3, first, 3, 3)
    yield from affine("quant_conv", 8, 8, 1, 1)
    yield from affine("post_quant_conv", 4, 4, 1, 1)


def clip_l() -> Shapes:
    """CLIP-L's text encoder in the names of transformers: 12 layers of 768."""
    width = 768
    yield "embeddings.token_embedding.weight", (TOKENS, width)
    yield "embeddings.position_embedding.weight", (POSITIONS, width)
    for index in range(12):
        layer = f"encoder.layers.{index}"
        for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
            yield from affine(f"{layer}.self_attn.{part}", width, width)
        yield from affine(f"{layer}.mlp.fc1", 4 * width, width)
        yield from affine(f"{layer}.mlp.fc2", width, 4 * width)
        yield from affine(f"{layer}.layer_norm1", width)
        yield from affine(f"{layer}.layer_norm2", width)
    yield from affine("final_layer_norm", width)


def clip_g() -> Shapes:
    """CLIP-G's text encoder in the names of OpenCLIP: 32 layers of 1280."""
    width = 1280
    yield "token_embedding.weight", (TOKENS, width)
    yield "positional_embedding", (POSITIONS, width)
    yield "text_projection", (width, width)
    for index in range(32):
        block = f"transformer.resblocks.{index}"
        yield f"{block}.attn.in_proj_weight", (3 * width, width)
        yield f"{block}.attn.in_proj_bias", (3 * width,)
        yield from affine(f"{block}.attn.out_proj", width, width)
        yield from affine(f"{block}.mlp.c_fc", 4 * width, width)
        yield from affine(f"{block}.mlp.c_proj", width, 4 * width)
        yield from affine(f"{block}.ln_1", width)
        yield from affine(f"{block}.ln_2", width)
    yield from affine("ln_final", width)


PARTS: Final = {
    "model.diffusion_model": unet,
    "first_stage_model": vae,
    "conditioner.embedders.0.transformer.text_model": clip_l,
    "conditioner.embedders.1.model": clip_g,
}


def values(name: str, shape: tuple[int, ...], random: np.random.Generator) -> np.ndarray:
    """Biases are 0, norms 1, embeddings small, all else scaled by the fan-in; float16."""
    if name.endswith("bias"):
        return np.zeros(shape, np.float16)
    if len(shape) == 1:
        return np.ones(shape, np.float16)
    scale = EMBEDDING_SCALE if "embedding" in name else 1 / math.sqrt(math.prod(shape[1:]))
    return (random.standard_normal(shape, np.float32) * np.float32(scale)).astype(np.float16)


def main() -> None:
    """Write the file whole or not at all."""
    parser = argparse.ArgumentParser(description="write a checkpoint of random weights in a small SDXL's shape")
    parser.add_argument("file", type=Path, help="such as ComfyUI/models/checkpoints/synthetic-sdxl.safetensors")
    file: Path = parser.parse_args().file
    random = np.random.default_rng(SEED)
    tensors: dict[str, np.ndarray] = {}
    for prefix, shapes in PARTS.items():
        part = {f"{prefix}.{name}": values(name, shape, random) for name, shape in shapes()}
        print(f"{prefix}: {sum(tensor.size for tensor in part.values()) / 1e6:.1f} M parameters")
        tensors.update(part)
    unfinished = file.with_name(f".{file.name}.part")
    try:
        save_file(tensors, unfinished, {"format": "pt"})
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    print(f"{file}: {file.stat().st_size / 1e9:.2f} GB")


if __name__ == "__main__":
    main()
