"""The rules of sync without input or output: shared by the simulation, the laptop and head office."""
