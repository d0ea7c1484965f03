"""Models and sets that tests share. No test changes them."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tiny_sdxl import write_tiny_sdxl
from training_set import write_set

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tiny_sdxl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_sdxl(tmp_path_factory.mktemp("base") / "tiny-sdxl")


@pytest.fixture(scope="session")
def tiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(tmp_path_factory.mktemp("sets") / "tiles")
