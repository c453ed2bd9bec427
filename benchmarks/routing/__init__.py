"""Routes measured against best-known solutions and against proven optima: `make bench-routing`."""
