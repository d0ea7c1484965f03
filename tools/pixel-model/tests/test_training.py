from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch
from pixel_model.networks import SCALING_FACTOR, ModelSizes, PixelVae
from pixel_model.pool import HeldOut, Pool, add_drawings
from pixel_model.recipe import Recipe, read_recipe
from pixel_model.run import corpus_colours, resume_run, start_phase, start_run
from pixel_model.sources import PROJECT
from pixel_model.train import train
from pixel_model.vae import train_vae

TINY = ModelSizes(
    text_width=16,
    text_width_2=16,
    text_heads=2,
    unet_channels=(16, 16, 32),
    unet_heads=(1, 1, 2),
    norm_groups=8,
    time_embed_width=8,
)
RECIPE = Recipe(
    seed=5,
    steps=8,
    batch_16=4,
    batch_32=2,
    share_32_end=0.5,
    ramp_32=(0.1, 0.3),
    warmup_steps=2,
    vae_steps=150,
    sizes=TINY,
)


@pytest.fixture(scope="module")
def pool() -> Pool:
    torch.set_num_threads(1)
    made = Pool()
    add_drawings(made, HeldOut(frozenset(), frozenset()), {16: (1, 1), 32: (1, 1)})
    return made


@pytest.fixture(scope="module")
def vae(pool: Pool) -> PixelVae:
    return train_vae(corpus_colours(pool), TINY.vae_channels, seed=5, steps=250, batch=512)


def test_a_resumed_run_has_exactly_the_losses_of_an_uninterrupted_one(
    pool: Pool, vae: PixelVae, tmp_path: Path
) -> None:
    whole = start_run(RECIPE, pool, vae)
    losses = [row.loss for row in train(whole, pool, tmp_path / "whole")]
    first = start_run(RECIPE, pool, vae)
    head = train(first, pool, tmp_path / "parts", until=5)
    second = resume_run(RECIPE, pool, tmp_path / "parts" / "checkpoint.pt")
    tail = train(second, pool, tmp_path / "parts")
    assert [row.loss for row in (*head, *tail)] == losses
    assert {row.grid for row in (*head, *tail)} == {16, 32}
    for mine, other in zip(second.average, whole.average, strict=True):
        assert torch.equal(mine, other)
    assert sum(1 for _ in (tmp_path / "parts" / "loss.jsonl").open()) == 2


def test_a_new_phase_starts_from_the_earlier_weights(pool: Pool, vae: PixelVae, tmp_path: Path) -> None:
    first = start_run(RECIPE, pool, vae)
    train(first, pool, tmp_path, until=3)
    longer = dataclasses.replace(RECIPE, seed=9, steps=4)
    second = start_phase(longer, pool, [tmp_path / "checkpoint.pt"])
    assert second.step == 0
    assert second.earlier[0]["trained_steps"] == 3
    for mine, other in zip(second.model.parameters(), first.model.parameters(), strict=True):
        assert torch.equal(mine, other)
    train(second, pool, tmp_path / "second", until=2)
    again = resume_run(longer, pool, tmp_path / "second" / "checkpoint.pt")
    assert (again.step, again.earlier) == (2, second.earlier)


def test_a_checkpoint_of_another_recipe_is_refused(pool: Pool, vae: PixelVae, tmp_path: Path) -> None:
    run = start_run(RECIPE, pool, vae)
    train(run, pool, tmp_path, until=1)
    with pytest.raises(ValueError, match="another recipe"):
        resume_run(dataclasses.replace(RECIPE, seed=6), pool, tmp_path / "checkpoint.pt")


def test_the_autoencoder_keeps_colours_apart_and_cells_alone(pool: Pool, vae: PixelVae) -> None:
    colours = corpus_colours(pool)[:, :, None, None]
    latent = vae.encode_cells(colours)
    assert (vae.decode_cells(latent) - colours).abs().mean() < 0.05
    torch.testing.assert_close((latent * SCALING_FACTOR).flatten(1).std(dim=0), torch.ones(4), atol=1e-3, rtol=0)
    blocks = colours[:2].expand(2, 3, 8, 8)
    torch.testing.assert_close(vae.encode(blocks), latent[:2], atol=1e-4, rtol=1e-4)
    decoded = vae.decode(latent[:2])
    assert (decoded - decoded[:, :, :1, :1]).abs().max() < 1e-5


def test_the_release_recipe_can_be_read_and_ends_at_rate_zero() -> None:
    recipe = read_recipe(PROJECT / "recipes" / "release.json")
    assert recipe.learning_rate_at(recipe.steps) == pytest.approx(0.0, abs=1e-9)
    assert recipe.grid_at(0) == 16
    later = [recipe.grid_at(step) for step in range(recipe.steps * 3 // 4, recipe.steps)]
    assert later.count(32) / len(later) == pytest.approx(recipe.share_32_end, abs=0.02)
