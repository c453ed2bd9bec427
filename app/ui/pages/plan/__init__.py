"""The visit plan: month, week and day, what a move would change, how healthy the month is."""
