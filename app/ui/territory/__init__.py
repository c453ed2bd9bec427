"""The territory on one schematic map: coloured, selected from, opened."""
