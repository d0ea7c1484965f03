"""Small exported sets and requests over them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

RUN_ID = "01JD0000000000000000000000"
BUNDLED = Path(__file__).parents[3] / "pixel-model" / "model"


def write_set(folder: Path, count: int = 6, side: int = 64) -> Path:
    """Pictures of coloured blocks and the lock file; the same every time."""
    folder.mkdir(parents=True)
    for place in range(count):
        cells = np.random.default_rng(place).integers(0, 256, (side // 8, side // 8, 3), dtype=np.uint8)
        Image.fromarray(cells.repeat(8, axis=0).repeat(8, axis=1)).save(folder / f"{place}.png")
    (folder / "dataset.lock.json").write_text("{}")
    return folder


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_document(run: Path, dataset: Path, base: Path, **changes: object) -> dict[str, Any]:
    """A request over a set, two pictures of it held out. `training__steps=4` changes `training.steps`."""
    kind = "bundled" if base == BUNDLED else "sdxl-folder"
    identity = base / ("pixel-sprites.safetensors" if kind == "bundled" else "model_index.json")
    files = sorted(dataset.glob("*.png"))
    side = Image.open(files[0]).width
    pictures = [
        {
            "id": hashlib.sha256(file.name.encode()).hexdigest(),
            "file": file.name,
            "sha256": sha256(file),
            "caption": f"tile, number {place}",
        }
        for place, file in enumerate(files)
    ]
    document: dict[str, Any] = {
        "version": 1,
        "runId": RUN_ID,
        "runFolder": str(run),
        "seed": 7,
        "base": {"kind": kind, "path": str(base), "sha256": sha256(identity)},
        "dataset": {
            "path": str(dataset),
            "lockSha256": sha256(dataset / "dataset.lock.json"),
            "name": "tiles",
            "trigger": "tile",
            "width": side,
            "height": side,
            "train": pictures[:-2],
            "validation": pictures[-2:],
        },
        "adapter": {"targets": "attention-ff-proj", "rank": 4, "alpha": 2},
        "training": {
            "steps": 8,
            "batchSize": 2,
            "accumulation": 1,
            "learningRate": 0.01,
            "warmupSteps": 2,
            "schedule": "constant",
            "weightDecay": 0.01,
            "clipNorm": 1,
            "minSnrGamma": 5,
            "noiseOffset": 0.05,
            "captionDropout": 0.25,
            "precision": "float32",
            "gradientCheckpointing": False,
            "channelsLast": False,
            "compile": False,
            "device": "cpu",
            "threads": 1,
        },
        "validation": {"every": 4, "timesteps": [100, 700], "noises": 1, "trainPictures": 1},
        "checkpoint": {"every": 4, "keep": 2},
        "metadata": {"modelspec.license": "CC0-1.0"},
    }
    for name, value in changes.items():
        *path, last = name.split("__")
        target = document
        for part in path:
            target = target[part]
        target[last] = value
    return document


def write_request(document: dict[str, Any]) -> Path:
    """The request file of a run."""
    path = Path(document["runFolder"]) / "request.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document))
    return path
