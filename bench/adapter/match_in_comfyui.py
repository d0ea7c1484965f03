"""Match the keys of an adapter with the key map of the real ComfyUI.

    python match_in_comfyui.py <file> <ComfyUI folder>

Run with ComfyUI's own Python, outside of this repository. The UNet has SDXL's structure and no weights (meta tensors).
Prints a JSON line for bench/record/adapter-at-full-size.json.
"""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import Any

import torch

# Built for another PyTorch, it registers operators that nothing here calls.
sys.modules["torchvision._meta_registrations"] = types.ModuleType("torchvision._meta_registrations")
ADAPTER, COMFYUI = Path(sys.argv[1]), sys.argv[2]
sys.argv = sys.argv[:1]
sys.path.insert(0, COMFYUI)

import comfy.cli_args  # noqa: E402

comfy.cli_args.args.cpu = True

import comfy.lora  # noqa: E402
import comfy.ops  # noqa: E402
import comfyui_version  # noqa: E402
from comfy.ldm.modules.diffusionmodules.openaimodel import UNetModel  # noqa: E402

SDXL: dict[str, Any] = {
    "image_size": 32,
    "in_channels": 4,
    "out_channels": 4,
    "model_channels": 320,
    "num_res_blocks": [2, 2, 2],
    "channel_mult": [1, 2, 4],
    "transformer_depth": [0, 0, 2, 2, 10, 10],
    "transformer_depth_output": [0, 0, 0, 2, 2, 2, 10, 10, 10],
    "transformer_depth_middle": 10,
    "num_classes": "sequential",
    "adm_in_channels": 2816,
    "context_dim": 2048,
    "use_linear_in_transformer": True,
    "num_head_channels": 64,
    "use_spatial_transformer": True,
    "legacy": False,
    "num_heads": -1,
}


class Model:
    """What ComfyUI's key map asks a model for."""

    def __init__(self) -> None:
        """SDXL's UNet on meta tensors."""
        with torch.device("meta"):
            unet = UNetModel(**SDXL, device="meta", operations=comfy.ops.disable_weight_init, dtype=torch.float16)
        self.weights = {f"diffusion_model.{name}": value for name, value in unet.state_dict().items()}
        self.model_config = types.SimpleNamespace(unet_config=SDXL)

    def state_dict(self) -> dict[str, torch.Tensor]:
        """The weights by name."""
        return self.weights


def stems_of(path: Path) -> dict[str, tuple[int, int]]:
    """Output and input width of every layer in the file."""
    content = path.read_bytes()
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    downs = {name.removesuffix(".lora_down.weight"): entry for name, entry in header.items() if "lora_down" in name}
    return {stem: (header[f"{stem}.lora_up.weight"]["shape"][0], entry["shape"][1]) for stem, entry in downs.items()}


def main() -> None:
    """Match and count."""
    model, stems = Model(), stems_of(ADAPTER)
    keys = comfy.lora.model_lora_keys_unet(model, {})
    matched = {stem: keys[stem] for stem in stems if stem in keys}
    fitting = sum(tuple(model.weights[key].shape) == stems[stem] for stem, key in matched.items())
    result = {
        "comfyui": comfyui_version.__version__,
        "torch": torch.__version__,
        "layersInFile": len(stems),
        "matched": len(matched),
        "ofFittingShape": fitting,
        "differentWeights": len(set(matched.values())),
    }
    print(json.dumps(result))


main()
