"""The model's networks: SDXL's structure at about a five-hundredth of its size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor, nn
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from pixel_model.tokenizer import BEGIN, END, MAX_TOKENS

SCALING_FACTOR: Final = 0.13025


@dataclass(frozen=True)
class ModelSizes:
    """Widths and depths of the networks."""

    text_width: int = 64
    text_width_2: int = 96
    text_layers: int = 2
    text_heads: int = 4
    unet_channels: tuple[int, int, int] = (32, 64, 128)
    unet_heads: tuple[int, int, int] = (1, 2, 4)
    norm_groups: int = 16
    time_embed_width: int = 32
    vae_channels: tuple[int, int, int] = (32, 64, 96)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ModelSizes:
        """Sizes as they stand in a recipe or a checkpoint, where tuples became lists."""
        plain: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
        }
        return cls(**plain)


class PixelVae(nn.Module):
    """An autoencoder from 8x8 pixels to one latent cell of four channels, and back.

    Strided 2x2 convolutions only: cells never see each other, so one cell is one art pixel.
    """

    def __init__(self, channels: tuple[int, int, int] = (32, 64, 96)) -> None:
        """Fresh weights."""
        super().__init__()
        first, second, third = channels
        self.encoder_1 = nn.Conv2d(3, first, 2, 2)
        self.encoder_2 = nn.Conv2d(first, second, 2, 2)
        self.encoder_3 = nn.Conv2d(second, third, 2, 2)
        self.encoder_mix = nn.Conv2d(third, third, 1)
        self.encoder_out = nn.Conv2d(third, 4, 1)
        self.decoder_in = nn.Conv2d(4, third, 1)
        self.decoder_mix = nn.Conv2d(third, third, 1)
        self.decoder_1 = nn.ConvTranspose2d(third, second, 2, 2)
        self.decoder_2 = nn.ConvTranspose2d(second, first, 2, 2)
        self.decoder_3 = nn.ConvTranspose2d(first, 3, 2, 2)
        self.activation = nn.SiLU()

    def encode(self, image: Tensor) -> Tensor:
        """Image [batch, 3, 8H, 8W] in [-1, 1] to latent [batch, 4, H, W], not scaled."""
        hidden = self.activation(self.encoder_1(image))
        hidden = self.activation(self.encoder_2(hidden))
        hidden = self.activation(self.encoder_3(hidden))
        hidden = self.activation(self.encoder_mix(hidden))
        return torch.as_tensor(self.encoder_out(hidden))

    def decode(self, latent: Tensor) -> Tensor:
        """Latent [batch, 4, H, W], not scaled, to image [batch, 3, 8H, 8W], about [-1, 1]."""
        hidden = self.activation(self.decoder_in(latent))
        hidden = self.activation(self.decoder_mix(hidden))
        hidden = self.activation(self.decoder_1(hidden))
        hidden = self.activation(self.decoder_2(hidden))
        return torch.as_tensor(self.decoder_3(hidden))

    def encode_cells(self, cells: Tensor) -> Tensor:
        """Cells [batch, 3, H, W] in [-1, 1] to latents [batch, 4, H, W]: `encode` of 8x8 blocks of one colour."""
        hidden = cells
        for layer in (self.encoder_1, self.encoder_2, self.encoder_3):
            kernel = layer.weight.sum(dim=(2, 3), keepdim=True)
            hidden = self.activation(nn.functional.conv2d(hidden, kernel, layer.bias))
        hidden = self.activation(self.encoder_mix(hidden))
        return torch.as_tensor(self.encoder_out(hidden))

    def decode_cells(self, latent: Tensor) -> Tensor:
        """Latents [batch, 4, H, W] to one colour per cell [batch, 3, H, W]: the top left pixel of each block."""
        hidden = self.activation(self.decoder_in(latent))
        hidden = self.activation(self.decoder_mix(hidden))
        for layer in (self.decoder_1, self.decoder_2):
            kernel = layer.weight[:, :, 0, 0].T[..., None, None]
            hidden = self.activation(nn.functional.conv2d(hidden, kernel, layer.bias))
        kernel = self.decoder_3.weight[:, :, 0, 0].T[..., None, None]
        return nn.functional.conv2d(hidden, kernel, self.decoder_3.bias)

    @torch.no_grad()
    def tie_taps(self) -> None:
        """Make every 2x2 kernel uniform: the encoder averages a block, the decoder paints it in one colour."""
        for encoder in (self.encoder_1, self.encoder_2, self.encoder_3):
            encoder.weight.copy_(encoder.weight.mean(dim=(2, 3), keepdim=True).expand_as(encoder.weight))
        for decoder in (self.decoder_1, self.decoder_2, self.decoder_3):
            decoder.weight.copy_(decoder.weight[:, :, :1, :1].expand_as(decoder.weight))


def text_config(vocabulary: int, width: int, sizes: ModelSizes) -> CLIPTextConfig:
    """Configuration of one text encoder."""
    return CLIPTextConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        intermediate_size=width * 4,
        projection_dim=width,
        num_hidden_layers=sizes.text_layers,
        num_attention_heads=sizes.text_heads,
        max_position_embeddings=MAX_TOKENS,
        hidden_act="gelu",
        bos_token_id=BEGIN,
        eos_token_id=END,
        pad_token_id=END,
    )


def make_unet(sizes: ModelSizes) -> UNet2DConditionModel:
    """A UNet with SDXL's blocks and text_time conditioning, fresh weights."""
    return UNet2DConditionModel(
        sample_size=16,
        in_channels=4,
        out_channels=4,
        block_out_channels=sizes.unet_channels,
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        transformer_layers_per_block=1,
        attention_head_dim=sizes.unet_heads,
        cross_attention_dim=sizes.text_width + sizes.text_width_2,
        use_linear_projection=True,
        norm_num_groups=sizes.norm_groups,
        addition_embed_type="text_time",
        addition_time_embed_dim=sizes.time_embed_width,
        projection_class_embeddings_input_dim=6 * sizes.time_embed_width + sizes.text_width_2,
    )


