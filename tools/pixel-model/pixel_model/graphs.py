"""The modules that become ONNX graphs, with the inputs and outputs that an engine sees."""

from __future__ import annotations

from torch import Tensor, nn
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
