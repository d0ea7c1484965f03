from __future__ import annotations

import json

import numpy as np
import pytest
from pixel_model.batches import Batch, BatchSource, Mixture, lift_colour
from pixel_model.captions import NONSENSE, caption_words
from pixel_model.colours import COLOUR_WORDS, dominant_colour, name_cells
from pixel_model.grid import crop
from pixel_model.pool import GRIDS, HeldOut, Pool, add_drawings, add_faces, add_sprite, build_pool, read_held_out
from pixel_model.sources import ARCADE, DATA, fetch, read_arcade_sprites
from pixel_model.tokenizer import MAX_TOKENS, SPECIAL_TOKENS, UNKNOWN, Tokenizer


@pytest.fixture(scope="module")
def held_out() -> HeldOut:
    return read_held_out()


@pytest.fixture(scope="module")
def pool(held_out: HeldOut) -> Pool:
    return build_pool(held_out, drawn={16: (2, 1), 32: (1, 1)}, faces=40)


@pytest.fixture(scope="module")
def tokenizer(pool: Pool) -> Tokenizer:
    pictures = [picture for grid in GRIDS for picture in pool.pictures(grid)]
    return Tokenizer([*SPECIAL_TOKENS, *caption_words(pictures)])


def batches(pool: Pool, tokenizer: Tokenizer, count: int = 12) -> list[Batch]:
    source = BatchSource(pool, tokenizer, Mixture(), seed=3)
    return [source.batch(step, 24, GRIDS[step % 2]) for step in range(count)]


def test_enough_is_held_out(held_out: HeldOut) -> None:
    assert len(held_out.pairs) >= 30
    assert len({noun for _, noun in held_out.pairs}) >= 30
    assert len(held_out.sprites) == 50


def test_no_picture_shows_a_held_out_pair(pool: Pool, held_out: HeldOut) -> None:
    for grid in GRIDS:
        for picture in pool.pictures(grid)[:: 1 if grid == 16 else 4]:
            measured = dominant_colour(picture.rgb, picture.mask)
            shown = {(colour, noun) for colour in (measured, picture.word) for noun in picture.nouns}
            assert not shown & held_out.pairs, picture.source


def test_example_sprites_and_their_equals_are_nowhere(pool: Pool, held_out: HeldOut) -> None:
    sprites = read_arcade_sprites(fetch(ARCADE))
    assert not held_out.sprites & {picture.source for grid in GRIDS for picture in pool.pictures(grid)}
    small = {crop(p.rgb, p.mask)[0].tobytes() + p.mask.tobytes() for p in pool.pictures(16)}
    for name in held_out.sprites:
        rgb, mask = crop(*sprites[name])
        if max(mask.shape) == 16 and mask.all():
            assert rgb.tobytes() + mask.tobytes() not in small


def test_batches_and_captions_hold_nothing_held_out(pool: Pool, tokenizer: Tokenizer, held_out: HeldOut) -> None:
    for batch in batches(pool, tokenizer):
        for picture, caption in zip(batch.pictures, batch.captions, strict=True):
            assert picture.source not in held_out.sprites
            assert not any(f"{colour} {noun}" in caption for colour, noun in held_out.pairs)


def test_batches_follow_from_seed_and_step(pool: Pool, tokenizer: Tokenizer) -> None:
    for first, second in zip(batches(pool, tokenizer, 4), batches(pool, tokenizer, 4), strict=True):
        assert first.captions == second.captions
        np.testing.assert_array_equal(first.cells, second.cells)


def test_pictures_do_not_depend_on_the_run(pool: Pool, held_out: HeldOut) -> None:
    again = Pool()
    sprites = read_arcade_sprites(fetch(ARCADE))
    naming = json.loads((DATA / "sprite-names.json").read_text(encoding="utf-8"))
    for name in ("snake", "heroWalkFront1", "cat0"):
        if name in naming and name not in held_out.sprites:
            add_sprite(again, held_out, name, naming[name], sprites[name])
    add_drawings(again, held_out, {16: (2, 1), 32: (1, 1)})
    add_faces(again, 40)
    for grid in GRIDS:
        known = {(picture.source, picture.word, picture.rgb.tobytes()) for picture in pool.pictures(grid)}
        made = [(picture.source, picture.word, picture.rgb.tobytes()) for picture in again.pictures(grid)]
        assert len(made) > 100
        assert set(made) <= known


def test_captions_fit_the_vocabulary(pool: Pool, tokenizer: Tokenizer) -> None:
    for batch in batches(pool, tokenizer):
        assert batch.input_ids.shape == (24, MAX_TOKENS)
        for ids, caption in zip(batch.input_ids, batch.captions, strict=True):
            assert len(caption.split()) <= MAX_TOKENS - 2
            assert (UNKNOWN in ids) == any(word in caption for word in NONSENSE)


def test_a_colour_in_a_caption_is_the_colour_of_the_picture(pool: Pool) -> None:
    for picture in pool.pictures(16):
        if picture.word is not None:
            assert dominant_colour(picture.rgb, picture.mask) == picture.word


def test_time_ids_tell_plainly_doubled_pictures(pool: Pool, tokenizer: Tokenizer) -> None:
    batch = BatchSource(pool, tokenizer, Mixture(plain_doubles=0.5), seed=1).batch(0, 40, 32)
    for cells, times in zip(batch.cells, batch.time_ids, strict=True):
        plain = bool((cells[::2, ::2] == cells[1::2, 1::2]).all())
        assert times[4] == times[5] == 256.0
        if times[0] == 128.0:
            assert plain


def test_each_grid_can_have_its_own_noun_weights(pool: Pool, tokenizer: Tokenizer) -> None:
    only = {"tree": 1.0} | dict.fromkeys({*pool.shelves[16], *pool.shelves[32]} - {"tree"}, 0.0)
    mixture = Mixture(faces=0.0, plain_doubles=0.0, noun_weights_32=only)
    source = BatchSource(pool, tokenizer, mixture, seed=4)
    assert {picture.nouns[0] for picture in source.batch(0, 12, 32).pictures} == {"tree"}
    assert len({picture.nouns[0] for picture in source.batch(0, 24, 16).pictures}) > 5


def test_colour_weights_choose_among_a_nouns_colours(pool: Pool, tokenizer: Tokenizer) -> None:
    rarely = {"yellow": 1.0} | dict.fromkeys([word for word in COLOUR_WORDS if word != "yellow"], 1e-9)
    mixture = Mixture(faces=0.0, natural=0.0, colour_weights=rarely)
    pictures = BatchSource(pool, tokenizer, mixture, seed=4).batch(0, 60, 16).pictures
    asked = [picture.word for picture in pictures if "yellow" in pool.shelves[16][picture.nouns[0]]]
    assert len(asked) > 30
    assert set(asked) == {"yellow"}


def test_lifts_brighten_only_the_cells_of_the_word_that_a_picture_is_asked_for_by(pool: Pool) -> None:
    orange = next(picture for picture in pool.pictures(16) if picture.word == "orange")
    other = next(picture for picture in pool.pictures(16) if picture.word == "blue")
    lifts = {"orange": 1.1}
    lifted = lift_colour(orange, lifts).astype(int)
    changed = (lifted != orange.rgb).any(axis=-1)
    assert changed.any()
    assert (name_cells(orange.rgb)[changed] == COLOUR_WORDS.index("orange")).all()
    assert (lifted >= orange.rgb).all()
    assert dominant_colour(lift_colour(orange, lifts), orange.mask) == "orange"
    assert lift_colour(other, lifts) is other.rgb
