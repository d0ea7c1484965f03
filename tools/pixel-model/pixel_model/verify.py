"""Comparing exported graphs with the networks they came from, on ONNX Runtime."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from pixel_model.adaptable import ADAPTABLE, BUFFER, data_start, read_buffer
from pixel_model.onnx_graphs import WEIGHTS_FILE, graph_specs, read_tensor_index
from pixel_model.tokenizer import MAX_TOKENS
from pixel_model.weights import Released

STATES: Final = "encoder_hidden_states"
UNET_SIZES: Final = ((16, 16), (12, 20), (15, 17), (32, 32), (9, 30))


def run_graph(path: Path, feeds: dict[str, Tensor]) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """Outputs of an exported graph on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return [
        np.asarray(output) for output in session.run(None, {name: tensor.numpy() for name, tensor in feeds.items()})
    ]


def unet_inputs(
    released: Released, height: int, width: int, *, batch: int = 2, tokens: int = MAX_TOKENS, seed: int = 7
) -> dict[str, Tensor]:
    """Random inputs of the UNet: `encoder_hidden_states` for its context graph, the others for the graph itself."""
    generator = torch.Generator().manual_seed(seed)
    sizes = released.sizes
    return {
        "sample": torch.randn(batch, 4, height, width, generator=generator),
        "timestep": torch.linspace(40.0, 940.0, batch),
        STATES: torch.randn(batch, tokens, sizes.text_width + sizes.text_width_2, generator=generator),
        "text_embeds": torch.randn(batch, sizes.text_width_2, generator=generator),
        "time_ids": torch.tensor([[8.0 * height, 8.0 * width, 0, 0, 8.0 * height, 8.0 * width]] * batch),
    }


def unet_feeds(context: Path, inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Inputs of the UNet graph: `inputs` with the keys and values that the context graph makes of the states."""
    feeds = dict(inputs)
    states = {STATES: feeds.pop(STATES)}
    layers = [output.name for output in onnx.load(context, load_external_data=False).graph.output]
    made = run_graph(context, states)
    return feeds | {name: torch.from_numpy(value) for name, value in zip(layers, made, strict=True)}


@torch.no_grad()
def unet_reference(released: Released, inputs: dict[str, Tensor], unet: nn.Module | None = None) -> Tensor:
    """What diffusers' own forward makes of the same inputs; `unet` takes the place of the released one."""
    added = {"text_embeds": inputs["text_embeds"], "time_ids": inputs["time_ids"]}
    result = (unet or released.model.unet)(
        inputs["sample"],
        inputs["timestep"],
        encoder_hidden_states=inputs[STATES],
        added_cond_kwargs=added,
        return_dict=False,
    )
    return torch.as_tensor(result[0])


def largest_difference(
    expected: Sequence[Tensor], actual: Sequence[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]
) -> float:
    """Largest absolute difference over all outputs."""
    return max(float(np.abs(mine.numpy() - other).max()) for mine, other in zip(expected, actual, strict=True))


def buffer_differences(folder: Path, feeds: dict[str, dict[str, Tensor]]) -> dict[str, float]:
    """Largest absolute difference of each graph over a buffer, not adapted, from the graph over the weights file."""
    differences: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as made:
        weights = folder / WEIGHTS_FILE
        read_buffer(weights.read_bytes(), data_start(read_tensor_index(weights))).tofile(Path(made) / BUFFER)
        for stem in ADAPTABLE:
            path = Path(shutil.copy(folder / f"{stem}.adaptable.onnx", made))
            expected = [torch.from_numpy(output) for output in run_graph(folder / f"{stem}.onnx", feeds[stem])]
            differences[f"{stem} over a buffer"] = largest_difference(expected, run_graph(path, feeds[stem]))
    return differences


@torch.no_grad()
def compare_release(released: Released, folder: Path) -> dict[str, float]:
    """Largest absolute difference between PyTorch and ONNX Runtime per graph (and UNet size)."""
    differences: dict[str, float] = {}
    generator = torch.Generator().manual_seed(5)
    ids = torch.stack(
        [
            torch.from_numpy(released.tokenizer.encode(text))
            for text in ("pixel art of a red bird", "", "a blue sword on black background")
        ]
    )
    context, unet = folder / "unet_context.onnx", folder / "unet.onnx"
    for height, width in UNET_SIZES:
        inputs = unet_inputs(released, height, width, tokens=MAX_TOKENS if height != 9 else 2 * MAX_TOKENS)
        differences[f"unet {height}x{width}"] = largest_difference(
            [unet_reference(released, inputs)], run_graph(unet, unet_feeds(context, inputs))
        )
    for stem, spec in graph_specs(released).items():
        path = folder / f"{stem}.onnx"
        if stem.startswith("text"):
            feed = ids
        elif stem == "vae_decoder":
            feed = torch.randn(3, 4, 5, 7, generator=generator) / 0.13025
        else:
            feed = torch.rand(3, 3, 40, 56, generator=generator) * 2 - 1
        expected = spec.module(feed)
        differences[stem] = largest_difference(
            expected if isinstance(expected, tuple) else (expected,), run_graph(path, {spec.input_names[0]: feed})
        )
    text, inputs = {"input_ids": ids}, unet_inputs(released, 16, 16)
    feeds = {
        "text_encoder": text,
        "text_encoder_2": text,
        "unet_context": {STATES: inputs[STATES]},
        "unet": unet_feeds(context, inputs),
    }
    return differences | buffer_differences(folder, feeds)
