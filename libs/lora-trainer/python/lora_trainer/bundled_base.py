"""The bundled model (libs/pixel-model): SDXL's structure at about a five-hundredth of its size."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, TypeVar

import torch
from diffusers import UNet2DConditionModel
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from lora_trainer.encoders import BaseModel, Posterior, TextStates

Weights = dict[str, Tensor]
Network = TypeVar("Network", bound=nn.Module)


class WordTokenizer:
    """Words of a closed vocabulary to ids: begin, words, end, then padding; what does not fit is cut."""

    def __init__(self, vocabulary: dict[str, Any]) -> None:
        """The tokenizer that vocab.json describes."""
        self.vocabulary = vocabulary
        self._ids = {token: place for place, token in enumerate(vocabulary["tokens"])}

    def encode(self, text: str) -> list[int]:
        """`maxTokens` ids."""
        known, length = self.vocabulary, int(self.vocabulary["maxTokens"])
        lowered = text.lower() if known["lowercase"] else text
        words = re.findall(known["pattern"], lowered)[: length - 2]
        ids = [known["begin"], *(self._ids.get(word, known["unknown"]) for word in words), known["end"]]
        return ids + [known["pad"]] * (length - len(ids))


class CellEncoder(nn.Module):
    """The VAE's encoder: 8x8 pixels to one latent cell of four channels, by strided 2x2 convolutions."""

    def __init__(self, channels: tuple[int, int, int]) -> None:
        """Fresh weights."""
        super().__init__()
        first, second, third = channels
        self.encoder_1 = nn.Conv2d(3, first, 2, 2)
        self.encoder_2 = nn.Conv2d(first, second, 2, 2)
        self.encoder_3 = nn.Conv2d(second, third, 2, 2)
        self.encoder_mix = nn.Conv2d(third, third, 1)
        self.encoder_out = nn.Conv2d(third, 4, 1)

    def forward(self, image: Tensor) -> Tensor:
        """Image [batch, 3, 8H, 8W] in [-1, 1] to latent [batch, 4, H, W], not scaled."""
        hidden = image
        for layer in (self.encoder_1, self.encoder_2, self.encoder_3, self.encoder_mix):
            hidden = nn.functional.silu(layer(hidden))
        return torch.as_tensor(self.encoder_out(hidden))


class BundledEncoders:
    """Both text encoders, read as SDXL reads them, and the VAE's encoder."""

    def __init__(self, config: dict[str, Any], vocabulary: dict[str, Any], weights: Weights) -> None:
        """Released weights."""
        self._tokenizer = WordTokenizer(vocabulary)
        first, second = (_text_config(config, vocabulary, width) for width in config["textWidths"])
        self._text = _loaded(CLIPTextModel(first), weights, "text_encoder.")
        self._text_2 = _loaded(CLIPTextModelWithProjection(second), weights, "text_encoder_2.")
        self._vae = _loaded(CellEncoder(tuple(config["vaeChannels"])), weights, "vae.")
        self._scaling_factor = float(config["scalingFactor"])

    @torch.no_grad()
    def encode_picture(self, pixels: Tensor) -> Posterior:
        """The latent itself: this VAE has no spread."""
        latent = self._vae(pixels[None])[0] * self._scaling_factor
        return Posterior(latent, torch.zeros_like(latent))

    @torch.no_grad()
    def encode_caption(self, caption: str) -> TextStates:
        """States [24, 160] and pooled embedding [96]."""
        ids = torch.tensor([self._tokenizer.encode(caption)])
        first = self._text(ids, output_hidden_states=True)
        second = self._text_2(ids, output_hidden_states=True)
        states = torch.cat([first.hidden_states[-2], second.hidden_states[-2]], dim=-1)
        return TextStates(states[0], second.text_embeds[0])


def load_bundled(folder: Path) -> BaseModel:
    """The released model of a folder, float32; KeyError or ValueError if its files do not fit one another."""
    config = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["config"]
    vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    weights = {name: tensor.float() for name, tensor in load_file(bundled_weights(folder)).items()}
    unet = _loaded(_unet(config), weights, "unet.")
    return BaseModel(unet, BundledEncoders(config, vocabulary, weights), version="pixel-sprites", small=True)


def bundled_weights(folder: Path) -> Path:
    """The weights file of the model."""
    return folder / "pixel-sprites.safetensors"


def _text_config(config: dict[str, Any], vocabulary: dict[str, Any], width: int) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=len(vocabulary["tokens"]),
        hidden_size=width,
        intermediate_size=width * 4,
        projection_dim=width,
        num_hidden_layers=config["textLayers"],
        num_attention_heads=config["textHeads"],
        max_position_embeddings=config["maxTokens"],
        hidden_act="gelu",
        bos_token_id=vocabulary["begin"],
        eos_token_id=vocabulary["end"],
        pad_token_id=vocabulary["pad"],
    )


def _unet(config: dict[str, Any]) -> UNet2DConditionModel:
    return UNet2DConditionModel(
        sample_size=16,
        in_channels=4,
        out_channels=4,
        block_out_channels=tuple(config["unetChannels"]),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        transformer_layers_per_block=1,
        attention_head_dim=tuple(config["unetHeads"]),
        cross_attention_dim=sum(config["textWidths"]),
        use_linear_projection=True,
        norm_num_groups=config["normGroups"],
        addition_embed_type="text_time",
        addition_time_embed_dim=config["additionTimeEmbedDim"],
        projection_class_embeddings_input_dim=6 * config["additionTimeEmbedDim"] + config["pooledWidth"],
    )


@torch.no_grad()
def _loaded(network: Network, weights: Weights, prefix: str) -> Network:
    own = {name: weights[prefix + name] for name in network.state_dict() if not name.endswith("position_ids")}
    network.load_state_dict(own, strict=False)
    return network.eval().requires_grad_(requires_grad=False)
