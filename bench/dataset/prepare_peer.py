"""The same preparation as `dataset ingest`, as one would write it in Python with Pillow and numpy: one process a core.

For each file: size and time, read, SHA-256, refusal of what is no still 8-bit picture of sensible size, decoding to
RGBA, the factor by which it was enlarged and where its grid begins (by exact borders: no picture of this measurement
needs the grid by energy), its native size, canonical pixels and their SHA-256, colours, palette, alpha, lone pixels, a
PNG with a palette where 256 entries do, picture and source stored whole or not at all under their hashes. For the set:
a journal that a killed run would go on from, names and labels, equal pictures, blank ones, ten held out by hash, one
manifest. `dataset ingest` does more: it checks the manifest against its schema, names, links, licences and captions.

    python bench/dataset/prepare_peer.py <folder with PNGs> <output folder>

Prints one line of JSON: seconds without start-up and imports, pictures, and a hash over all pixel hashes.
"""

import hashlib
import io
import json
import os
import re
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint32]
RGB = np.uint32(0xFFFFFF)
MOST_PIXELS = 4096 * 4096
SMALLEST_NATIVE_SIDE = 16
FILES_PER_TASK = 16


def find_grid(words: Pixels) -> tuple[int, int, int]:
    """Greatest common divisor of the distances between borders, and where the grid begins; 1 for a native picture."""
    factor = 0
    firsts = []
    across = np.any(words[:, 1:] != words[:, :-1], axis=0)
    down = np.any(words[1:] != words[:-1], axis=1)
    for changes in (across, down):
        borders = np.flatnonzero(changes) + 1
        firsts.append(int(borders[0]) if borders.size else 0)
        factor = int(np.gcd.reduce(np.append(np.diff(borders), factor)))
    if factor < 2 or factor > max(words.shape) / SMALLEST_NATIVE_SIDE:
        return 1, 0, 0
    return factor, firsts[0] % factor, firsts[1] % factor


def count_orphans(words: Pixels) -> int:
    """Visible pixels none of whose eight neighbours is visible in their colour."""
    height, width = words.shape
    padded = np.full((height + 2, width + 2), -1, np.int32)
    inner = padded[1:-1, 1:-1]
    visible = words >> 24 > 0
    inner[visible] = words[visible] & RGB
    alone = visible
    for dy in range(3):
        for dx in range(3):
            if (dy, dx) != (1, 1):
                alone &= padded[dy : dy + height, dx : dx + width] != inner
    return int(alone.sum())


def encode(native: npt.NDArray[np.uint8], values: Pixels, indices: npt.NDArray[np.intp]) -> bytes:
    """As PNG: with a palette of whole pixels where 256 do, else RGBA."""
    encoded = io.BytesIO()
    if values.size > 256:
        Image.fromarray(native, "RGBA").save(encoded, "PNG", compress_level=6)
        return encoded.getvalue()
    image = Image.fromarray(indices.reshape(native.shape[:2]).astype(np.uint8), "P")
    entries = values.view(np.uint8).reshape(-1, 4)
    image.putpalette(entries[:, :3].tobytes())
    image.save(encoded, "PNG", compress_level=6, transparency=entries[:, 3].tobytes(), bits=8)
    return encoded.getvalue()


def store(path: Path, data: bytes) -> None:
    """Whole or not at all; what is there already with these bytes stays."""
    if path.exists() and path.read_bytes() == data:
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    draft.write_bytes(data)
    draft.replace(path)


def describe(words: Pixels, values: Pixels, counts: npt.NDArray[np.intp]) -> dict[str, Any]:
    """Colours, commonest first, alpha and lone pixels of canonical pixels, by their different values."""
    shares: dict[int, int] = {}
    opaque = translucent = 0
    for value, count in zip(values.tolist(), counts.tolist(), strict=True):
        alpha = value >> 24
        if alpha == 0:
            continue
        colour = (value & 255) << 16 | value & 0xFF00 | value >> 16 & 255
        shares[colour] = shares.get(colour, 0) + count
        if alpha == 255:
            opaque += count
        else:
            translucent += count
    palette = sorted(shares, key=lambda colour: (-shares[colour], colour))[:256]
    return {
        "colours": len(shares),
        "palette": [f"#{colour:06x}" for colour in palette],
        "alpha": "partial" if translucent else "binary" if opaque < words.size else "none",
        "opaquePixels": opaque,
        "orphanPixels": count_orphans(words),
    }


