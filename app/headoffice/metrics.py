"""What Prometheus asks for: requests, seconds, bytes and operations, summed over all workers of this machine."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Where workers leave their figures for each other; set before the first worker starts."""
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The figures of one worker."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "zoufang_requests_total", "Requests by call and status", ("call", "status"), registry=self._registry
        )
        self.seconds = Histogram(
            "zoufang_request_seconds", "Seconds from the first byte to the answer", ("call",),
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self.bytes = Counter("zoufang_bytes_total", "Bytes on the line", ("call", "direction"), registry=self._registry)
        self.operations = Counter(
            "zoufang_operations_total", "Verdicts on operations", ("status",), registry=self._registry
        )
        self.rows = Counter("zoufang_rows_total", "Rows delivered", registry=self._registry)
        self.open = Gauge(
            "zoufang_open_requests", "Requests that are open", registry=self._registry, multiprocess_mode="livesum"
        )

    def text(self) -> bytes:
        """Return the figures as Prometheus reads them."""
        if FOLDER_VARIABLE not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)
        return generate_latest(together)
