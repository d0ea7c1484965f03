"""The numbers of one small run: whatever changes them changes every run that was begun before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from trainer_process import train_here
from training_set import BUNDLED, make_document

GOLDEN = Path(__file__).parent / "golden-losses.json"


@pytest.mark.parametrize("base", ["tiny-sdxl", "bundled"])
def test_losses_are_those_that_were_recorded(base: str, tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    document = make_document(tmp_path / "run", tiles, BUNDLED if base == "bundled" else tiny_sdxl)
    ended = train_here(document)
    expected = json.loads(GOLDEN.read_text())[base]
    assert list(ended.losses().values()) == pytest.approx(expected["train"], rel=1e-5)
    rounds = [[cell["loss"] for cell in event["heldOut"]] for event in ended.of_type("validation")]
    assert rounds == [pytest.approx(values, rel=1e-5) for values in expected["heldOut"]]


def test_adapter_learns_two_pictures_by_heart(tmp_path: Path, tiles: Path) -> None:
    document = make_document(tmp_path / "run", tiles, BUNDLED, training__steps=60, training__captionDropout=0)
    document["dataset"]["train"] = document["dataset"]["train"][:2]
    document["training"]["learningRate"] = 0.002
    document["adapter"]["rank"] = 16
    document["validation"] |= {"every": 60, "trainPictures": 2, "timesteps": [300, 500, 700]}
    document["checkpoint"]["every"] = 60
    first, last = train_here(document).of_type("validation")
    before, after = (sum(cell["loss"] for cell in event["train"]) for event in (first, last))
    assert after < 0.8 * before
