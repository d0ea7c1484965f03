from __future__ import annotations

from random import Random

import numpy as np
import pytest
from pixel_model.captions import BACKGROUNDS
from pixel_model.colours import ByteImage
from pixel_model.drawings import render
from pixel_model.pool import Picture
from pixel_model.silhouettes import SilhouetteIndex, foreground


def drawn(noun: str, seed: int) -> Picture:
    rgb, mask = render(noun, "red", 16, Random(seed))
    return Picture(rgb, mask, (noun,), "red", "red", f"{noun}-{seed}")


def on_white(picture: Picture) -> ByteImage:
    return np.where(picture.mask[..., None], picture.rgb, np.array(BACKGROUNDS["white"], dtype=np.uint8))


@pytest.fixture(scope="module")
def index() -> SilhouetteIndex:
    return SilhouetteIndex([drawn(noun, seed) for noun in ("heart", "sword", "house", "anchor") for seed in range(4)])


def test_a_training_picture_is_found_as_memorised_even_flipped_and_moved(index: SilhouetteIndex) -> None:
    image = on_white(drawn("anchor", 2))
    for version in (image, image[:, ::-1]):
        look = index.resemble(version)
        assert look.equal_cells >= 0.95
        assert look.nouns == {"anchor"}


def test_another_colour_is_no_memory_but_the_same_silhouette(index: SilhouetteIndex) -> None:
    image = on_white(drawn("house", 1))
    look = index.resemble(image[..., ::-1])
    assert look.equal_cells < 0.95
    assert "house" in look.nouns


def test_a_new_picture_of_a_noun_resembles_it(index: SilhouetteIndex) -> None:
    assert "heart" in index.resemble(on_white(drawn("heart", 77))).nouns


def test_a_blank_picture_has_no_foreground() -> None:
    assert not foreground(np.full((16, 16, 3), 160, dtype=np.uint8)).any()
