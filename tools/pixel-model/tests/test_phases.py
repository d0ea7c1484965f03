from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from pixel_model.loss_curve import read_loss_log
from pixel_model.phases import RELEASE_PHASES, open_phase, train_phases
from pixel_model.pool import HeldOut, Pool, add_drawings
from pixel_model.recipe import read_recipe, recipe_from
from pixel_model.weights import read_checkpoint

TINY = {
    "batch_16": 4,
    "batch_32": 2,
    "share_32_start": 0.5,
    "warmup_steps": 2,
    "vae_steps": 20,
    "sizes": {
        "text_width": 16,
        "text_width_2": 16,
        "text_heads": 2,
        "unet_channels": [16, 16, 32],
        "unet_heads": [1, 1, 2],
        "norm_groups": 8,
        "time_embed_width": 8,
    },
}


@pytest.fixture(scope="module")
def pool() -> Pool:
    torch.set_num_threads(1)
    made = Pool()
    add_drawings(made, HeldOut(frozenset(), frozenset()), {16: (1, 1), 32: (1, 1)})
    return made


@pytest.fixture(scope="module")
def recipes(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_recipes(tmp_path_factory.mktemp("recipes"), first_seed=5)


@pytest.fixture(scope="module")
def whole(pool: Pool, recipes: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    runs = tmp_path_factory.mktemp("whole")
    assert train_phases(recipes, pool, runs)
    return runs


def write_recipes(folder: Path, first_seed: int) -> list[Path]:
    paths = [folder / "first.json", folder / "second.json"]
    for path, own in zip(paths, ({"seed": first_seed, "steps": 4}, {"seed": 6, "steps": 5}), strict=True):
        path.write_text(json.dumps(TINY | own), encoding="utf-8")
    return paths


def assert_same_weights(first: Path, second: Path) -> None:
    for averaged in (True, False):
        one, other = (read_checkpoint(path / "checkpoint.pt", averaged=averaged).tensors() for path in (first, second))
        assert one.keys() == other.keys()
        assert all(torch.equal(tensor, other[name]) for name, tensor in one.items())


@pytest.mark.parametrize("stops", [(2, 7), (4,)], ids=["within both phases", "between the phases"])
def test_phases_that_were_stopped_end_with_the_weights_of_an_uninterrupted_run(
    pool: Pool, recipes: list[Path], whole: Path, tmp_path: Path, stops: tuple[int, ...]
) -> None:
    for stop in stops:
        assert not train_phases(recipes, pool, tmp_path, until=stop)
    assert train_phases(recipes, pool, tmp_path)
    assert_same_weights(tmp_path / "second", whole / "second")
    released = read_checkpoint(tmp_path / "second" / "checkpoint.pt")
    assert released.step == 5
    assert [(phase["seed"], phase["trained_steps"]) for phase in released.earlier] == [(5, 4)]
    rows = read_loss_log(tmp_path / "second" / "loss.jsonl")
    assert sorted({row["phase"] for row in rows}) == [1, 2]
    assert rows[-1]["total"] == 9


def test_a_stop_within_the_first_phase_starts_no_second_one(pool: Pool, recipes: list[Path], tmp_path: Path) -> None:
    train_phases(recipes, pool, tmp_path, until=3)
    assert [folder.name for folder in tmp_path.iterdir()] == ["first"]
    assert read_checkpoint(tmp_path / "first" / "checkpoint.pt").step == 3


def test_finished_phases_are_left_as_they_are(
    pool: Pool, recipes: list[Path], whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in whole.rglob("*")}
    assert train_phases(recipes, pool, whole)
    assert {path: path.stat().st_mtime_ns for path in whole.rglob("*")} == before
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("phase")] == [
        "phase 1 of 2: first.json",
        "phase 2 of 2: second.json",
    ]


def test_a_phase_that_started_from_another_one_is_refused(pool: Pool, whole: Path, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / "checkpoint.pt").write_bytes((whole / "second" / "checkpoint.pt").read_bytes())
    others = write_recipes(tmp_path, first_seed=7)
    with pytest.raises(ValueError, match="did not start from the phases before it"):
        train_phases(others, pool, tmp_path)
    with pytest.raises(ValueError, match="another recipe"):
        train_phases([others[0]], pool, whole)


def test_a_phase_can_start_from_the_mean_of_the_phases_before_it(pool: Pool, whole: Path, tmp_path: Path) -> None:
    earlier = [whole / name / "checkpoint.pt" for name in ("first", "second")]
    recipe = recipe_from(TINY | {"seed": 7, "steps": 3, "starts_from": 2})
    run = open_phase(recipe, pool, tmp_path / "third", earlier)
    first, second = (torch.load(path, weights_only=True)["ema"] for path in earlier)
    for weight, average, one, other in zip(run.model.parameters(), run.average, first, second, strict=True):
        assert torch.allclose(weight, (one + other) / 2, atol=1e-7)
        assert torch.equal(weight, average)
    assert [(phase["seed"], phase["trained_steps"]) for phase in run.earlier] == [(5, 4), (6, 5)]


def test_every_phase_of_the_release_has_a_recipe_of_the_same_network() -> None:
    recipes = [read_recipe(path) for path in RELEASE_PHASES]
    assert len({recipe.sizes for recipe in recipes}) == 1
    assert len({recipe.seed for recipe in recipes}) == len(recipes)


def test_a_recipe_survives_its_plain_form_and_refuses_unknown_names() -> None:
    recipe = read_recipe(RELEASE_PHASES[-1])
    assert recipe_from(json.loads(json.dumps(recipe.as_dict()))) == recipe
    with pytest.raises(ValueError, match="stepz"):
        recipe_from({"stepz": 4})
