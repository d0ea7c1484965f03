"""A word tokenizer with a closed vocabulary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

BEGIN: Final = 0
END: Final = 1
UNKNOWN: Final = 2
MAX_TOKENS: Final = 24
WORD_PATTERN: Final = "[a-z0-9][a-z0-9-]*"
SPECIAL_TOKENS: Final = ("<begin>", "<end>", "<unknown>")


class Tokenizer:
    """Words to ids: begin, words, end, then padding with end, MAX_TOKENS in all."""

    def __init__(self, tokens: Sequence[str]) -> None:
        """A tokenizer over a vocabulary whose index is the token id."""
        if tuple(tokens[:3]) != SPECIAL_TOKENS:
            raise ValueError(f"a vocabulary starts with {SPECIAL_TOKENS}, not {tuple(tokens[:3])}")
        self.tokens = tuple(tokens)
        self._ids = {token: place for place, token in enumerate(tokens)}

    def encode(self, text: str) -> NDArray[np.int64]:
        """Ids [MAX_TOKENS] of a text; what does not fit is cut."""
        words = re.findall(WORD_PATTERN, text.lower())[: MAX_TOKENS - 2]
        ids = np.full(MAX_TOKENS, END, dtype=np.int64)
        ids[0] = BEGIN
        ids[1 : len(words) + 1] = [self._ids.get(word, UNKNOWN) for word in words]
        return ids