def prepare(task: tuple[str, str]) -> dict[str, Any]:
    """One picture, from its file to its entry in the manifest."""
    path, out = task
    data = Path(path).read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    with Image.open(io.BytesIO(data)) as image:
        is_still = getattr(image, "n_frames", 1) == 1
        if not is_still or image.width * image.height > MOST_PIXELS or image.mode in ("I;16", "CMYK"):
            raise ValueError(f"{path}: no still 8-bit picture of up to {MOST_PIXELS} pixels")
        rgba = np.array(image.convert("RGBA"))
    whole: Pixels = rgba.view(np.uint32)[:, :, 0]
    whole[whole >> 24 == 0] = 0
    factor, left, top = find_grid(whole)
    rows, columns = (whole.shape[0] - top) // factor, (whole.shape[1] - left) // factor
    words = np.ascontiguousarray(whole[top::factor, left::factor][:rows, :columns])
    native = words.view(np.uint8).reshape(rows, columns, 4)
    values, indices, counts = np.unique(words, return_inverse=True, return_counts=True)
    encoded = encode(native, values, indices)
    identity = hashlib.sha256(f"{columns}x{rows}\n".encode() + native.tobytes()).hexdigest()
    store(Path(out, "images", f"{identity}.png"), encoded)
    store(Path(out, "sources", sha256), data)
    return {
        "id": identity,
        "width": columns,
        "height": rows,
        "fileSha256": hashlib.sha256(encoded).hexdigest(),
        "source": {"path": Path(path).name, "sha256": sha256},
        "scale": {"factor": factor, "offsetX": left, "offsetY": top},
        "facts": describe(words, values, counts),
    }


def merge(prepared: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each picture once, with a plain name that is its own, its labels and its side of the split."""
    images: dict[str, dict[str, Any]] = {}
    names: set[str] = set()
    for image in prepared:
        facts = image["facts"]
        blank = facts["colours"] == 0 or (facts["colours"] == 1 and facts["alpha"] == "none")
        if blank or image["id"] in images:
            continue
        stem = Path(image["source"]["path"]).stem
        plain = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._") or f"picture-{image['id'][:8]}"
        name, count = plain, 2
        while name.lower() in names:
            name, count = f"{plain}-{count}", count + 1
        names.add(name.lower())
        labels = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+", stem)]
        images[image["id"]] = {"name": name, **image, "labels": labels, "group": image["id"], "caption": None}
    held_out = set(sorted(images, key=lambda identity: hashlib.sha256(identity.encode()).digest())[:10])
    for identity, image in images.items():
        image["split"] = "held-out" if identity in held_out else "train"
    return sorted(images.values(), key=lambda image: str(image["name"]))


def main() -> None:
    """Prepares a folder and says how long it took."""
    source, out = sys.argv[1], Path(sys.argv[2])
    for name in ("images", "sources"):
        (out / name).mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    entries = sorted(os.scandir(source), key=lambda entry: entry.name)
    stamps = [f"{status.st_size}:{status.st_mtime_ns}" for status in (entry.stat() for entry in entries)]
    tasks = [(entry.path, str(out)) for entry in entries]
    prepared: list[dict[str, Any]] = []
    journal_path = out / "ingest.journal.jsonl"
    with (
        ProcessPoolExecutor(max_workers=len(os.sched_getaffinity(0))) as pool,
        journal_path.open("w", encoding="utf-8") as journal,
    ):
        for stamp, image in zip(stamps, pool.map(prepare, tasks, chunksize=FILES_PER_TASK), strict=True):
            prepared.append(image)
            journal.write(json.dumps({"stamp": stamp, "prepared": image}) + "\n")
            if len(prepared) % FILES_PER_TASK == 0:
                journal.flush()
    images = merge(prepared)
    draft = out / "dataset.json.tmp"
    with draft.open("w", encoding="utf-8") as manifest:
        manifest.write(json.dumps({"images": images}, indent=2) + "\n")
        manifest.flush()
        os.fsync(manifest.fileno())
    draft.replace(out / "dataset.json")
    journal_path.unlink()
    seconds = time.perf_counter() - started
    digest = hashlib.sha256("".join(sorted(image["id"] for image in images)).encode()).hexdigest()
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu_seconds = sum(one.ru_utime + one.ru_stime for one in usage)
    print(json.dumps({"seconds": seconds, "images": len(images), "digest": digest, "cpuSeconds": cpu_seconds}))


if __name__ == "__main__":
    main()
