"""The calls of the protocol and those of whoever runs head office."""
