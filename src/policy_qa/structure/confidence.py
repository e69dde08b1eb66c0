"""How sure a value of a document's head is, by where it was found; 0 to 1."""

from __future__ import annotations

from typing import Final

IN_NUMBER_LINE: Final = 0.99
"""The line "Số: …" of the head."""
IN_CERTIFICATION: Final = 0.95
"""The number or date under "Xác thực văn bản hợp nhất"."""
IN_NAME: Final = 0.9
"""A law's name with its number, as databases print it above the text."""
IN_ANNEX: Final = 0.7
"""Only "(Kèm theo Quyết định số … ngày …)" above an annex."""

BY_FILE_NAME: Final = 0.7
"""Digits of the file's name, before the letters that the head itself has."""

IN_DATE_LINE: Final = 0.99
"""The line of place and date."""
IN_FORMULA: Final = 0.97
"""The closing formula of laws: "… thông qua ngày …"."""
BESIDE_NUMBER: Final = 0.9
"""A date on the line of the number."""
IN_SIGNATURE: Final = 0.9
"""A line of place and date above the signature."""

FILLED_IN: Final = 0.75
"""A factor for number and date of a scanned page, where they are filled in by hand: recognition reads printed letters."""

KIND_PRINTED: Final = 0.99
"""Tên loại on a line of its own."""
KIND_BY_SIGN: Final = 0.9
"""The letters of the ký hiệu, where no tên loại is printed."""
LETTER: Final = 0.85
"""A công văn, told by having neither."""

TITLE_BELOW_KIND: Final = 0.95
"""The lines under tên loại."""
SUBJECT: Final = 0.95
"""The line "V/v …" of a công văn."""
FIRST_LINE: Final = 0.5
"""The first line of a text that has no head."""

DOUBTFUL: Final = 0.8
"""Below this a number or date is told of in a warning."""
