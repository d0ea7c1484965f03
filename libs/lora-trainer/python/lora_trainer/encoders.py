"""What a base model turns pictures and captions into, before training starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from diffusers import UNet2DConditionModel
from torch import Tensor


@dataclass(frozen=True)
class Posterior:
    """A picture's latent distribution [4, H, W], in the UNet's scale; `std` is 0 for a VAE without one. Float32."""

    mean: Tensor
    std: Tensor


@dataclass(frozen=True)
class TextStates:
    """A caption's penultimate states [tokens, width] and pooled embedding [pooled width], float32."""

    states: Tensor
    pooled: Tensor


class Encoders(Protocol):
    """VAE encoder and text encoders. They are let go when everything is cached."""

    def encode_picture(self, pixels: Tensor) -> Posterior:
        """The posterior of a picture [3, height, width] in [-1, 1]."""

    def encode_caption(self, caption: str) -> TextStates:
        """What the UNet sees of a caption."""


@dataclass(frozen=True)
class BaseModel:
    """A model to adapt. `version` is what kohya's metadata call it."""

    unet: UNet2DConditionModel
    encoders: Encoders
    version: str
    small: bool
