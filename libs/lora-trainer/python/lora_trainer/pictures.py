"""The pictures of a set: checked against the request, then read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from lora_trainer.exits import TrainingEnded
from lora_trainer.request import Dataset, PictureRef

LOCK_FILE = "dataset.lock.json"


def sha256_of(path: Path) -> str:
    """Hexadecimal digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()


def check_dataset(dataset: Dataset) -> None:
    """TrainingEnded("dataset-changed") names every file that is not what the request says."""
    faults = list(_changes(dataset))
    if faults:
        shown = "\n".join(faults[:40]) + (f"\n... and {len(faults) - 40} more" if len(faults) > 40 else "")
        raise TrainingEnded("dataset-changed", shown, "export the set again and plan a new run with it")


def _changes(dataset: Dataset) -> Iterator[str]:
    expected = [(LOCK_FILE, dataset.lock_sha256)]
    expected += [(picture.file, picture.sha256) for picture in (*dataset.train, *dataset.validation)]
    for name, sha256 in expected:
        try:
            actual = sha256_of(dataset.path / name)
        except OSError as error:
            yield f"{name}: cannot be read: {error.strerror}"
            continue
        if actual != sha256:
            yield f"{name}: sha256 is {actual[:12]}…, the run was planned with {sha256[:12]}…"


def read_pixels(dataset: Dataset, picture: PictureRef) -> Tensor:
    """A picture [3, height, width] in [-1, 1], float32; TrainingEnded("config-invalid") for another size or alpha."""
    with Image.open(dataset.path / picture.file) as image:
        if image.size != (dataset.width, dataset.height):
            found = f"{image.size[0]}x{image.size[1]}"
            raise _unusable(picture, f"is {found}, the set is {dataset.width}x{dataset.height}")
        rgba = np.asarray(image.convert("RGBA"))
    if (rgba[..., 3] != 255).any():
        raise _unusable(picture, "has transparent pixels")
    return torch.from_numpy(rgba[..., :3].copy()).permute(2, 0, 1).to(torch.float32) / 127.5 - 1.0


def _unusable(picture: PictureRef, fault: str) -> TrainingEnded:
    return TrainingEnded(
        "config-invalid", f"{picture.file} {fault}", "export the set again with this size and a background"
    )
