"""The month plans itself: what visits are due, on which day, in which order. Pure; the solver is loaded late."""
