from __future__ import annotations

import dataclasses
from random import Random

import numpy as np
import pytest
from pixel_model.captions import BACKGROUNDS
from pixel_model.colours import ByteImage
from pixel_model.drawings import render
from pixel_model.pool import Picture
from pixel_model.silhouettes import SilhouetteIndex, foreground, silhouette_ceiling


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


def test_a_training_picture_is_compared_with_other_sprites_only() -> None:
    sword, heart = drawn("sword", 1), drawn("heart", 1)
    recoloured = dataclasses.replace(sword, word="blue")
    assert SilhouetteIndex([sword, recoloured, heart]).nouns_nearest_to(sword) == {"heart"}
    twin = dataclasses.replace(sword, source="another", nouns=("wand",))
    assert SilhouetteIndex([sword, recoloured, heart, twin]).nouns_nearest_to(sword) == {"wand"}


def test_the_ceiling_counts_nouns_that_other_sprites_carry() -> None:
    swords = [drawn("sword", seed) for seed in range(3)]
    twins = [dataclasses.replace(sword, source=f"wand-{sword.source}", nouns=("wand", "stick")) for sword in swords]
    ceiling = silhouette_ceiling(SilhouetteIndex([*swords, drawn("anchor", 1)]), per_noun=2)
    assert ceiling == {"pictures": 2, "all": 1.0, "byNoun": {"anchor": None, "sword": 1.0}}
    alike = silhouette_ceiling(SilhouetteIndex([swords[0], twins[0], drawn("sword", 9), drawn("house", 1)]))
    assert alike["byNoun"]["wand"] is None
    assert alike["byNoun"]["sword"] < 1.0
