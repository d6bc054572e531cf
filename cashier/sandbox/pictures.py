"""The QR of an address as a picture, for a page that loads nothing from elsewhere."""

from __future__ import annotations

import base64
from io import BytesIO


def qr_picture(address: str) -> str:
    """A PNG as a data address, four modules of quiet zone around the code."""
    import qrcode  # type: ignore[import-untyped]  # ships no types; only this page needs it
    from qrcode.image.pil import PilImage  # type: ignore[import-untyped]  # as above

    picture = qrcode.make(address, image_factory=PilImage, box_size=6, border=4)
    written = BytesIO()
    picture.save(written, kind="PNG")
    return "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()
