"""Acts read with their types and, by writing them again, found canonical.

``canonical.decode`` reads a line without types, looks at each value, writes it again
and compares; but whoever reads a register wants typed acts in the end. Here they are
read once, many in one call, and written again in another. Bytes that come out as they
went in are canonical, but for what a type leaves open: the form of texts and the keys
of dictionaries, which are looked at. Whole numbers are bounded by their type; other
numbers, and deep nesting, no act has.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import msgspec

from jury_tui import canonical
from jury_tui.session import acts as a

_decoder: msgspec.json.Decoder[a.AnyAct] = msgspec.json.Decoder(a.AnyAct)
_encoder = msgspec.json.Encoder(order="sorted")

KEYED: dict[type[a.Act], tuple[str, ...]] = {
    a.MemberAppointed: ("member.attributes",),
    a.MemberAmended: ("member.attributes",),
    a.CandidateRegistered: ("candidate.attributes",),
    a.CandidateAmended: ("candidate.attributes",),
    a.MarksGiven: ("marks",),
    a.GridFilled: ("levels", "marks"),
    a.VoteCounted: ("ballots",),
    a.ReadingsSettled: ("marks", "grids"),
}
"""Where acts have keys that are no names of fields."""
_keyed = {kind: tuple(map(attrgetter, where)) for kind, where in KEYED.items()}


def read(bodies: Sequence[bytes]) -> list[a.AnyAct] | None:
    """The acts of many bodies at once, or None if any of them is in doubt.

    None only says that each must be looked at, by ``canonical.decode`` and
    ``acts.from_record``, which name the fault.

    Args:
        bodies: Canonical bytes, if all is well: one act each, with no line feed.
    """
    joined = b"\n".join(bodies)
    # See ``canonical.decode_many`` for why lines may be read and written together.
    try:
        acts = _decoder.decode_lines(joined)
        if _encoder.encode_lines(acts) != (joined and joined + b"\n"):
            return None
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError):
        return None
    if None in [act.at.tzinfo for act in acts] or not canonical.normal(bodies):
        return None
    doubtful = []
    for act, body in zip(acts, bodies, strict=True):
        for dictionary in _keyed.get(type(act), ()):
            keys = dictionary(act)
            # Ballots are most of what has keys, and hold nothing else that is open.
            if keys and not (type(act) is a.VoteCounted and canonical.good_keys(keys)):
                doubtful.append(body)
    return acts if canonical.decode_many(doubtful) is not None else None
