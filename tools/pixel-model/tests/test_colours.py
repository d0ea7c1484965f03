from __future__ import annotations

import numpy as np
import pytest
from pixel_model.colours import COLOUR_WORDS, RAMPS, dominant_colour, name_cells, recolour


@pytest.mark.parametrize("word", COLOUR_WORDS)
def test_a_words_own_ramp_has_its_name(word: str) -> None:
    ramp = np.array(RAMPS[word], dtype=np.uint8)
    assert [COLOUR_WORDS[index] for index in name_cells(ramp)][1] == word


def sprite() -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.uint8]], np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    rgb = np.zeros((8, 8, 3), dtype=np.uint8)
    mask = np.zeros((8, 8), dtype=np.bool_)
    mask[1:7, 1:7] = True
    rgb[1:7, 1:7] = (0, 0, 0)
    rgb[2:6, 2:6] = (36, 156, 163)
    rgb[2:4, 2:6] = (135, 242, 255)
    rgb[5, 5] = (255, 33, 33)
    return rgb, mask


@pytest.mark.parametrize("word", [word for word in COLOUR_WORDS if word != "black"])
def test_recolouring_makes_the_word_dominant_and_keeps_outline_and_accents(word: str) -> None:
    rgb, mask = sprite()
    painted = recolour(rgb, mask, word)
    assert painted is not None
    assert dominant_colour(painted, mask) == word
    np.testing.assert_array_equal(painted[1, 1:7], rgb[1, 1:7])
    np.testing.assert_array_equal(painted[5, 5], rgb[5, 5])
    np.testing.assert_array_equal(painted[~mask], rgb[~mask])


def test_light_stays_lighter_than_dark() -> None:
    rgb, mask = sprite()
    painted = recolour(rgb, mask, "red")
    assert painted is not None
    assert int(painted[2, 2].sum()) > int(painted[5, 2].sum())


def test_an_empty_mask_has_no_colour() -> None:
    rgb, mask = sprite()
    assert dominant_colour(rgb, np.zeros_like(mask)) is None
