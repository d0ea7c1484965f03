from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from pixel_model.pool import used_sprites
from pixel_model.sources import PROJECT
from pixel_model.training_sprites import sprite_hash, write_training_sprites

COMMITTED = PROJECT.parents[1] / "libs" / "pixel-model" / "evaluation" / "training-sprites.json"


def test_the_committed_list_is_what_training_uses(tmp_path: Path) -> None:
    write_training_sprites(tmp_path / "sprites.json")
    assert (tmp_path / "sprites.json").read_text(encoding="utf-8") == COMMITTED.read_text(encoding="utf-8")


def test_margins_flips_and_turns_do_not_hide_a_sprite() -> None:
    known = set(json.loads(COMMITTED.read_text(encoding="utf-8"))["sha256"])
    for rgb, mask in list(used_sprites().values())[::40]:
        for turn in range(4):
            turned = np.pad(np.rot90(rgb[:, ::-1], turn), ((1, 2), (3, 0), (0, 0)))
            assert sprite_hash(turned, np.pad(np.rot90(mask[:, ::-1], turn), ((1, 2), (3, 0)))) in known
    changed = np.where(mask[..., None], rgb, 0)
    changed[np.nonzero(mask)[0][0], np.nonzero(mask)[1][0], 0] ^= 1
    assert sprite_hash(changed, mask) not in known
