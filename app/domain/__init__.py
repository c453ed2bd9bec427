"""The rules of the trade: pure Python; time, ids and randomness come in as arguments."""
