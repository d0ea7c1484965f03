"""A noun classifier for evaluation, trained and tested on pictures of different sprites."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn

from pixel_model.colours import ByteImage
from pixel_model.pool import FACE, Picture

FEW_SOURCES: Final = 4
WHITE: Final = 255


class NounNetwork(nn.Module):
    """Three convolution stages and a linear layer over 16x16 cells."""

    def __init__(self, classes: int) -> None:
        """Fresh weights."""
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(4, 32, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(32, 48, 3, padding=1, stride=2),
            nn.BatchNorm2d(48),
            nn.ReLU(),
            nn.Conv2d(48, 96, 3, padding=1, stride=2),
            nn.BatchNorm2d(96),
            nn.ReLU(),
            nn.Flatten(),
            nn.Dropout(0.3),
            nn.Linear(96 * 16, classes),
        )

    def forward(self, inputs: Tensor) -> Tensor:
        """Logits [batch, classes] of inputs [batch, 4, 16, 16]."""
        return torch.as_tensor(self.layers(inputs))


@dataclass(frozen=True)
class NounClassifier:
    """A trained network with its accuracy on sprites it never saw."""

    network: NounNetwork
    nouns: tuple[str, ...]
    test_accuracy: float
    test_pictures: int

    def classify(
        self, images: ByteImage, masks: Sequence[np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]
    ) -> list[str]:
        """The noun of each image [count, H, W, 3] (16 or 32 cells)."""
        with torch.no_grad():
            inputs = torch.stack([to_input(image, mask) for image, mask in zip(images, masks, strict=True)])
            return [self.nouns[index] for index in self.network(inputs).argmax(dim=1).tolist()]


def to_input(rgb: ByteImage, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Tensor:
    """Colours on white and the mask [4, 16, 16]; 32-cell pictures are averaged down."""
    image = np.where(mask[..., None], rgb, np.uint8(WHITE))
    stacked = torch.from_numpy(
        np.dstack([image, mask.astype(np.uint8) * 255]).astype(np.float32) / 127.5 - 1.0
    ).permute(2, 0, 1)
    return nn.functional.avg_pool2d(stacked[None], stacked.shape[-1] // 16)[0]


def test_sources(pictures: Sequence[Picture]) -> frozenset[str]:
    """Sprites of the test part: about a fifth of each noun's, chosen by name; none of nouns with fewer than four."""
    by_noun: dict[str, set[str]] = {}
    for picture in pictures:
        by_noun.setdefault(picture.nouns[0], set()).add(picture.source)
    chosen: set[str] = set()
    for names in by_noun.values():
        ordered = sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())
        chosen.update(ordered[: len(ordered) // 5 if len(ordered) > FEW_SOURCES else len(ordered) // 4])
    return frozenset(chosen)


def train_classifier(pictures: Sequence[Picture], *, seed: int, steps: int = 1500, batch: int = 96) -> NounClassifier:
    """Train on sprites outside the test part, nouns sampled evenly; test on all pictures of the test part."""
    torch.manual_seed(seed)
    nouns = tuple(sorted({picture.nouns[0] for picture in pictures if picture.nouns[0] != FACE}))
    places = {noun: index for index, noun in enumerate(nouns)}
    held_back = test_sources(pictures)
    train: list[list[Tensor]] = [[] for _ in nouns]
    test: list[tuple[Tensor, int]] = []
    for picture in pictures:
        if picture.nouns[0] == FACE:
            continue
        place = places[picture.nouns[0]]
        entry = to_input(picture.rgb, picture.mask)
        if picture.source in held_back:
            test.append((entry, place))
        else:
            train[place].append(entry)
    stacked = [torch.stack(entries) for entries in train]
    network = NounNetwork(len(nouns))
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    generator = torch.Generator().manual_seed(seed)
    for _ in range(steps):
        chosen = torch.randint(len(nouns), (batch,), generator=generator)
        picks = [int(torch.randint(len(stacked[int(place)]), (1,), generator=generator)) for place in chosen]
        inputs = torch.stack([stacked[int(place)][pick] for place, pick in zip(chosen, picks, strict=True)])
        if torch.rand(1, generator=generator).item() < 0.5:
            inputs = inputs.flip(-1)
        shift = torch.randint(-1, 2, (2,), generator=generator)
        inputs = torch.roll(inputs, (int(shift[0]), int(shift[1])), dims=(2, 3))
        inputs = inputs + 0.08 * torch.randn(inputs.shape, generator=generator)
        optimizer.zero_grad(set_to_none=True)
        nn.functional.cross_entropy(network(inputs), chosen, label_smoothing=0.05).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
    network.eval()
    with torch.no_grad():
        predicted = torch.cat(
            [
                network(torch.stack([entry for entry, _ in test[at : at + 512]])).argmax(dim=1)
                for at in range(0, len(test), 512)
            ]
        )
    correct = float((predicted == torch.tensor([place for _, place in test])).float().mean())
    return NounClassifier(network, nouns, correct, len(test))
