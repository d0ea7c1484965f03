"""A small adapter with a known effect: what an engine's LoRA loader is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import save_file
from torch import Tensor

from pixel_model.networks import Denoiser
from pixel_model.verify import unet_inputs, unet_reference
from pixel_model.weights import Released

RANK: Final = 2
ALPHA: Final = 1.0
SPREAD: Final = 0.2
UNET_STRENGTH: Final = 0.75
TEXT_STRENGTH: Final = -0.5
UNET_STEMS: Final = {
    "lora_unet_input_blocks_3_1_transformer_blocks_0_attn1_to_q": (
        "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q"
    ),
    "lora_unet_middle_block_1_proj_in": "mid_block.attentions.0.proj_in",
    "lora_unet_input_blocks_2_0_op": "down_blocks.0.downsamplers.0.conv",
    "lora_unet_output_blocks_1_0_in_layers_2": "up_blocks.0.resnets.1.conv1",
    "lora_unet_up_blocks_1_attentions_1_transformer_blocks_0_attn2_to_out_0": (
        "up_blocks.1.attentions.1.transformer_blocks.0.attn2.to_out.0"
    ),
    "lora_unet_down_blocks_2_attentions_0_transformer_blocks_0_ff_net_0_proj": (
        "down_blocks.2.attentions.0.transformer_blocks.0.ff.net.0.proj"
    ),
    "lora_unet_output_blocks_2_1_transformer_blocks_0_attn2_to_k": (
        "up_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k"
    ),
}
"""kohya's stems, with SGM's and with diffusers' block names, and the layers that they mean."""
TEXT_STEMS: Final = {
    "lora_te1_text_model_encoder_layers_0_self_attn_q_proj": (
        "text_encoder.text_model.encoder.layers.0.self_attn.q_proj"
    ),
    "lora_te2_text_model_encoder_layers_0_mlp_fc1": "text_encoder_2.text_model.encoder.layers.0.mlp.fc1",
}
WITHOUT_ALPHA: Final = "lora_unet_middle_block_1_proj_in"
UNMATCHED: Final = "lora_unet_output_blocks_9_0_in_layers_2"


def make_adapter(model: Denoiser) -> dict[str, Tensor]:
    """The tensors of the adapter, fp16, in kohya's form; the last stem names nothing."""
    generator = torch.Generator().manual_seed(23)
    tensors: dict[str, Tensor] = {}
    for stem, layer in (UNET_STEMS | TEXT_STEMS).items():
        owner = model.unet if stem in UNET_STEMS else model.text
        shape = owner.get_submodule(layer).get_parameter("weight").shape
        down = torch.randn(RANK, *shape[1:], generator=generator) * SPREAD
        up = torch.randn(shape[0], RANK, *(1,) * (len(shape) - 2), generator=generator) * SPREAD
        tensors[f"{stem}.lora_down.weight"] = down.half()
        tensors[f"{stem}.lora_up.weight"] = up.half()
        if stem != WITHOUT_ALPHA:
            tensors[f"{stem}.alpha"] = torch.tensor(ALPHA).half()
    tensors[f"{UNMATCHED}.lora_down.weight"] = torch.ones(RANK, 4).half()
    tensors[f"{UNMATCHED}.lora_up.weight"] = torch.ones(4, RANK).half()
    return tensors


def merged(model: Denoiser, adapter: Mapping[str, Tensor]) -> Denoiser:
    """A copy of the networks with the adapter in their weights: W + strength * alpha / rank * up @ down."""
    changed = deepcopy(model)
    for stems, owner, strength in (
        (UNET_STEMS, changed.unet, UNET_STRENGTH),
        (TEXT_STEMS, changed.text, TEXT_STRENGTH),
    ):
        for stem, layer in stems.items():
            weight = owner.get_submodule(layer).get_parameter("weight")
            up, down = (adapter[f"{stem}.lora_{part}.weight"].float().flatten(1) for part in ("up", "down"))
            scale = 1.0 if stem == WITHOUT_ALPHA else ALPHA / RANK
            weight.add_((strength * scale * (up @ down)).reshape(weight.shape))
    return changed


@torch.no_grad()
def write_adapter_reference(
    released: Released, folder: Path, ids: Tensor
) -> tuple[dict[str, Tensor], dict[str, object]]:
    """Write adapter.safetensors; returns what the adapted networks make of `ids` and the UNet's inputs, and a note."""
    adapter = make_adapter(released.model)
    file = folder / "adapter.safetensors"
    # One key only: safetensors writes several in no fixed order.
    save_file(adapter, file, metadata={"format": "pt"})
    file.chmod(0o644)
    model = merged(released.model, adapter)
    first = model.text.text_encoder(ids, output_hidden_states=True)
    second = model.text.text_encoder_2(ids, output_hidden_states=True)
    inputs = unet_inputs(released, 16, 16, seed=256)
    tensors = {
        "adapter.text.hidden": first.hidden_states[-2],
        "adapter.text.hidden_2": second.hidden_states[-2],
        "adapter.text.pooled": second.text_embeds,
        "adapter.unet.eps": unet_reference(released, inputs, model.unet),
    }
    note: dict[str, object] = {
        "file": file.name,
        "unetStrength": UNET_STRENGTH,
        "textStrength": TEXT_STRENGTH,
        "unetWeights": len(UNET_STEMS),
        "textWeights": len(TEXT_STEMS),
        "unmatchedKeys": sorted(name for name in adapter if name.startswith(UNMATCHED)),
        "inputs": "those of text and unet.16x16",
    }
    return tensors, note
