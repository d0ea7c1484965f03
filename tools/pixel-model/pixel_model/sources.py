"""Sprite sources: npm packages at pinned versions, fetched by `npm pack` and checked by sha256."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from pixel_model.colours import ByteImage, Mask
from pixel_model.jres import decode_indices

PROJECT: Final = Path(__file__).resolve().parents[1]
CACHE: Final = PROJECT / ".cache"
DATA: Final = PROJECT / "data"


@dataclass(frozen=True)
class Source:
    """An npm package with the sha256 of its tarball."""

    name: str
    version: str
    sha256: str


ARCADE: Final = Source("pxt-arcade", "4.1.2", "f48dab46c63a8565fa4d3b00bdf1e8f7614666900e5a3b39ae110f43db6c3c10")
AVATARS: Final = Source(
    "@dicebear/pixel-art", "9.4.3", "1252d798c632c20f194e7d8b2fbc18b23ad76b2511e668668d0051084bfaa754"
)


class SourceError(RuntimeError):
    """A source could not be fetched, or is not the pinned one."""


def check_digest(tarball: Path, source: Source) -> None:
    """Raise SourceError, and remove the file, if a tarball is not the pinned one."""
    digest = hashlib.sha256(tarball.read_bytes()).hexdigest()
    if digest != source.sha256:
        tarball.unlink()
        raise SourceError(
            f"{source.name}@{source.version} has sha256 {digest}, pinned is {source.sha256}; it was removed"
        )


def fetch(source: Source, cache: Path = CACHE) -> Path:
    """Folder of an unpacked source, fetched if it is not in the cache. The tarball is checked every time."""
    cache.mkdir(parents=True, exist_ok=True)
    stem = source.name.removeprefix("@").replace("/", "-")
    tarball = cache / f"{stem}-{source.version}.tgz"
    if not tarball.exists():
        command = ["npm", "pack", f"{source.name}@{source.version}", "--pack-destination", str(cache)]
        result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if result.returncode != 0 or not tarball.exists():
            raise SourceError(f"npm pack {source.name}@{source.version} failed: {result.stderr.strip()[-500:]}")
    check_digest(tarball, source)
    folder = cache / f"{stem}-{source.version}"
    if not folder.exists():
        partial = folder.with_suffix(".partial")
        with tarfile.open(tarball) as archive:
            archive.extractall(partial, filter="data")
        partial.rename(folder)
    return folder / "package"


def read_arcade_sprites(package: Path) -> dict[str, tuple[ByteImage, Mask]]:
    """Every colour sprite of pxt-arcade by name: RGB [height, width, 3] and mask [height, width]."""
    target = json.loads((package / "built" / "target.json").read_text(encoding="utf-8"))
    device = target["bundledpkgs"]["device"]
    hexes = json.loads(device["pxt.json"])["palette"]
    palette = np.array([[int(text[place : place + 2], 16) for place in (1, 3, 5)] for text in hexes], dtype=np.uint8)
    sprites: dict[str, tuple[ByteImage, Mask]] = {}
    for file, text in device.items():
        if not file.endswith(".jres"):
            continue
        for name, entry in json.loads(text).items():
            encoded = entry if isinstance(entry, str) else entry.get("data")
            kind = None if isinstance(entry, str) else entry.get("mimeType")
            if (
                name == "*"
                or not isinstance(encoded, str)
                or not encoded.startswith("hwQ")
                or kind not in (None, "image/x-mkcd-f4")
            ):
                continue
            indices = decode_indices(encoded)
            sprites[name] = (palette[indices], indices > 0)
    return sprites
