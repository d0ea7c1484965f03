"""Reference inputs and outputs of a release, made by PyTorch and diffusers from the released weights."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import torch
from safetensors.torch import save_file
from torch import Tensor

from pixel_model.export import describe_file, write_json
from pixel_model.networks import SCALING_FACTOR
from pixel_model.onnx_graphs import WEIGHTS_FILE
from pixel_model.reference_adapter import write_adapter_reference
from pixel_model.sampling import normal_sigmas, sample_latents, starting_noise
from pixel_model.verify import unet_inputs, unet_reference
from pixel_model.weights import Released

PROMPTS: Final = (
    "pixel art of a red bird",
    "a face with long brown hair and glasses",
    "a quux sword on black background",
    "",
)
IMAGE_PROMPT: Final = "a red bird"
IMAGE_SEED: Final = 42
IMAGE_STEPS: Final = 8
IMAGE_GUIDANCE: Final = 5.0
REFERENCE_SIZES: Final = ((16, 16), (12, 20), (15, 17))


@torch.no_grad()
def write_reference(released: Released, folder: Path, weights: Path) -> None:
    """Write reference.safetensors (float32 tensors) and reference.json (what they are) into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, Tensor] = {}
    ids = torch.stack([torch.from_numpy(released.tokenizer.encode(text)) for text in PROMPTS])
    first = released.model.text.text_encoder(ids, output_hidden_states=True)
    second = released.model.text.text_encoder_2(ids, output_hidden_states=True)
    tensors["text.input_ids"] = ids
    tensors["text.hidden"] = first.hidden_states[-2]
    tensors["text.hidden_2"] = second.hidden_states[-2]
    tensors["text.hidden_last"] = first.hidden_states[-1]
    tensors["text.hidden_last_2"] = second.hidden_states[-1]
    tensors["text.hidden_normed"] = first.last_hidden_state
    tensors["text.hidden_normed_2"] = second.last_hidden_state
    tensors["text.pooled"] = second.text_embeds
    for height, width in REFERENCE_SIZES:
        inputs = unet_inputs(released, height, width, seed=height * width)
        for name, tensor in inputs.items():
            tensors[f"unet.{height}x{width}.{name}"] = tensor
        tensors[f"unet.{height}x{width}.eps"] = unet_reference(released, inputs)
    adapter_tensors, adapter = write_adapter_reference(released, folder, ids)
    tensors |= adapter_tensors
    generator = torch.Generator().manual_seed(3)
    tensors["vae_decoder.latent"] = torch.randn(2, 4, 3, 5, generator=generator) / SCALING_FACTOR
    tensors["vae_decoder.image"] = released.vae.decode(tensors["vae_decoder.latent"])
    tensors["vae_encoder.image"] = torch.rand(2, 3, 24, 40, generator=generator) * 2 - 1
    tensors["vae_encoder.latent"] = released.vae.encode(tensors["vae_encoder.image"])
    noise = starting_noise([IMAGE_SEED], 16)
    sampled = sample_latents(released, [IMAGE_PROMPT], noise, steps=IMAGE_STEPS, guidance=IMAGE_GUIDANCE, keep=True)
    tensors["image.noise"] = noise
    tensors["image.sigmas"] = normal_sigmas(IMAGE_STEPS)
    tensors["image.trajectory"] = torch.cat(sampled.trajectory)
    tensors["image.latent"] = sampled.latent
    decoded = released.vae.decode(sampled.latent / SCALING_FACTOR)
    tensors["image.cells"] = decoded[:, :, ::8, ::8]
    file = folder / "reference.safetensors"
    save_file({name: tensor.contiguous().clone() for name, tensor in tensors.items()}, file)
    file.chmod(0o644)
    write_json(
        folder / "reference.json",
        {
            "note": "Made by PyTorch and diffusers from the fp16 weights, computed in float32. Tolerance 1e-4.",
            "weights": describe_file(weights / WEIGHTS_FILE),
            "text": {"prompts": list(PROMPTS)},
            "adapter": adapter,
            "unet": {"sizes": [f"{height}x{width}" for height, width in REFERENCE_SIZES]},
            "image": {
                "prompt": IMAGE_PROMPT,
                "negative": "",
                "seed": IMAGE_SEED,
                "sampler": "euler",
                "scheduler": "normal",
                "steps": IMAGE_STEPS,
                "guidance": IMAGE_GUIDANCE,
                "width": 128,
                "height": 128,
                "noise": "starting noise x sqrt(1 + sigma^2)",
                "trajectory": "the latent after each step",
                "cells": "every eighth pixel of the decoded image, not clamped",
            },
        },
    )
