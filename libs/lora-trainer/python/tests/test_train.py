from __future__ import annotations

import json
from pathlib import Path

import pytest
from lora_trainer.schema_check import schema_faults
from safetensors.torch import load_file
from trainer_process import Ended, train_here
from training_set import make_document, write_set

PROTOCOL = Path(__file__).parents[1] / "lora_trainer" / "protocol"


def test_events_are_those_of_the_protocol(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    schema = json.loads((PROTOCOL / "train-event.schema.json").read_text())
    document = make_document(tmp_path / "run", tiles, tiny_sdxl, training__steps=16)
    ended = train_here(document, "nan-at=3-20")
    assert ended.code == 32
    assert {event["type"] for event in ended.events} >= {"hello", "phase", "step", "validation", "error", "bye"}
    assert [fault for event in ended.events for fault in schema_faults(schema, event)] == []


def test_more_steps_may_be_asked_for(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    whole = train_here(make_document(tmp_path / "whole", tiles, tiny_sdxl))
    document = make_document(tmp_path / "grown", tiles, tiny_sdxl, training__steps=4)
    first = train_here(document)
    document["training"]["steps"] = 8
    second = train_here(document, resume=True)
    assert first.losses() | second.losses() == whole.losses()


def test_run_folder_with_checkpoints_is_not_started_anew(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    document = make_document(tmp_path / "run", tiles, tiny_sdxl, training__steps=4)
    assert train_here(document).code == 0
    again = train_here(document)
    assert again.code == 20
    assert again.of_type("error")[0]["hint"] == "resume the run"


def _resume_changed(tmp_path: Path, tiny_sdxl: Path, change: str, value: object) -> Ended:
    tiles = write_set(tmp_path / "tiles")
    document = make_document(tmp_path / "run", tiles, tiny_sdxl, training__steps=4)
    train_here(document)
    if change == "picture":
        (tiles / "0.png").write_bytes((tiles / "1.png").read_bytes())
    else:
        part, name = change.split(".")
        document[part][name] = value
    document["training"]["steps"] = 8
    return train_here(document, resume=True)


@pytest.mark.parametrize(
    ("change", "value", "code", "says"),
    [
        ("training.learningRate", 0.02, 20, "training.learningRate"),
        ("adapter.rank", 2, 20, "adapter.rank"),
        ("dataset.lockSha256", "0" * 64, 21, "dataset.lockSha256"),
        ("picture", None, 21, "0.png"),
    ],
)
def test_resume_refuses_what_changed_and_names_it(
    change: str, value: object, code: int, says: str, tmp_path: Path, tiny_sdxl: Path
) -> None:
    ended = _resume_changed(tmp_path, tiny_sdxl, change, value)
    assert ended.code == code
    assert says in ended.of_type("error")[0]["message"]


def test_updates_that_are_not_finite_are_skipped_and_counted(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    document = make_document(tmp_path / "run", tiles, tiny_sdxl)
    ended = train_here(document, "nan-at=2-3", "inf-at=6")
    assert ended.code == 0
    assert [step for step, loss in ended.losses().items() if loss is None] == [2, 3, 6]
    assert ended.of_type("step")[-1]["skipped"] == 3


def test_ten_updates_that_are_not_finite_end_the_run_and_keep_the_checkpoint(
    tmp_path: Path, tiny_sdxl: Path, tiles: Path
) -> None:
    document = make_document(tmp_path / "run", tiles, tiny_sdxl, training__steps=40)
    ended = train_here(document, "nan-at=6-40")
    assert ended.code == 32
    assert ended.events[-1]["step"] == 15
    assert any(picture["id"] in ended.of_type("error")[0]["message"] for picture in document["dataset"]["train"])
    newest = ended.of_type("checkpoint")[-1]
    adapter = load_file(tmp_path / "run" / "checkpoints" / newest["folder"] / "adapter.safetensors")
    assert all(tensor.isfinite().all() for tensor in adapter.values())
    resumed = train_here(document, resume=True)
    assert resumed.code == 0, resumed.stderr


def test_disk_full_ends_the_run_and_keeps_the_checkpoint(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    document = make_document(tmp_path / "run", tiles, tiny_sdxl)
    ended = train_here(document, "disk-full-at=8")
    assert ended.code == 31
    assert sorted(path.name for path in (tmp_path / "run" / "checkpoints").iterdir()) == [
        "latest.json",
        "step-00000004",
    ]
    assert train_here(document, resume=True).code == 0


def test_memory_that_runs_out_has_its_own_exit_code(tmp_path: Path, tiny_sdxl: Path, tiles: Path) -> None:
    document = make_document(tmp_path / "run", tiles, tiny_sdxl)
    assert train_here(document, "memory-at=2").code == 30
