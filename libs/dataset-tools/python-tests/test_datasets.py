"""The committed datasets as other people's tools see them."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import mlcroissant
import numpy as np
import pytest
from PIL import Image

DATASETS = sorted((Path(__file__).parents[3] / "datasets").iterdir())


def manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize("folder", DATASETS, ids=lambda folder: folder.name)
def test_mlcroissant_finds_nothing_wrong_and_reads_every_record(folder: Path) -> None:
    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    records = list(dataset.records("pictures"))
    pictures = {picture["id"]: picture for picture in manifest(folder)["images"]}
    assert len(records) == len(pictures) >= 50
    for record in records:
        values = {key: value.decode() if isinstance(value, bytes) else value for key, value in record.items()}
        picture = pictures[values["pictures/id"]]
        assert values["pictures/caption"] == picture["caption"]["text"]
        assert values["pictures/licence"] == picture["licence"]["spdx"]


@pytest.mark.parametrize("folder", DATASETS, ids=lambda folder: folder.name)
def test_pillow_reads_the_pixels_that_the_names_promise(folder: Path) -> None:
    for picture in manifest(folder)["images"]:
        data = (folder / "images" / f"{picture['id']}.png").read_bytes()
        assert hashlib.sha256(data).hexdigest() == picture["fileSha256"]
        rgba = np.array(Image.open(io.BytesIO(data)).convert("RGBA"))
        height, width, _ = rgba.shape
        assert (width, height) == (picture["width"], picture["height"])
        assert not rgba[rgba[..., 3] == 0].any()
        content = f"{width}x{height}\n".encode() + rgba.tobytes()
        assert hashlib.sha256(content).hexdigest() == picture["id"]
