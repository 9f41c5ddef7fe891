"""The long way: ``python -m tests.fuzz``; see the package."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.running import GROUPS, chosen, run


def main() -> int:
    """Run what the command line says."""
    asked = argparse.ArgumentParser("python -m tests.fuzz", description=__doc__)
    asked.add_argument("targets", nargs="*", help="targets or groups; all if none")
    asked.add_argument("--seconds", type=float, default=60, help="shared by all")
    asked.add_argument("--seed", default="4")
    asked.add_argument("--only", type=int, help="this execution of one target, again")
    asked.add_argument("--list", action="store_true")
    words = asked.parse_args()
    names = chosen(words.targets)
    if words.list:
        for group, members in GROUPS.items():
            print(f"{group}: {' '.join(members)}")
        return 0
    outcome = run(names, words.seconds, words.seed, only=words.only, told=sys.stdout)
    return 1 if outcome.raised else 0


if __name__ == "__main__":
    sys.exit(main())
