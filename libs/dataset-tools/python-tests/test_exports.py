"""Exports as the loaders of trainers open them: Pillow's convert("RGB"), captions as text files and JSON lines."""

from __future__ import annotations

import json
import subprocess
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

ROOT = Path(__file__).parents[3]
DATASETS = sorted((ROOT / "datasets").iterdir())
Pixels = npt.NDArray[np.uint8]


@pytest.fixture(scope="module", params=["kohya", "imagefolder"])
def export_format(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=DATASETS, ids=lambda folder: folder.name)
def dataset(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture(scope="module")
def export(dataset: Path, export_format: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / export_format
    command = ["node", "apps/cli/bin/dgx-pixels.mjs", "dataset", "export", str(dataset), "--out", str(folder)]
    options = ["--format", export_format, "--size", "512", "--background", "#ff00ff"]
    subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True, timeout=120)  # noqa: S603
    return folder


def read_index(export: Path) -> dict[str, Any]:
    index: dict[str, Any] = json.loads((export / "export.json").read_text(encoding="utf-8"))
    return index


def as_trainers_read(path: Path) -> Pixels:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Image.open(path) as image:
            return np.array(image if image.mode == "RGB" else image.convert("RGB"), np.uint8)


def test_every_art_pixel_is_one_square_and_nothing_hidden_is_shown(dataset: Path, export: Path) -> None:
    images = read_index(export)["images"]
    assert len(images) == len(json.loads((dataset / "dataset.json").read_text(encoding="utf-8"))["images"])
    for image in images:
        factor, left, top = image["factor"], image["left"], image["top"]
        assert [factor % 8, left % 8, top % 8] == [0, 0, 0]
        with Image.open(dataset / "images" / f"{image['id']}.png") as native:
            rgba = np.array(native.convert("RGBA"))
        assert set(np.unique(rgba[..., 3])) <= {0, 255}
        background = np.array([255, 0, 255], np.uint8)
        baked = np.where(rgba[..., 3:] == 255, rgba[..., :3], background)
        expected = np.broadcast_to(background, (512, 512, 3)).copy()
        squares = np.kron(baked, np.ones((factor, factor, 1), np.uint8))
        expected[top : top + squares.shape[0], left : left + squares.shape[1]] = squares
        assert np.array_equal(as_trainers_read(export / image["file"]), expected)


def test_captions_are_read_as_they_were_written(export: Path, export_format: str) -> None:
    captions = {image["file"]: image["caption"] for image in read_index(export)["images"]}
    read: dict[str, str] = {}
    for folder in ("train", "validation"):
        if export_format == "kohya":
            for path in (export / folder).glob("*.txt"):
                (line,) = path.read_text(encoding="utf-8").splitlines()
                read[f"{folder}/{path.stem}.png"] = line.strip()
        else:
            for line in (export / folder / "metadata.jsonl").read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                read[f"{folder}/{record['file_name']}"] = record["text"]
    assert read == captions
    pictures = {path.relative_to(export).as_posix() for path in export.rglob("*.png")}
    assert pictures == set(captions)
