"""The pool on disk, so that a second command need not build it again."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

from pixel_model.pool import Pool, build_pool
from pixel_model.sources import CACHE, DATA, PROJECT

CORPUS_MODULES = ("avatars", "canvas", "colours", "draw_*", "drawings", "grid", "jres", "pool", "sources")


def corpus_digest() -> str:
    """sha256 over the modules and data files that decide the pool."""
    files = [path for name in CORPUS_MODULES for path in sorted((PROJECT / "pixel_model").glob(f"{name}.py"))]
    digest = hashlib.sha256()
    for path in (*files, *sorted(DATA.glob("*.json"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def load_pool(cache: Path = CACHE) -> Pool:
    """The whole pool, from the cache if the same code and data made it."""
    path = cache / f"pool-{corpus_digest()[:16]}.pickle"
    if path.exists():
        pool = pickle.loads(path.read_bytes())
        if isinstance(pool, Pool):
            return pool
    made = build_pool()
    cache.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_bytes(pickle.dumps(made))
    partial.replace(path)
    return made
