"""The QR of an address as a picture, for a page that loads nothing from elsewhere."""

from __future__ import annotations

import base64
from io import BytesIO

_QUIET = 4
"""Modules of white around the code."""
_MODULE = 6
"""Pixels of a module's side."""


def qr_picture(address: str) -> str:
    """A black-and-white PNG as a data address."""
    import qrcode  # type: ignore[import-untyped]  # ships no types; only this page needs it
    from PIL import Image

    code = qrcode.QRCode(border=_QUIET)
    code.add_data(address)
    rows = code.get_matrix()
    side = len(rows)
    small = Image.new("1", (side, side))
    small.putdata([0 if is_dark else 1 for row in rows for is_dark in row])
    picture = small.resize((side * _MODULE, side * _MODULE), Image.Resampling.NEAREST)
    written = BytesIO()
    picture.save(written, "PNG")
    return "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()
