"""SDXL's structure with a few thousand weights, as a folder that diffusers wrote. Nothing comes from the network.

The UNet has SDXL's blocks and layers per block, so that its names map like the real ones.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from diffusers import AutoencoderKL, EulerDiscreteScheduler, StableDiffusionXLPipeline, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

TEXT_WIDTHS = (16, 24)
TIME_WIDTH = 8
END_ID = 513


def write_tiny_sdxl(folder: Path) -> Path:
    """Write the model; the same weights every time."""
    torch.manual_seed(11)
    pipeline = StableDiffusionXLPipeline(
        vae=AutoencoderKL(
            block_out_channels=(8, 8, 8, 8),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            latent_channels=4,
            layers_per_block=1,
            norm_num_groups=4,
            sample_size=64,
            scaling_factor=0.13025,
        ),
        text_encoder=CLIPTextModel(_text_config(TEXT_WIDTHS[0])),
        text_encoder_2=CLIPTextModelWithProjection(_text_config(TEXT_WIDTHS[1])),
        tokenizer=_tokenizer(folder / "tokenizer", pad="<|endoftext|>"),
        tokenizer_2=_tokenizer(folder / "tokenizer_2", pad="!"),
        unet=tiny_unet(),
        scheduler=EulerDiscreteScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear"),
    )
    pipeline.save_pretrained(folder, safe_serialization=True)
    return folder


def tiny_unet() -> UNet2DConditionModel:
    """A UNet with fresh weights."""
    return UNet2DConditionModel(
        sample_size=8,
        block_out_channels=(8, 16, 16),
        layers_per_block=2,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        transformer_layers_per_block=(1, 1, 2),
        attention_head_dim=(1, 2, 2),
        cross_attention_dim=sum(TEXT_WIDTHS),
        use_linear_projection=True,
        norm_num_groups=4,
        addition_embed_type="text_time",
        addition_time_embed_dim=TIME_WIDTH,
        projection_class_embeddings_input_dim=6 * TIME_WIDTH + TEXT_WIDTHS[1],
    )


def _text_config(width: int) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=END_ID + 1,
        hidden_size=width,
        intermediate_size=24,
        projection_dim=width,
        num_hidden_layers=3,
        num_attention_heads=2,
        bos_token_id=END_ID - 1,
        eos_token_id=END_ID,
        pad_token_id=END_ID,
    )


def _tokenizer(folder: Path, pad: str) -> CLIPTokenizer:
    """A tokenizer of single bytes: any caption can be encoded, and no list of merges is needed."""
    folder.mkdir(parents=True)
    symbols = [chr(code) for code in (*range(33, 127), *range(161, 173), *range(174, 256))]
    symbols += [chr(256 + place) for place in range(256 - len(symbols))]
    tokens = [*symbols, *(f"{symbol}</w>" for symbol in symbols), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({token: place for place, token in enumerate(tokens)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer(
        str(folder / "vocab.json"),
        str(folder / "merges.txt"),
        pad_token=pad,
        model_max_length=77,
    )
