"""The root over many leaves (RFC 6962, section 2.1): one hash that stands for all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf(data: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of leaves, in their order.

    Args:
        leaves: What each leaf holds, not yet hashed.
    """
    if not leaves:
        return hashlib.sha256(b"").digest()
    # A stack of complete subtrees, the largest first: their sizes are the binary
    # digits of the number of leaves, which is how RFC 6962 splits them.
    stack: list[tuple[int, bytes]] = []
    for data in leaves:
        size, digest = 1, leaf(data)
        while stack and stack[-1][0] == size:
            _, left = stack.pop()
            size, digest = 2 * size, _node(left, digest)
        stack.append((size, digest))
    _, digest = stack.pop()
    while stack:
        _, left = stack.pop()
        digest = _node(left, digest)
    return digest


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
