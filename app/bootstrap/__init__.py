"""Builds the program and wires its rooms, in reading order; the only room that knows every other."""
