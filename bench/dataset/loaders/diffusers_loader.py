"""Reads an export with the code of diffusers' train_text_to_image_lora_sdxl.py, and says what it gave.

    python bench/dataset/loaders/diffusers_loader.py <script> <export> <side in pixels> [--defaults]

The part of the script's main() from loading the dataset to its data loader runs as it stands in the file; only models
and tokenizers are left out. --defaults leaves the options that keep pixels as they are at the script's defaults, for
seeing what happens then. Prints one line of JSON: for each picture its file, its caption, the SHA-256 of its RGB bytes,
and what the script noted about its size and crop.
"""

import ast
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"

import torch


class NoTokens:
    """Stands for a tokenizer of SDXL, which is not looked at."""

    model_max_length = 77

    def __call__(self, prompts: list[str], **_options: object) -> SimpleNamespace:
        """Token ids [prompts, 77]."""
        return SimpleNamespace(input_ids=torch.zeros((len(prompts), self.model_max_length), dtype=torch.long))


def rgb_sha256(normalised: torch.Tensor) -> str:
    """Hash of the bytes [height, width, 3] behind a tensor [3, height, width] in [-1, 1]: (byte / 255 - 0.5) / 0.5."""
    levels = ((normalised * 0.5 + 0.5) * 255).round()
    if not torch.equal((levels / 255 - 0.5) / 0.5, normalised):
        raise SystemExit("the tensor is not that of 8-bit pixels")
    return hashlib.sha256(levels.to(torch.uint8).permute(1, 2, 0).contiguous().numpy().tobytes()).hexdigest()


def assigns(node: ast.stmt, name: str) -> bool:
    """Whether a statement gives a value to a name."""
    return isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets)


def run_script(script: Path, options: list[str]) -> dict[str, Any]:
    """The names of the script after its imports, its functions, and the part of main() about the dataset have run."""
    tree = ast.parse(script.read_text(encoding="utf-8"), str(script))
    wanted = ("parse_args", "tokenize_prompt")
    declarations = [
        node
        for node in tree.body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        or (isinstance(node, ast.FunctionDef) and node.name in wanted)
        or assigns(node, "DATASET_NAME_MAPPING")
    ]
    (main,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "main"]
    loads = [index for index, node in enumerate(main.body) if "load_dataset(" in ast.unparse(node)]
    ends = [index for index, node in enumerate(main.body) if assigns(node, "train_dataloader")]
    names: dict[str, Any] = {"tokenizer_one": NoTokens(), "tokenizer_two": NoTokens()}
    exec(compile(ast.Module(declarations, []), str(script), "exec"), names)  # noqa: S102
    names["accelerator"] = names["Accelerator"](cpu=True)
    names["args"] = names["parse_args"](options)
    part = ast.Module(main.body[loads[0] : ends[0] + 1], [])
    exec(compile(part, str(script), "exec"), names)  # noqa: S102
    return names


def read_folder(script: Path, folder: Path, side: int, *, defaults: bool) -> list[dict[str, Any]]:
    """What the data loader of the training script gives for a folder of an export."""
    with tempfile.TemporaryDirectory() as cache:
        options = ["--pretrained_model_name_or_path", "none", "--train_data_dir", str(folder), "--cache_dir", cache]
        options += ["--resolution", str(side), "--caption_column", "text", "--train_batch_size", "1", "--debug_loss"]
        options += [] if defaults else ["--image_interpolation_mode", "nearest", "--center_crop"]
        names = run_script(script, options)
        records = [names["dataset"]["train"][index] for index in range(len(names["dataset"]["train"]))]
        captions = {Path(record["image"].filename).name: record["text"] for record in records}
        return [
            {
                "file": f"{folder.name}/{batch['filenames'][0]}",
                "caption": captions[batch["filenames"][0]],
                "rgbSha256": rgb_sha256(batch["pixel_values"][0]),
                "size": list(batch["original_sizes"][0])[::-1],
                "cropTopLeft": list(batch["crop_top_lefts"][0]),
            }
            for batch in names["train_dataloader"]
        ]


def main() -> None:
    """Reads training and validation pictures, each as a folder to train on."""
    script, export, side = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    defaults = "--defaults" in sys.argv
    pictures = {
        split: read_folder(script, export / split, side, defaults=defaults) if (export / split).is_dir() else []
        for split in ("train", "validation")
    }
    print(json.dumps(pictures))


if __name__ == "__main__":
    main()
