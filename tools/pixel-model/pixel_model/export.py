"""Writing a release: weights, graphs, vocabulary and manifest."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from safetensors.torch import save_file

from pixel_model.adaptable import ADAPTABLE, BUFFER, data_start, over_buffer
from pixel_model.networks import SCALING_FACTOR
from pixel_model.onnx_graphs import WEIGHTS_FILE, export_graph, graph_specs, point_into_weights, read_tensor_index
from pixel_model.preview import fit_preview
from pixel_model.schedule import BETA_END, BETA_START, TRAIN_STEPS
from pixel_model.tokenizer import BEGIN, END, MAX_TOKENS, UNKNOWN, WORD_PATTERN
from pixel_model.unet_graph import WrittenGraph, release_unet_graphs
from pixel_model.weights import Released

MODEL_NAME: Final = "pixel-sprites"
MANIFEST_SCHEMA: Final = "dgx-pixels/pixel-model/v1"


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a file as a whole."""
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def write_json(path: Path, value: object) -> None:
    """Replace a JSON file as a whole."""
    write_bytes(path, (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode())


def write_weights(released: Released, folder: Path) -> dict[str, dict[str, Any]]:
    """Write every tensor once, as fp16 safetensors, the same bytes every time; returns where each lies."""
    path = folder / WEIGHTS_FILE
    partial = folder / f"{WEIGHTS_FILE}.partial"
    # One key only: safetensors writes several in no fixed order.
    save_file(released.tensors(), partial, metadata={"format": "pt"})
    partial.replace(path)
    path.chmod(0o644)
    return read_tensor_index(path)


def vocabulary(released: Released) -> dict[str, object]:
    """The tokenizer as data."""
    return {
        "pattern": WORD_PATTERN,
        "lowercase": True,
        "maxTokens": MAX_TOKENS,
        "begin": BEGIN,
        "end": END,
        "pad": END,
        "unknown": UNKNOWN,
        "tokens": list(released.tokenizer.tokens),
    }


def release_config(released: Released) -> dict[str, object]:
    """Sizes and conventions that an engine needs beside the graphs."""
    sizes = released.sizes
    return {
        "architecture": "sdxl",
        "prediction": "epsilon",
        "latentChannels": 4,
        "vaeFactor": 8,
        "scalingFactor": SCALING_FACTOR,
        "latentConvention": "unet latent = vae_encoder latent x scalingFactor = vae_decoder latent x scalingFactor",
        "textWidths": [sizes.text_width, sizes.text_width_2],
        "pooledWidth": sizes.text_width_2,
        "maxTokens": MAX_TOKENS,
        "timeIds": "original height, original width, crop top, crop left, target height, target width, in pixels",
        "additionTimeEmbedDim": sizes.time_embed_width,
        "unetChannels": list(sizes.unet_channels),
        "unetHeads": list(sizes.unet_heads),
        "normGroups": sizes.norm_groups,
        "textLayers": sizes.text_layers,
        "textHeads": sizes.text_heads,
        "vaeChannels": list(sizes.vae_channels),
        "trainedSizes": [128, 256],
    }


def release_graphs(released: Released, index: dict[str, dict[str, Any]]) -> dict[str, WrittenGraph]:
    """All graphs by file stem, each with its weights as places in the weights file."""
    arrays = {name: tensor.numpy() for name, tensor in released.tensors().items()}
    graphs: dict[str, WrittenGraph] = {}
    for stem, spec in graph_specs(released).items():
        model = export_graph(spec)
        graphs[stem] = WrittenGraph(model, point_into_weights(model, arrays, index))
    return graphs | release_unet_graphs(released.sizes, index, WEIGHTS_FILE)


def export_release(released: Released, folder: Path, *, revision: str, training: dict[str, object]) -> dict[str, Any]:
    """Write the weights, the graphs, vocabulary and manifest into `folder`; returns the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    index = write_weights(released, folder)
    start = data_start(index)
    graphs: dict[str, object] = {}
    for stem, written in release_graphs(released, index).items():
        model = written.model
        write_bytes(folder / f"{stem}.onnx", model.SerializeToString())
        onnx.checker.check_model(str(folder / f"{stem}.onnx"))
        if stem in ADAPTABLE:
            write_bytes(folder / f"{stem}.adaptable.onnx", over_buffer(model, start).SerializeToString())
        graphs[stem] = {
            "file": f"{stem}.onnx",
            "inputs": [value.name for value in model.graph.input],
            "outputs": [value.name for value in model.graph.output],
            "weights": written.weights,
        }
    write_json(folder / "vocab.json", vocabulary(released))
    names = [
        WEIGHTS_FILE,
        "vocab.json",
        *(f"{stem}.onnx" for stem in graphs),
        *(f"{stem}.adaptable.onnx" for stem in ADAPTABLE),
    ]
    manifest = {
        "schema": MANIFEST_SCHEMA,
        "name": MODEL_NAME,
        "revision": revision,
        "license": "Apache-2.0",
        "files": [describe_file(folder / name) for name in names],
        "graphs": graphs,
        "adaptable": {
            "buffer": BUFFER,
            "dataStart": start,
            "graphs": {stem: f"{stem}.adaptable.onnx" for stem in ADAPTABLE},
        },
        "preview": fit_preview(released.vae),
        "config": release_config(released),
        "schedule": {
            "betaSchedule": "scaled_linear",
            "betaStart": BETA_START,
            "betaEnd": BETA_END,
            "trainTimesteps": TRAIN_STEPS,
        },
        "training": training,
        "limits": {"maxTokens": MAX_TOKENS, "sizeMultiple": 8, "trainedSizes": [128, 256]},
        "tensors": index,
    }
    write_json(folder / "manifest.json", manifest)
    return manifest


def describe_file(path: Path) -> dict[str, object]:
    """Name, size and sha256 of a released file."""
    content = path.read_bytes()
    return {"path": path.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def weight_count(released: Released) -> int:
    """Number of released values."""
    return int(sum(np.prod(tensor.shape) for tensor in released.tensors().values()))
