"""Whether 16-bit or 8-bit weights make the UNet faster on this CPU, and how far its predictions move.

    node tools/python-env/run.mjs bench/embedded/quantised_unet.py [--rounds 15] [--out FILE]

The released UNet with float32 arithmetic beside three rewritings of it: float16 throughout, int8 matrix products, and
int8 matrix products and convolutions (ONNX Runtime's dynamic quantisation). All take turns within a round.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import onnxruntime
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.float16 import convert_float_to_float16

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "pixel-model"))

from pixel_model.verify import unet_feeds, unet_inputs  # noqa: E402
from pixel_model.weights import read_release  # noqa: E402

MODEL: Final = ROOT / "libs" / "pixel-model" / "model"
WARMUP_ROUNDS: Final = 3
CALLS: Final = 5
THREADS: Final = 2
LIMIT: Final = 1e-4
"""Largest difference that the released graphs may have from their networks (pixel_model.release)."""

Feeds = dict[str, np.ndarray[Any, np.dtype[np.float32]]]


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """A session as the engine opens it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def fold_weights(source: Path, target: Path) -> None:
    """Write a graph with its fp16 weights cast to float32 initialisers, as loading it makes them."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(target)
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])


def rewrite(folded: Path, folder: Path) -> dict[str, Path]:
    """The graph with weights of other types."""
    paths = {name: folder / f"{name}.onnx" for name in ("float16", "int8 products", "int8 products and convolutions")}
    onnx.save(convert_float_to_float16(onnx.load(folded), keep_io_types=True), paths["float16"])
    for name, kinds in (
        ("int8 products", ["MatMul", "Gemm"]),
        ("int8 products and convolutions", ["MatMul", "Gemm", "Conv"]),
    ):
        quantize_dynamic(
            folded,
            paths[name],
            op_types_to_quantize=kinds,
            weight_type=QuantType.QUInt8,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    return paths


def measure(sessions: dict[str, onnxruntime.InferenceSession], feeds: Feeds, rounds: int) -> dict[str, list[float]]:
    """Milliseconds per call of each session, in turns."""
    samples: dict[str, list[float]] = {name: [] for name in sessions}
    names = list(sessions)
    for turn in range(-WARMUP_ROUNDS, rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            started = time.perf_counter()
            for _ in range(CALLS):
                sessions[name].run(None, feeds)
            if turn >= 0:
                samples[name].append((time.perf_counter() - started) / CALLS * 1e3)
    return samples


def compare(images: int, cells: int, rounds: int) -> list[dict[str, Any]]:
    """A row for every way of writing the weights, for guided pictures of so many cells a side."""
    released = read_release(MODEL)
    inputs = unet_inputs(released, cells, cells, batch=2 * images)
    feeds: Feeds = {name: tensor.numpy() for name, tensor in unet_feeds(MODEL / "unet_context.onnx", inputs).items()}
    rows = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        fold_weights(MODEL / "unet.onnx", folder / "folded.onnx")
        sessions = {"float32": open_session(MODEL / "unet.onnx")}
        sessions |= {name: open_session(path) for name, path in rewrite(folder / "folded.onnx", folder).items()}
        expected = np.asarray(sessions["float32"].run(None, feeds)[0])
        samples = measure(sessions, feeds, rounds)
        for name, own in samples.items():
            found = np.asarray(sessions[name].run(None, feeds)[0])
            faster = statistics.median(base / mine for base, mine in zip(samples["float32"], own, strict=True))
            rows.append(
                {
                    "images": images,
                    "cells": cells,
                    "weights": name,
                    "medianMs": statistics.median(own),
                    "timesAsFast": faster,
                    "largestDifference": float(np.abs(found - expected).max()),
                    "samplesMs": own,
                }
            )
    return rows


def main() -> None:
    """Measure, print, and record if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    rows = [row for images, cells in ((1, 16), (8, 32)) for row in compare(images, cells, arguments.rounds)]
    for row in rows:
        print(
            f"{8 * row['cells']}² batch {row['images']}, {row['weights']}: {row['medianMs']:.1f} ms, "
            f"{row['timesAsFast']:.2f}x as fast, largest difference {row['largestDifference']:.2g} (limit {LIMIT})"
        )
    if arguments.out is not None:
        record = {
            "what": "the UNet with weights of 32, 16 and 8 bits on ONNX Runtime, CPU",
            "createdAt": datetime.now(UTC).isoformat(),
            "host": {"machine": platform.machine(), "kernel": platform.release(), "python": platform.python_version()},
            "onnxruntime": onnxruntime.__version__,
            "setting": {"threads": THREADS, "callsPerSample": CALLS, "rounds": arguments.rounds, "limit": LIMIT},
            "rows": rows,
        }
        arguments.out.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
