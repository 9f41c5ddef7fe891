"""What is kept: the durable, chained file of a session's acts."""

from jury_tui.register.chain import Anchor, Torn, Verdict
from jury_tui.register.headcode import code, parse_code, same_code
from jury_tui.register.journal import Records
from jury_tui.register.reading import Follower, Reading, check, follow, read
from jury_tui.register.register import FILE, Register

__all__ = [
    "FILE",
    "Anchor",
    "Follower",
    "Reading",
    "Records",
    "Register",
    "Torn",
    "Verdict",
    "check",
    "code",
    "follow",
    "parse_code",
    "read",
    "same_code",
]
