"""Other sync servers that the package registries give; installed only by the benchmark, into a folder of its own."""
