"""The Today page: the shops of the day, the way between them, and the brief of the shop that is looked at."""
