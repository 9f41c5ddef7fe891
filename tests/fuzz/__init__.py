"""Whatever somebody else's bytes are: findings, or one of our errors, nothing raw.

Each target takes files that the program reads, damages them at random and has them
read. ``python -m tests.fuzz`` runs them for as long as wanted, in one process, and
reports executions, the slowest, and the memory that was taken; ``pytest tests/fuzz``
runs each for a second.

    python -m tests.fuzz --list
    python -m tests.fuzz register --seconds 600
    python -m tests.fuzz rulebooks packages --seconds 600 --seed 7

An execution depends on its target, the seed and its number alone: what failed is run
again by ``--only``.
"""
