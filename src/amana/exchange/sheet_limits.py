"""The limits a file must keep, and the refusals when it does not: one table for the parent and the
throw-away reader.

Units: bytes, characters, rows, columns, seconds. Source: the project's trust design, "Hostile files".
"""

from __future__ import annotations

MIB = 1024 * 1024
FILE_BYTES = 20 * MIB
INFLATED_BYTES = 200 * MIB
RATIO = 100
RATIO_COUNTS_FROM = MIB
"""A file that inflates to less than this can harm nobody, however well it was packed."""
ROWS = 100_000
COLUMNS = 200
CELL_CHARACTERS = 32_767
PARTS = 5_000
ANSWER_BYTES = 300 * MIB


def _(text: str) -> str:
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return text


REFUSALS: dict[str, tuple[str, str]] = {
    "not_found": (_("There is no such file, or it can't be opened."), _("Check the path and try again.")),
    "empty": (_("The file is empty."), _("Send the file again; it may have been cut off on the way.")),
    "too_big": (_("The file is larger than 20 MB."), _("Remove pictures, or send the list in parts.")),
    "wrong_type": (
        _("The file is no list in a form that can be read."),
        _("Send a workbook (xlsx, xls, ods) or a text table (csv)."),
    ),
    "password": (
        _("The file is protected by a password."),
        _("Save it without a password and send it again."),
    ),
    "damaged": (
        _("The file is damaged or incomplete."),
        _("Open it in a spreadsheet program, save it again and send that."),
    ),
    "inflated_too_big": (
        _("The file unpacks to more than 200 MB."),
        _("Copy the list alone into a new workbook and send that."),
    ),
    "packed_too_tightly": (
        _("The file unpacks to more than 100 times its size, as files made to do harm do."),
        _("Copy the list alone into a new workbook and send that."),
    ),
    "too_many_parts": (
        _("The file holds more parts than a list needs."),
        _("Copy the list alone into a new workbook."),
    ),
    "doctype": (
        _("The file declares entities or a document type, which no spreadsheet program writes."),
        _("Open it in a spreadsheet program, save it again and send that."),
    ),
    "too_many_rows": (
        _("A sheet has more than 100,000 rows."),
        _("Send the list in parts of at most 100,000 rows."),
    ),
    "too_many_columns": (
        _("A sheet has more than 200 columns."),
        _("Copy the columns of the list into a new workbook; look for stray cells far to the right."),
    ),
    "cell_too_long": (
        _("A cell holds more than 32,767 characters."),
        _("Shorten the cell or remove its column."),
    ),
    "too_slow": (_("Reading the file took longer than 30 seconds."), _("Send the list in parts.")),
    "too_much_memory": (
        _("Reading the file needed more memory than a list may take, or the reader gave up."),
        _("Copy the list alone into a new workbook; look for stray cells far down or far to the right."),
    ),
}