class TextEncoders(nn.Module):
    """Both CLIP text encoders, read as SDXL reads them."""

    def __init__(self, vocabulary: int, sizes: ModelSizes) -> None:
        """Fresh weights."""
        super().__init__()
        self.text_encoder = CLIPTextModel(text_config(vocabulary, sizes.text_width, sizes))
        self.text_encoder_2 = CLIPTextModelWithProjection(text_config(vocabulary, sizes.text_width_2, sizes))

    def forward(self, input_ids: Tensor) -> tuple[Tensor, Tensor]:
        """Ids [batch, 24] to penultimate states [batch, 24, 160] and the pooled embedding [batch, 96]."""
        first = self.text_encoder(input_ids, output_hidden_states=True)
        second = self.text_encoder_2(input_ids, output_hidden_states=True)
        states = torch.cat([first.hidden_states[-2], second.hidden_states[-2]], dim=-1)
        return states, second.text_embeds


class Denoiser(nn.Module):
    """What training optimises: text encoders and UNet."""

    def __init__(self, vocabulary: int, sizes: ModelSizes) -> None:
        """Fresh weights."""
        super().__init__()
        self.text = TextEncoders(vocabulary, sizes)
        self.unet = make_unet(sizes)

    def forward(self, sample: Tensor, timestep: Tensor, input_ids: Tensor, time_ids: Tensor) -> Tensor:
        """Predicted noise [batch, 4, H, W] of a scaled noisy latent at integer timesteps [batch]."""
        states, pooled = self.text(input_ids)
        added = {"text_embeds": pooled, "time_ids": time_ids}
        return torch.as_tensor(
            self.unet(sample, timestep, encoder_hidden_states=states, added_cond_kwargs=added, return_dict=False)[0]
        )
