"""Decoder of the sprite format inside pxt-arcade's `*.jres` files."""

from __future__ import annotations

import base64
import binascii
import struct

import numpy as np
from numpy.typing import NDArray

HEADER_BYTES = 8
MAX_SIDE = 512


class JresError(ValueError):
    """An image that does not follow the format, or is larger than MAX_SIDE."""


def decode_indices(encoded: str) -> NDArray[np.uint8]:
    """Palette indices [height, width] (0 = transparent) of one base64 encoded image.

    Byte 0 is 0x87, byte 1 is 4 (bits per pixel), then width and height as u16 LE and two bytes
    that are not used; columns follow, low nibble first, each padded to a multiple of four bytes.
    """
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise JresError(f"not base64: {error}") from error
    if len(raw) < HEADER_BYTES or raw[0] != 0x87 or raw[1] != 4:
        raise JresError(f"unexpected header {raw[:2].hex()!r}")
    width, height = struct.unpack_from("<HH", raw, 2)
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise JresError(f"size {width}x{height} is outside 1..{MAX_SIDE}")
    stride = ((height + 1) // 2 + 3) // 4 * 4
    if len(raw) < HEADER_BYTES + stride * width:
        raise JresError(f"{len(raw)} bytes are too few for {width}x{height}")
    columns = np.frombuffer(raw, dtype=np.uint8, offset=HEADER_BYTES, count=stride * width)
    packed = columns.reshape(width, stride)
    nibbles = np.stack([packed & 15, packed >> 4], axis=-1).reshape(width, stride * 2)
    return np.ascontiguousarray(nibbles[:, :height].T)
