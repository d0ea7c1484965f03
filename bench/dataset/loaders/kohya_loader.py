"""Reads an export with the dataset code of sd-scripts (kohya), as sdxl_train_network.py does, and says what it gave.

    python bench/dataset/loaders/kohya_loader.py <sd-scripts> <export> [--jsonl] [--resolution PIXELS]

--jsonl reads the pictures by train.jsonl (the fine-tuning mode) instead of the captions beside them; --resolution asks
for another resolution than the export's, for seeing what happens then. Prints one line of JSON: for each picture its
file, its caption, the SHA-256 of its RGB bytes, and the sizes that sd-scripts noted.
"""

import argparse
import contextlib
import hashlib
import importlib
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import torch


class NoTokens:
    """Stands for the tokenizers of SDXL, which are not looked at."""

    def tokenize(self, _text: str | list[str]) -> list[torch.Tensor]:
        """Token ids [1, 77] for one text encoder."""
        return [torch.zeros((1, 77), dtype=torch.long)]


def rgb_sha256(normalised: torch.Tensor) -> str:
    """Hash of the bytes [height, width, 3] behind a tensor [3, height, width] in [-1, 1]: (byte / 255 - 0.5) / 0.5."""
    levels = ((normalised * 0.5 + 0.5) * 255).round()
    if not torch.equal((levels / 255 - 0.5) / 0.5, normalised):
        raise SystemExit("the tensor is not that of 8-bit pixels")
    return hashlib.sha256(levels.to(torch.uint8).permute(1, 2, 0).contiguous().numpy().tobytes()).hexdigest()


def read_config(config_util: ModuleType, arguments: argparse.Namespace) -> dict[str, Any]:
    """dataset.toml, changed where an option asks for it."""
    config: dict[str, Any] = config_util.load_user_config("dataset.toml")
    if arguments.jsonl:
        config["general"].pop("caption_extension")
        config["datasets"] = [{"subsets": [{"image_dir": ".", "metadata_file": "train.jsonl"}]}]
    if arguments.resolution is not None:
        config["general"] |= {"resolution": arguments.resolution, "enable_bucket": True}
    return config


class Dataset(Protocol):
    """What is used of the datasets of sd-scripts."""

    image_data: dict[str, Any]

    def __len__(self) -> int:
        """Number of batches."""

    def __getitem__(self, index: int) -> dict[str, Any]:
        """One batch."""


def read_datasets(datasets: Iterable[Dataset]) -> list[dict[str, Any]]:
    """What the data loader of the training script would get, one picture at a time."""
    pictures = []
    for dataset in datasets:
        for index in range(len(dataset)):
            example = dataset[index]
            (key,) = example["image_keys"]
            info = dataset.image_data[key]
            pictures.append(
                {
                    "file": Path(os.path.relpath(info.absolute_path)).as_posix(),
                    "caption": example["captions"][0],
                    "rgbSha256": rgb_sha256(example["images"][0]),
                    "size": list(info.image_size),
                    "resizedTo": list(info.resized_size),
                    "bucket": list(info.bucket_reso),
                    "cropTopLeft": example["crop_top_lefts"][0].tolist(),
                    "flipped": example["flippeds"][0],
                }
            )
    return pictures


def main() -> None:
    """Reads training and validation pictures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("scripts", type=Path)
    parser.add_argument("export", type=Path)
    parser.add_argument("--jsonl", action="store_true")
    parser.add_argument("--resolution", type=int)
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.scripts.resolve()))
    os.chdir(arguments.export)
    # sd-scripts log to where the answer goes.
    with contextlib.redirect_stdout(sys.stderr):
        config_util, strategy_base, strategy_sd = (
            importlib.import_module(f"library.{name}") for name in ("config_util", "strategy_base", "strategy_sd")
        )
        strategy_base.TokenizeStrategy.set_strategy(NoTokens())
        cache = strategy_sd.SdSdxlLatentsCachingStrategy(
            sd=False, cache_to_disk=False, batch_size=1, skip_disk_cache_validity_check=False
        )
        strategy_base.LatentsCachingStrategy.set_strategy(cache)
        sanitizer = config_util.ConfigSanitizer(
            support_dreambooth=True, support_finetuning=True, support_controlnet=True, support_dropout=True
        )
        defaults = argparse.Namespace(debug_dataset=True, max_token_length=None, prior_loss_weight=1.0)
        blueprint = config_util.BlueprintGenerator(sanitizer).generate(read_config(config_util, arguments), defaults)
        train, validation = config_util.generate_dataset_group_by_blueprint(blueprint.dataset_group)
        for group in (train, validation):
            if group is not None:
                group.verify_bucket_reso_steps(32)
                group.set_current_strategies()
        pictures = {
            "train": read_datasets(train.datasets),
            "validation": [] if validation is None else read_datasets(validation.datasets),
        }
    print(json.dumps(pictures))


if __name__ == "__main__":
    main()
