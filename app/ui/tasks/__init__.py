"""Tasks of head office as Today and the visit show them."""
