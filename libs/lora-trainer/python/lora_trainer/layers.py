"""Which layers of a UNet get an adapter, and how files name them."""

from __future__ import annotations

import re
from typing import Final, Literal

from torch import nn

TargetSet = Literal["attention", "attention-ff", "attention-ff-proj"]

ATTENTION: Final = ("to_q", "to_k", "to_v", "to_out.0")
FEED_FORWARD: Final = ("ff.net.0.proj", "ff.net.2")
PROJECTIONS: Final = ("proj_in", "proj_out")
TARGET_SETS: Final[dict[TargetSet, tuple[str, ...]]] = {
    "attention": ATTENTION,
    "attention-ff": ATTENTION + FEED_FORWARD,
    "attention-ff-proj": ATTENTION + FEED_FORWARD + PROJECTIONS,
}
"""Last parts of layer names; SDXL's UNet has 560, 700 and 722 linear layers of these sets."""


def target_layers(unet: nn.Module, targets: TargetSet) -> tuple[str, ...]:
    """Names (diffusers') of the layers of a set, in the UNet's order."""
    suffixes = tuple(f".{suffix}" for suffix in TARGET_SETS[targets])
    return tuple(
        name for name, layer in unet.named_modules() if isinstance(layer, nn.Linear) and name.endswith(suffixes)
    )


def sgm_name(layer: str, layers_per_block: int) -> str:
    """The name of an attention layer in SGM's numbering, which kohya and ComfyUI use.

    `down_blocks.1.attentions.0.proj_in` is `input_blocks.4.1.proj_in` at SDXL's 2 layers a block: one running number
    over all layers and samplers of the down blocks, one over those of the up blocks. ValueError for other layers.
    """
    middle = re.fullmatch(r"mid_block\.attentions\.0\.(.+)", layer)
    if middle is not None:
        return f"middle_block.1.{middle[1]}"
    parts = re.fullmatch(r"(down|up)_blocks\.(\d+)\.attentions\.(\d+)\.(.+)", layer)
    if parts is None:
        raise ValueError(f"{layer} is no attention layer")
    way, inner = parts[1], parts[4]
    number = int(parts[2]) * (layers_per_block + 1) + int(parts[3])
    return f"input_blocks.{number + 1}.1.{inner}" if way == "down" else f"output_blocks.{number}.1.{inner}"


def kohya_stem(layer: str, layers_per_block: int) -> str:
    """What kohya's files call a layer: `lora_unet_input_blocks_4_1_proj_in`."""
    return f"lora_unet_{sgm_name(layer, layers_per_block).replace('.', '_')}"
