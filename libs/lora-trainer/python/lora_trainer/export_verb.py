"""`export`: the adapter of any checkpoint, in both forms."""

from __future__ import annotations

from pathlib import Path

from lora_trainer.checkpoint_state import adapter_of
from lora_trainer.checkpoint_store import read_checkpoint
from lora_trainer.durable_files import replace_durably
from lora_trainer.export_adapter import DIFFUSERS_FILE, KOHYA_FILE, TrainedAdapter, diffusers_file, kohya_file
from lora_trainer.request import TrainRequest, request_of


def export_checkpoint(checkpoint_folder: Path, output: Path) -> None:
    """Write both files; TrainingEnded("config-invalid") if the checkpoint is not whole."""
    checkpoint = read_checkpoint(checkpoint_folder)
    output.mkdir(parents=True, exist_ok=True)
    write_exports(adapter_of(checkpoint), request_of(checkpoint.values["request"]), output)


def write_exports(adapter: TrainedAdapter, request: TrainRequest, output: Path) -> None:
    """Write `adapter.safetensors` (kohya's form) and `pytorch_lora_weights.safetensors` (diffusers')."""
    replace_durably(output / KOHYA_FILE, kohya_file(adapter, request))
    replace_durably(output / DIFFUSERS_FILE, diffusers_file(adapter, request))
