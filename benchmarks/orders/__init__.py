"""Order guidance replayed on real data beside plain rules: `make bench-orders`."""
