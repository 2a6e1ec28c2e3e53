"""Property tests give the same cases everywhere, and are not judged by the clock; `SONLA_EXAMPLES` asks for more."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "sonla",
    deadline=None,
    derandomize="SONLA_EXAMPLES" not in os.environ,
    max_examples=int(os.environ.get("SONLA_EXAMPLES", "100")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("sonla")
