"""scikit-image's SSIM with the settings of Wang et al., for bench/dataset/ssim.mjs."""

from __future__ import annotations

import json
import os
import sys
import time

import numpy as np
import skimage
from skimage.metrics import structural_similarity

SIDE = 1024
LUMA = np.array([0.299, 0.587, 0.114])


def main() -> None:
    """Read two RGB pictures, then answer every line, `luma` or `rgb`, with the value and the CPU time it took."""
    data = sys.stdin.buffer.read(2 * SIDE * SIDE * 3)
    rgb = np.frombuffer(data, np.uint8).reshape(2, SIDE, SIDE, 3).astype(np.float64)
    pairs = {"luma": (rgb @ LUMA, None), "rgb": (rgb, 2)}
    about = {"skimage": skimage.__version__, "numpy": np.__version__, "cores": len(os.sched_getaffinity(0))}
    print(json.dumps(about), flush=True)
    for line in sys.stdin:
        (one, other), channel_axis = pairs[line.strip()]
        started = time.process_time()
        value = structural_similarity(
            one,
            other,
            channel_axis=channel_axis,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
            data_range=255,
        )
        print(json.dumps({"value": float(value), "cpuMs": (time.process_time() - started) * 1000}), flush=True)


main()
