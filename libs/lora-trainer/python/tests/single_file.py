"""The same weights as a folder of diffusers, in one file with the names of the original release."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

Weights = dict[str, Tensor]

RESNET: Final = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
UNET_ENDS: Final = {
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "conv_in": "input_blocks.0.0",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
}
VAE_ATTENTION: Final = {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out"}
OPEN_CLIP: Final = {
    "self_attn.out_proj": "attn.out_proj",
    "mlp.fc1": "mlp.c_fc",
    "mlp.fc2": "mlp.c_proj",
    "layer_norm1": "ln_1",
    "layer_norm2": "ln_2",
}


def write_single_file(folder: Path, file: Path) -> Path:
    """Write the checkpoint, and beside it what it lacks: configurations and tokenizers."""
    parts = {
        "model.diffusion_model": _unet(load_file(folder / "unet" / "diffusion_pytorch_model.safetensors")),
        "first_stage_model": _vae(load_file(folder / "vae" / "diffusion_pytorch_model.safetensors")),
        "conditioner.embedders.0.transformer": load_file(folder / "text_encoder" / "model.safetensors"),
        "conditioner.embedders.1.model": _open_clip(load_file(folder / "text_encoder_2" / "model.safetensors")),
    }
    tensors = {f"{part}.{name}": value for part, weights in parts.items() for name, value in weights.items()}
    save_file({name: value.contiguous() for name, value in tensors.items()}, file)
    shutil.copytree(folder, file.with_suffix(".config"), ignore=shutil.ignore_patterns("*.safetensors"))
    return file


def _unet(weights: Weights) -> Weights:
    """Blocks are numbered through: three a level down, a residual block and perhaps a transformer in each."""
    with_attention = {name.split(".attentions.")[0] for name in weights if ".attentions." in name}

    def block(way: str, level: str, place: int) -> str:
        number = 3 * int(level) + place
        return f"input_blocks.{number + 1}" if way == "down" else f"output_blocks.{number}"

    def renamed(name: str) -> str:
        for ours, original in UNET_ENDS.items():
            if name.startswith(f"{ours}."):
                return original + name.removeprefix(ours)
        if found := re.fullmatch(r"(down|up)_blocks\.(\d)\.(resnets|attentions)\.(\d)\.(.+)", name):
            way, level, kind, place, rest = found.groups()
            target = block(way, level, int(place))
            return f"{target}.0.{_resnet(rest)}" if kind == "resnets" else f"{target}.1.{rest}"
        if found := re.fullmatch(r"mid_block\.(resnets|attentions)\.(\d)\.(.+)", name):
            kind, place, rest = found.groups()
            return f"middle_block.{2 * int(place)}.{_resnet(rest)}" if kind == "resnets" else f"middle_block.1.{rest}"
        if found := re.fullmatch(r"down_blocks\.(\d)\.downsamplers\.0\.conv\.(.+)", name):
            return f"{block('down', found[1], 2)}.0.op.{found[2]}"
        if found := re.fullmatch(r"up_blocks\.(\d)\.upsamplers\.0\.conv\.(.+)", name):
            layer = 2 if f"up_blocks.{found[1]}" in with_attention else 1
            return f"{block('up', found[1], 2)}.{layer}.conv.{found[2]}"
        raise ValueError(name)

    return {renamed(name): value for name, value in weights.items()}


def _resnet(rest: str) -> str:
    layer, _, kind = rest.rpartition(".")
    return f"{RESNET[layer]}.{kind}"


def _vae(weights: Weights) -> Weights:
    """Four levels; those of the decoder are numbered from the outside. Attention is made of convolutions of side 1."""

    def renamed(name: str) -> str:
        name = name.replace("conv_norm_out", "norm_out").replace("conv_shortcut", "nin_shortcut")
        name = re.sub(r"down_blocks\.(\d)\.resnets\.", r"down.\1.block.", name)
        name = re.sub(r"down_blocks\.(\d)\.downsamplers\.0", r"down.\1.downsample", name)
        name = re.sub(r"up_blocks\.(\d)\.resnets\.", lambda found: f"up.{3 - int(found[1])}.block.", name)
        name = re.sub(r"up_blocks\.(\d)\.upsamplers\.0", lambda found: f"up.{3 - int(found[1])}.upsample", name)
        name = re.sub(r"mid_block\.resnets\.(\d)", lambda found: f"mid.block_{int(found[1]) + 1}", name)
        for ours, original in VAE_ATTENTION.items():
            name = name.replace(f"mid_block.attentions.0.{ours}.", f"mid.attn_1.{original}.")
        return name

    return {
        renamed(name): value[:, :, None, None] if ".attentions." in name and value.ndim == 2 else value
        for name, value in weights.items()
    }


def _open_clip(weights: Weights) -> Weights:
    """OpenCLIP keeps queries, keys and values in one matrix, and projects from the right."""
    text = {name.removeprefix("text_model."): value for name, value in weights.items()}
    layers = 1 + max(int(name.split(".")[2]) for name in text if name.startswith("encoder.layers."))
    renamed = {
        "token_embedding.weight": text["embeddings.token_embedding.weight"],
        "positional_embedding": text["embeddings.position_embedding.weight"],
        "text_projection": text["text_projection.weight"].T,
        "ln_final.weight": text["final_layer_norm.weight"],
        "ln_final.bias": text["final_layer_norm.bias"],
    }
    for index in range(layers):
        ours, original = f"encoder.layers.{index}", f"transformer.resblocks.{index}"
        for kind in ("weight", "bias"):
            heads = [text[f"{ours}.self_attn.{part}_proj.{kind}"] for part in "qkv"]
            renamed[f"{original}.attn.in_proj_{kind}"] = torch.cat(heads)
            for layer, name in OPEN_CLIP.items():
                renamed[f"{original}.{name}.{kind}"] = text[f"{ours}.{layer}.{kind}"]
    return renamed
