"""What the trainer is told: request.json, parsed strictly."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal

import numpy as np

from lora_trainer.exits import TrainingEnded
from lora_trainer.schema_check import schema_faults

MAX_BYTES: Final = 64 * 2**20
PROTOCOL: Final = Path(__file__).parent / "protocol"


@dataclass(frozen=True)
class PictureRef:
    """A picture of the set. `file` lies below the set's folder and has the digest `sha256`."""

    id: str
    file: str
    sha256: str
    caption: str


@dataclass(frozen=True)
class BaseRef:
    """The model that is adapted."""

    kind: Literal["bundled", "sdxl-folder", "sdxl-file"]
    path: Path
    sha256: str


@dataclass(frozen=True)
class Dataset:
    """The exported set; sizes in pixels."""

    path: Path
    lock_sha256: str
    name: str
    trigger: str | None
    width: int
    height: int
    train: tuple[PictureRef, ...]
    validation: tuple[PictureRef, ...]


@dataclass(frozen=True)
class AdapterPlan:
    """Which layers get an adapter, and its size."""

    targets: Literal["attention", "attention-ff", "attention-ff-proj"]
    rank: int
    alpha: float


@dataclass(frozen=True)
class Training:
    """How it is trained; `steps` and `warmup_steps` count updates."""

    steps: int
    batch_size: int
    accumulation: int
    learning_rate: float
    warmup_steps: int
    schedule: Literal["constant", "cosine"]
    weight_decay: float
    clip_norm: float
    min_snr_gamma: float | None
    noise_offset: float
    caption_dropout: float
    precision: Literal["float32", "float16", "bfloat16"]
    gradient_checkpointing: bool
    channels_last: bool
    compile: bool
    device: Literal["cpu", "cuda"]
    threads: int


@dataclass(frozen=True)
class Validation:
    """The fixed grid, and how often it is measured."""

    every: int
    timesteps: tuple[int, ...]
    noises: int
    train_pictures: int


@dataclass(frozen=True)
class Checkpoints:
    """How often checkpoints are written and how many are kept."""

    every: int
    keep: int


@dataclass(frozen=True)
class TrainRequest:
    """Everything resolved. `document` is the JSON as read, `sha256` that of the file."""

    run_id: str
    run_folder: Path
    seed: int
    base: BaseRef
    dataset: Dataset
    adapter: AdapterPlan
    training: Training
    validation: Validation
    checkpoint: Checkpoints
    metadata: dict[str, str]
    document: dict[str, Any]
    sha256: str


def read_request(path: Path) -> TrainRequest:
    """A request file; TrainingEnded("config-invalid") names every fault of it."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _invalid([f"{path} is larger than {MAX_BYTES} bytes"])
        content = path.read_bytes()
        document = json.loads(content)
    except (OSError, ValueError) as error:
        raise _invalid([f"{path} cannot be read: {error}"]) from error
    schema = json.loads((PROTOCOL / "train-request.schema.json").read_text(encoding="utf-8"))
    if faults := list(schema_faults(schema, document)) or list(_contradictions(document)):
        raise _invalid(faults)
    return request_of(document, hashlib.sha256(content).hexdigest())


def _invalid(faults: list[str]) -> TrainingEnded:
    shown = "\n".join(faults[:40]) + (f"\n... and {len(faults) - 40} more" if len(faults) > 40 else "")
    return TrainingEnded("config-invalid", shown, "correct the request: `dgx-pixels train plan` writes valid ones")


def _contradictions(document: dict[str, Any]) -> Iterator[str]:
    """Faults that a schema cannot say."""
    dataset, training, alpha = document["dataset"], document["training"], document["adapter"]["alpha"]
    pictures = [*dataset["train"], *dataset["validation"]]
    for picture in pictures:
        parts = PurePosixPath(picture["file"]).parts
        if picture["file"].startswith("/") or ".." in parts:
            yield f".dataset: file must lie below the set's folder, is {picture['file']!r}"
    for side in ("width", "height"):
        if dataset[side] % 8 != 0:
            yield f".dataset.{side}: must be a multiple of 8 (a latent cell is 8x8 pixels), is {dataset[side]}"
    both = {picture["id"] for picture in dataset["train"]} & {picture["id"] for picture in dataset["validation"]}
    yield from (f".dataset.validation: {picture} is also a training picture" for picture in sorted(both))
    if float(np.float16(alpha)) != alpha:
        yield f".adapter.alpha: {alpha} is no float16 number, as which it is exported; take {float(np.float16(alpha))}"
    if training["schedule"] == "cosine" and training["warmupSteps"] >= training["steps"]:
        yield f".training.warmupSteps: must be below steps ({training['steps']}), is {training['warmupSteps']}"
    if document["validation"]["trainPictures"] > len(dataset["train"]):
        yield f".validation.trainPictures: the set has only {len(dataset['train'])} training pictures"


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    return {_snake(name): tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def request_of(document: dict[str, Any], sha256: str = "") -> TrainRequest:
    """The request of a document that was checked before."""
    dataset, base = _fields(document["dataset"]), _fields(document["base"])
    pictures = {part: tuple(PictureRef(**picture) for picture in dataset[part]) for part in ("train", "validation")}
    return TrainRequest(
        run_id=document["runId"],
        run_folder=Path(document["runFolder"]),
        seed=int(document["seed"]),
        base=BaseRef(**(base | {"path": Path(base["path"])})),
        dataset=Dataset(**(dataset | {"path": Path(dataset["path"])} | pictures)),
        adapter=AdapterPlan(**_fields(document["adapter"])),
        training=Training(**_fields(document["training"])),
        validation=Validation(**_fields(document["validation"])),
        checkpoint=Checkpoints(**_fields(document["checkpoint"])),
        metadata=dict(document["metadata"]),
        document=document,
        sha256=sha256,
    )
