from __future__ import annotations

from collections import Counter

import torch
from hypothesis import given
from hypothesis import strategies as st
from lora_trainer.keyed_random import Purpose, chance, generator, integer, normal, picture_at

COUNTS = st.integers(0, 2**40)


@given(COUNTS, COUNTS, COUNTS)
def test_equal_keys_give_equal_numbers(seed: int, update: int, sample: int) -> None:
    first = normal(seed, Purpose.NOISE, update, sample, (4,))
    assert torch.equal(first, normal(seed, Purpose.NOISE, update, sample, (4,)))


@given(COUNTS, COUNTS, COUNTS)
def test_any_other_key_gives_other_numbers(seed: int, update: int, sample: int) -> None:
    keys = [
        (seed, Purpose.NOISE, update, sample),
        (seed + 1, Purpose.NOISE, update, sample),
        (seed, Purpose.LATENT, update, sample),
        (seed, Purpose.NOISE, update + 1, sample),
        (seed, Purpose.NOISE, update, sample + 1),
    ]
    assert len({normal(*key, (2,)).numpy().tobytes() for key in keys}) == len(keys)


def test_numbers_stay_what_they_are() -> None:
    """Runs that were begun before go on with these."""
    assert generator(7, Purpose.TIMESTEP, 3, 1).integers(1000, size=4).tolist() == [900, 332, 469, 101]
    assert picture_at(7, 12, 5) == 4


def test_every_epoch_shows_every_picture_once() -> None:
    shown = [picture_at(3, place, 7) for place in range(35)]
    assert all(sorted(shown[start : start + 7]) == list(range(7)) for start in range(0, 35, 7))
    assert len({tuple(shown[start : start + 7]) for start in range(0, 35, 7)}) > 1


def test_numbers_are_spread_as_they_should_be() -> None:
    draws = normal(1, Purpose.NOISE, 0, 0, (100_000,))
    assert abs(float(draws.mean())) < 0.02
    assert abs(float(draws.std()) - 1) < 0.02
    tenths = Counter(integer(1, Purpose.TIMESTEP, update, 0, 1000) // 100 for update in range(4000))
    assert set(tenths) == set(range(10))
    assert all(320 < count < 480 for count in tenths.values())
    dropped = sum(chance(1, Purpose.CAPTION_DROPOUT, update, 0, 0.25) for update in range(4000))
    assert 900 < dropped < 1100
