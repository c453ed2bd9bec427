"""Sync measured beside other sync servers and beside the bare link: `make bench-sync`."""
