from __future__ import annotations

import numpy as np
import pytest
from pixel_model.grid import centre, crop, double, shrink, stretch


def picture(
    height: int, width: int
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.uint8]], np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    random = np.random.default_rng(height * 100 + width)
    return random.integers(0, 4, (height, width, 3), dtype=np.uint8) * 60, np.ones((height, width), dtype=np.bool_)


def test_doubling_smooths_a_diagonal_and_rounds_only_the_corners_of_a_square() -> None:
    mask = np.eye(3, dtype=np.bool_)
    rgb = np.where(mask[..., None], np.uint8(200), np.uint8(0)).repeat(3, axis=2)
    _, doubled = double(rgb, mask)
    assert doubled.shape == (6, 6)
    assert doubled[0, 0]
    assert not doubled[0, 5]
    flat_rgb, flat_mask = double(np.full((4, 4, 3), 90, dtype=np.uint8), np.ones((4, 4), dtype=np.bool_))
    assert int((~flat_mask).sum()) == 4
    assert not flat_mask[0, 0]
    assert (flat_rgb[flat_mask] == 90).all()


def test_shrinking_keeps_proportion_and_existing_colours() -> None:
    rgb, mask = picture(40, 24)
    small, small_mask = shrink(rgb, mask, 16)
    assert small_mask.shape == (16, 10)
    known = {tuple(cell) for cell in rgb.reshape(-1, 3).tolist()}
    assert {tuple(cell) for cell in small[small_mask].tolist()} <= known


def test_stretching_changes_the_size_by_at_most_two_and_never_grows_beyond_the_limit() -> None:
    rgb, mask = picture(16, 12)
    random = np.random.default_rng(1)
    for _ in range(30):
        _, stretched = stretch(rgb, mask, random, 16)
        assert stretched.shape[0] <= 16
        assert abs(stretched.shape[0] - 16) + abs(stretched.shape[1] - 12) <= 2


def test_centring_and_cropping_undo_each_other() -> None:
    rgb, mask = picture(9, 7)
    centred = centre(rgb, mask, 16)
    assert centred[1].shape == (16, 16)
    np.testing.assert_array_equal(crop(*centred)[0], rgb)
    with pytest.raises(ValueError, match="does not fit"):
        centre(rgb, mask, 8)
