"""Is a workbook faithful: does it say what the register said when it was exported?"""

from __future__ import annotations

import hashlib

from jury_tui.errors import ExportError
from jury_tui.i18n import LANGUAGES, N_, spoken
from jury_tui.minutes.comparison import Difference, compare
from jury_tui.minutes.rectification import document_of
from jury_tui.minutes.renderer import may_word_otherwise
from jury_tui.register import headcode
from jury_tui.register.record import Record
from jury_tui.session.acts import MinutesExported


def differences(record: Record, data: bytes, file: str) -> tuple[Difference, ...]:
    """What a workbook says otherwise than its register; empty when it is faithful.

    The very bytes that the register recorded are faithful even where another version
    of the program worded them otherwise than this one would.

    Args:
        record: The session.
        data: The workbook's bytes, signed or not.
        file: Its name, to find its export; the last export if none has it.

    Raises:
        ExportError: the register tells of no export to compare with.
        PackageError: the bytes are not a workbook that can be judged.
    """
    number, act = _export(record, file)
    head = record.register.heads[number - 2] if number > 1 else ""
    if not head or act.language not in LANGUAGES:
        raise ExportError(
            N_("The register cannot be compared with {file}: its export is unusual."),
            file=file,
        )
    with spoken(act.language):
        minutes = document_of(
            record.at(number - 1),
            act.number,
            code=headcode.code(head),
            head=head,
            count=number - 1,
        )
        found = compare(minutes, data)
    if found and may_word_otherwise(act.renderer) and _recorded(record, act, data):
        return ()
    return found


def _recorded(record: Record, act: MinutesExported, data: bytes) -> bool:
    """Whether these very bytes are what the register recorded, signed or not."""
    signed = {s.file_sha256 for s in record.session.signatures}
    return hashlib.sha256(data).hexdigest() in {act.sha256, *signed}


def _export(record: Record, file: str) -> tuple[int, MinutesExported]:
    exports = [
        (number, act)
        for number, act in enumerate(record.acts, 1)
        if isinstance(act, MinutesExported)
    ]
    if not exports:
        raise ExportError(
            N_("This register tells of no export: it is not that of {file}."),
            file=file,
        )
    named = [export for export in exports if export[1].file == file]
    return (named or exports)[-1]
