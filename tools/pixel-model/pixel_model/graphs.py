"""The modules that become ONNX graphs, with the inputs and outputs that an engine sees."""

from __future__ import annotations

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor, nn
from torch.nn.functional import interpolate
from transformers import CLIPTextModel, CLIPTextModelWithProjection

from pixel_model.networks import PixelVae


class FirstTextGraph(nn.Module):
    """input_ids [B, 24] to three states [B, 24, W1]: before the last layer, after it, and after the final norm too."""

    def __init__(self, encoder: CLIPTextModel) -> None:
        """Wrap an encoder."""
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Encode."""
        result = self.encoder(input_ids, output_hidden_states=True)
        return result.hidden_states[-2], result.hidden_states[-1], result.last_hidden_state


class SecondTextGraph(nn.Module):
    """input_ids [B, 24] to the same states [B, 24, W2] and pooled [B, P], the projected state at the end token."""

    def __init__(self, encoder: CLIPTextModelWithProjection) -> None:
        """Wrap an encoder."""
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Encode."""
        result = self.encoder(input_ids, output_hidden_states=True)
        return result.hidden_states[-2], result.hidden_states[-1], result.last_hidden_state, result.text_embeds


class UnetGraph(nn.Module):
    """The UNet for latents of any height and width.

    The same computation as UNet2DConditionModel.forward; where that doubles a feature map, and an
    odd size would not fit the skip connection, this resizes to the skip's size (nearest), as
    diffusers does for sizes that four does not divide.
    """

    def __init__(self, unet: UNet2DConditionModel) -> None:
        """Wrap a UNet."""
        super().__init__()
        self.unet = unet

    def forward(
        self, sample: Tensor, timestep: Tensor, encoder_hidden_states: Tensor, text_embeds: Tensor, time_ids: Tensor
    ) -> Tensor:
        """Predicted noise [B, 4, H, W]."""
        unet = self.unet
        embedded = unet.time_embedding(unet.time_proj(timestep))
        times = unet.add_time_proj(time_ids.flatten()).reshape(text_embeds.shape[0], -1)
        embedded = embedded + unet.add_embedding(torch.cat([text_embeds, times], dim=-1))
        hidden = unet.conv_in(sample)
        skips = [hidden]
        for block in unet.down_blocks:
            attentions = getattr(block, "attentions", [None] * len(block.resnets))
            for resnet, attention in zip(block.resnets, attentions, strict=True):
                hidden = resnet(hidden, embedded)
                if attention is not None:
                    hidden = attention(hidden, encoder_hidden_states=encoder_hidden_states, return_dict=False)[0]
                skips.append(hidden)
            if block.downsamplers is not None:
                hidden = block.downsamplers[0](hidden)
                skips.append(hidden)
        hidden = unet.mid_block.resnets[0](hidden, embedded)
        hidden = unet.mid_block.attentions[0](hidden, encoder_hidden_states=encoder_hidden_states, return_dict=False)[0]
        hidden = unet.mid_block.resnets[1](hidden, embedded)
        for block in unet.up_blocks:
            attentions = getattr(block, "attentions", [None] * len(block.resnets))
            for resnet, attention in zip(block.resnets, attentions, strict=True):
                hidden = resnet(torch.cat([hidden, skips.pop()], dim=1), embedded)
                if attention is not None:
                    hidden = attention(hidden, encoder_hidden_states=encoder_hidden_states, return_dict=False)[0]
            if block.upsamplers is not None:
                hidden = interpolate(hidden, size=skips[-1].shape[-2:], mode="nearest")
                hidden = block.upsamplers[0].conv(hidden)
        return torch.as_tensor(unet.conv_out(nn.functional.silu(unet.conv_norm_out(hidden))))


class VaeDecoderGraph(nn.Module):
    """latent [B, 4, H, W], already divided by the scaling factor, to image [B, 3, 8H, 8W], about [-1, 1]."""

    def __init__(self, vae: PixelVae) -> None:
        """Wrap the autoencoder."""
        super().__init__()
        self.vae = vae

    def forward(self, latent: Tensor) -> Tensor:
        """Decode."""
        return self.vae.decode(latent)


class VaeEncoderGraph(nn.Module):
    """image [B, 3, 8H, 8W] in [-1, 1] to latent [B, 4, H, W], to be multiplied by the scaling factor."""

    def __init__(self, vae: PixelVae) -> None:
        """Wrap the autoencoder."""
        super().__init__()
        self.vae = vae

    def forward(self, image: Tensor) -> Tensor:
        """Encode."""
        return self.vae.encode(image)
