from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pixel_model.avatars import fill_path
from pixel_model.sources import Source, SourceError, check_digest


def test_a_tarball_of_another_digest_is_refused_and_removed(tmp_path: Path) -> None:
    tarball = tmp_path / "sprites-1.0.0.tgz"
    tarball.write_bytes(b"not the pinned one")
    with pytest.raises(SourceError, match=r"sprites@1\.0\.0 has sha256 [0-9a-f]{64}, pinned is 00"):
        check_digest(tarball, Source("sprites", "1.0.0", "00"))
    assert not tarball.exists()


def test_paths_fill_the_cells_they_surround() -> None:
    box = fill_path("M2 3h4v2H2V3Z")
    assert int(box.sum()) == 8
    assert box[3:5, 2:6].all()
    ring = fill_path("M0 0h6v6H0V0ZM2 2h2v2H2V2Z", even_odd=True)
    assert int(ring.sum()) == 32
    assert not ring[2:4, 2:4].any()


def test_other_path_commands_are_refused() -> None:
    with pytest.raises(ValueError, match="not supported"):
        fill_path("M0 0c1 1 2 2 3 3")


def test_relative_moves_start_where_the_last_path_ended() -> None:
    np.testing.assert_array_equal(fill_path("M1 1h2v2h-2zm4 0h2v2h-2z"), fill_path("M1 1h2v2H1ZM5 1h2v2H5Z"))
