"""Forecasts on real data beside plain and published methods: `make bench-forecast`."""
