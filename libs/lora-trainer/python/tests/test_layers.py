from __future__ import annotations

import pytest
import torch
from diffusers import UNet2DConditionModel
from lora_trainer.layers import TargetSet, kohya_stem, sgm_name, target_layers


@pytest.fixture(scope="module")
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


@pytest.mark.parametrize(
    ("targets", "modules", "per_rank"),
    [("attention", 560, 1_451_520), ("attention-ff", 700, 2_616_320), ("attention-ff-proj", 722, 2_659_840)],
)
def test_sdxl_has_the_known_number_of_modules(
    sdxl_unet: UNet2DConditionModel, targets: TargetSet, modules: int, per_rank: int
) -> None:
    layers = target_layers(sdxl_unet, targets)
    assert len(layers) == modules
    shapes = [sdxl_unet.get_submodule(layer).get_parameter("weight").shape for layer in layers]
    assert sum(rows + columns for rows, columns in shapes) == per_rank


def test_stems_of_sdxl_are_those_of_its_original_blocks(sdxl_unet: UNet2DConditionModel) -> None:
    depths = {f"input_blocks_{block}_1": 2 for block in (4, 5)} | {f"input_blocks_{block}_1": 10 for block in (7, 8)}
    depths |= {"middle_block_1": 10}
    depths |= {f"output_blocks_{block}_1": 10 for block in (0, 1, 2)}
    depths |= {f"output_blocks_{block}_1": 2 for block in (3, 4, 5)}
    expected = set()
    for block, depth in depths.items():
        inner = [
            f"{attention}_{part}" for attention in ("attn1", "attn2") for part in ("to_q", "to_k", "to_v", "to_out_0")
        ]
        inner += ["ff_net_0_proj", "ff_net_2"]
        expected |= {f"{block}_proj_in", f"{block}_proj_out"}
        expected |= {f"{block}_transformer_blocks_{place}_{name}" for place in range(depth) for name in inner}
    stems = [kohya_stem(layer, 2) for layer in target_layers(sdxl_unet, "attention-ff-proj")]
    assert len(stems) == 722
    assert set(stems) == {f"lora_unet_{name}" for name in expected}


@pytest.mark.parametrize(
    ("layer", "name"),
    [
        ("down_blocks.1.attentions.0.proj_in", "input_blocks.3.1.proj_in"),
        ("down_blocks.2.attentions.0.proj_in", "input_blocks.5.1.proj_in"),
        ("up_blocks.1.attentions.0.proj_in", "output_blocks.2.1.proj_in"),
        ("mid_block.attentions.0.proj_in", "middle_block.1.proj_in"),
    ],
)
def test_one_layer_per_block_is_numbered_as_the_bundled_model_is(layer: str, name: str) -> None:
    assert sgm_name(layer, 1) == name


@pytest.mark.parametrize("layer", ["conv_in", "down_blocks.0.resnets.0.conv1", "mid_block.attentions.1.proj_in"])
def test_other_layers_have_no_name(layer: str) -> None:
    with pytest.raises(ValueError, match="no attention layer"):
        sgm_name(layer, 2)
