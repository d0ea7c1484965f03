"""Everything that the frozen encoders say about a set, computed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from lora_trainer.conditioning import Conditioning, time_ids
from lora_trainer.encoders import Encoders, Posterior, TextStates
from lora_trainer.pictures import read_pixels
from lora_trainer.request import Dataset, PictureRef


@dataclass(frozen=True)
class Cache:
    """Posteriors by picture id and text states by caption, the empty one among them; on the CPU, float32."""

    posteriors: dict[str, Posterior]
    texts: dict[str, TextStates]
    width: int
    height: int

    def conditioning(self, captions: Sequence[str], device: torch.device) -> Conditioning:
        """The conditioning of a batch of captions."""
        texts = [self.texts[caption] for caption in captions]
        states = torch.stack([text.states for text in texts]).to(device)
        pooled = torch.stack([text.pooled for text in texts]).to(device)
        return Conditioning(states, pooled, time_ids(self.width, self.height, len(texts), device))

    def mean(self, picture: PictureRef) -> Tensor:
        """The mean latent [4, H, W] of a picture."""
        return self.posteriors[picture.id].mean


def build_cache(encoders: Encoders, dataset: Dataset, on_progress: Callable[[], None]) -> Cache:
    """Encode every picture and caption, one at a time: the same bits in every run.

    `on_progress` is called after each; it may raise to stop.
    """
    posteriors: dict[str, Posterior] = {}
    texts = {"": encoders.encode_caption("")}
    for picture in (*dataset.train, *dataset.validation):
        posteriors[picture.id] = encoders.encode_picture(read_pixels(dataset, picture))
        if picture.caption not in texts:
            texts[picture.caption] = encoders.encode_caption(picture.caption)
        on_progress()
    return Cache(posteriors, texts, dataset.width, dataset.height)
