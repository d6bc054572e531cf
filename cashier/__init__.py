"""A desktop till that takes QR payments through the Invoice gateway."""

from __future__ import annotations

__version__ = "0.1.0"
