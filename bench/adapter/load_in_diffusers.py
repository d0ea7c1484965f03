"""Write an SDXL-sized adapter as the trainer exports it, and load it with diffusers.

    python load_in_diffusers.py <file to write>

The UNet has SDXL's structure and no weights (memory that is never touched); the adapter's values come from a seed. Run
with the repository's Python; libs/lora-trainer/python and its tests on PYTHONPATH. Prints a JSON line for
bench/record/adapter-at-full-size.json.
"""

from __future__ import annotations

import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path

import torch
from diffusers import StableDiffusionXLPipeline, UNet2DConditionModel
from lora_trainer.export_adapter import TrainedAdapter, kohya_file
from lora_trainer.layers import target_layers
from lora_trainer.request import request_of
from training_set import make_document, write_set

RANK = 16


def sdxl_unet() -> UNet2DConditionModel:
    """The UNet of SDXL 1.0, without weights."""
    with torch.device("meta"):
        return UNet2DConditionModel(
            sample_size=128,
            block_out_channels=(320, 640, 1280),
            layers_per_block=2,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
            transformer_layers_per_block=(1, 2, 10),
            attention_head_dim=(5, 10, 20),
            cross_attention_dim=2048,
            use_linear_projection=True,
            addition_embed_type="text_time",
            addition_time_embed_dim=256,
            projection_class_embeddings_input_dim=2816,
        )


def write_adapter(unet: UNet2DConditionModel, path: Path) -> dict[str, torch.Tensor]:
    """Export random factors; returns them by layer and factor, float32."""
    generator = torch.Generator().manual_seed(1)
    factors = {}
    for layer in target_layers(unet, "attention-ff-proj"):
        rows, columns = unet.get_submodule(layer).get_parameter("weight").shape
        factors[f"{layer}.lora_A.weight"] = torch.randn(RANK, columns, generator=generator) / 8
        factors[f"{layer}.lora_B.weight"] = torch.randn(rows, RANK, generator=generator) / 8
    dataset = write_set(path.parent / "adapter-set")
    document = make_document(path.parent / "run", dataset, path.parent, adapter__rank=RANK, adapter__alpha=RANK)
    path.write_bytes(kohya_file(TrainedAdapter(factors, 1, "sdxl_base_v1-0", 2), request_of(document)))
    return factors


def main() -> None:
    """Write, load, compare."""
    path = Path(sys.argv[1])
    (path.parent / "model_index.json").write_text("{}")
    unet = sdxl_unet().half().to_empty(device="cpu")
    factors = write_adapter(unet, path)
    state, alphas = StableDiffusionXLPipeline.lora_state_dict(str(path), unet_config=unet.config)
    StableDiffusionXLPipeline.load_lora_into_unet(state, alphas, unet, low_cpu_mem_usage=True)
    loaded = {name: value for name, value in unet.named_parameters() if "lora_" in name}
    equal = 0
    for name, value in factors.items():
        layer, factor = name.rsplit(".", 2)[0], name.rsplit(".", 2)[1]
        found = loaded.get(f"{layer}.{factor}.default_0.weight")
        if found is not None and torch.equal(found.half().cpu(), value.half()):
            equal += 1
    scales = {module.scaling["default_0"] for module in unet.modules() if hasattr(module, "scaling")}
    result = {
        "diffusers": version("diffusers"),
        "peft": version("peft"),
        "torch": torch.__version__,
        "bytes": path.stat().st_size,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "tensorsInFile": 3 * len(factors) // 2,
        "factors": len(factors),
        "factorsLoadedEqual": equal,
        "factorsInUnet": len(loaded),
        "scales": sorted(float(scale) for scale in scales),
    }
    print(json.dumps(result))


main()
