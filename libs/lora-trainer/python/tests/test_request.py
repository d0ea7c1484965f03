from __future__ import annotations

from pathlib import Path

import pytest
from lora_trainer.exits import TrainingEnded
from lora_trainer.request import read_request
from training_set import make_document, write_request


def test_reads_a_request(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    request = read_request(write_request(make_document(tmp_path, tiles, tiny_sdxl)))
    assert request.training.learning_rate == 0.01
    assert request.dataset.train[0].caption == "tile, number 0"
    assert request.validation.timesteps == (100, 700)
    assert request.run_folder == tmp_path


def test_names_all_faults_at_once(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    document = make_document(tmp_path, tiles, tiny_sdxl, adapter__rank=0, training__precision="float8", surprise=1)
    del document["seed"]
    with pytest.raises(TrainingEnded) as caught:
        read_request(write_request(document))
    assert caught.value.exit_class == "config-invalid"
    for field in (".adapter.rank", ".training.precision", ".surprise", ".seed"):
        assert field in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("dataset__width", 60, "multiple of 8"),
        ("adapter__alpha", 0.3, "float16"),
        ("validation__trainPictures", 5, "only 4"),
    ],
)
def test_names_contradictions(
    field: str, value: object, says: str, tmp_path: Path, tiny_sdxl: Path, tiles: Path
) -> None:
    document = make_document(tmp_path, tiles, tiny_sdxl, **{field: value})
    with pytest.raises(TrainingEnded, match=says):
        read_request(write_request(document))


@pytest.mark.parametrize("file", ["/etc/passwd", "../outside.png", "a/../../b.png"])
def test_refuses_pictures_outside_of_the_set(file: str, tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    document = make_document(tmp_path, tiles, tiny_sdxl)
    document["dataset"]["train"][0]["file"] = file
    with pytest.raises(TrainingEnded, match="below the set's folder"):
        read_request(write_request(document))


def test_refuses_a_picture_that_is_trained_and_held_out(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    document = make_document(tmp_path, tiles, tiny_sdxl)
    document["dataset"]["validation"].append(document["dataset"]["train"][0])
    with pytest.raises(TrainingEnded, match="also a training picture"):
        read_request(write_request(document))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"null"])
def test_refuses_what_is_no_request(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_bytes(content)
    with pytest.raises(TrainingEnded):
        read_request(path)
