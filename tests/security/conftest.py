"""Property tests fail for what they find, never for how busy the machine is."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("till", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("till")
