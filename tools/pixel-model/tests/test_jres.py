from __future__ import annotations

import base64
import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pixel_model.jres import JresError, decode_indices


def encode(indices: NDArray[np.uint8]) -> str:
    height, width = indices.shape
    stride = ((height + 1) // 2 + 3) // 4 * 4
    body = bytearray()
    for column in range(width):
        packed = bytearray(stride)
        for row in range(height):
            packed[row // 2] |= int(indices[row, column]) << (4 if row % 2 else 0)
        body += packed
    return base64.b64encode(struct.pack("<BBHHH", 0x87, 4, width, height, 0) + bytes(body)).decode()


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_every_picture_survives_the_round_trip(width: int, height: int, seed: int) -> None:
    indices = np.random.default_rng(seed).integers(0, 16, (height, width), dtype=np.uint8)
    np.testing.assert_array_equal(decode_indices(encode(indices)), indices)


@given(st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_other_bytes_are_refused_or_decoded_but_never_crash(raw: bytes) -> None:
    with suppress(JresError):
        assert decode_indices(base64.b64encode(raw).decode()).ndim == 2


@pytest.mark.parametrize(
    ("encoded", "message"),
    [
        ("***", "not base64"),
        (base64.b64encode(b"\x86\x04\x01\x00\x01\x00\x00\x00").decode(), "unexpected header"),
        (base64.b64encode(struct.pack("<BBHHH", 0x87, 4, 9999, 1, 0)).decode(), "outside"),
        (base64.b64encode(struct.pack("<BBHHH", 0x87, 4, 8, 8, 0)).decode(), "too few"),
    ],
)
def test_faults_are_named(encoded: str, message: str) -> None:
    with pytest.raises(JresError, match=message):
        decode_indices(encoded)
