"""Reading a checkpoint's averaged weights, rounded to fp16 as they are released."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

from pixel_model.networks import Denoiser, ModelSizes, PixelVae
from pixel_model.tokenizer import Tokenizer

PREFIXES = {"text.text_encoder.": "text_encoder.", "text.text_encoder_2.": "text_encoder_2.", "unet.": "unet."}


@dataclass(frozen=True)
class Released:
    """The networks with released weights: float32 tensors whose values are fp16 numbers."""

    model: Denoiser
    vae: PixelVae
    tokenizer: Tokenizer
    sizes: ModelSizes
    recipe: dict[str, Any]
    step: int
    earlier: tuple[dict[str, Any], ...] = ()

    def tensors(self) -> dict[str, Tensor]:
        """Every tensor under its released name, fp16."""
        named: dict[str, Tensor] = {}
        for name, tensor in self.model.state_dict().items():
            if name.endswith("position_ids"):
                continue
            prefix = next(prefix for prefix in PREFIXES if name.startswith(prefix))
            named[PREFIXES[prefix] + name.removeprefix(prefix)] = tensor.to(torch.float16).contiguous()
        for name, tensor in self.vae.state_dict().items():
            named[f"vae.{name}"] = tensor.to(torch.float16).contiguous()
        return named


@torch.no_grad()
def read_checkpoint(path: Path, *, averaged: bool = True) -> Released:
    """Networks from a checkpoint, in evaluation mode; `averaged` takes the moving average of the weights."""
    saved = torch.load(path, weights_only=True)
    recipe = dict(saved["recipe"])
    sizes = ModelSizes.from_dict(recipe["sizes"])
    tokenizer = Tokenizer(saved["tokens"])
    model = Denoiser(len(tokenizer.tokens), sizes)
    model.load_state_dict(saved["model"])
    if averaged:
        for weight, average in zip(model.parameters(), saved["ema"], strict=True):
            weight.copy_(average)
    vae = PixelVae(sizes.vae_channels)
    vae.load_state_dict(saved["vae"])
    for network in (model, vae):
        network.eval().requires_grad_(requires_grad=False)
        for weight in network.parameters():
            weight.copy_(weight.to(torch.float16).to(torch.float32))
    return Released(model, vae, tokenizer, sizes, recipe, int(saved["step"]), tuple(saved.get("earlier", ())))


@torch.no_grad()
def read_release(folder: Path) -> Released:
    """Networks from a released folder: weights, vocabulary and the sizes in its manifest."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    config = manifest["config"]
    sizes = ModelSizes(
        text_width=config["textWidths"][0],
        text_width_2=config["textWidths"][1],
        text_layers=config["textLayers"],
        text_heads=config["textHeads"],
        unet_channels=tuple(config["unetChannels"]),
        unet_heads=tuple(config["unetHeads"]),
        norm_groups=config["normGroups"],
        time_embed_width=config["additionTimeEmbedDim"],
        vae_channels=tuple(config["vaeChannels"]),
    )
    tokenizer = Tokenizer(json.loads((folder / "vocab.json").read_text(encoding="utf-8"))["tokens"])
    model = Denoiser(len(tokenizer.tokens), sizes)
    vae = PixelVae(sizes.vae_channels)
    released = {
        name: tensor.to(torch.float32) for name, tensor in load_file(folder / "pixel-sprites.safetensors").items()
    }
    for name, tensor in model.state_dict().items():
        prefix = next(prefix for prefix in PREFIXES if name.startswith(prefix))
        if not name.endswith("position_ids"):
            tensor.copy_(released[PREFIXES[prefix] + name.removeprefix(prefix)])
    vae.load_state_dict({name: released[f"vae.{name}"] for name in vae.state_dict()})
    for network in (model, vae):
        network.eval().requires_grad_(requires_grad=False)
    training = manifest["training"]
    return Released(model, vae, tokenizer, sizes, dict(training.get("recipe", {})), int(training["steps"]))
