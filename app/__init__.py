"""Zoufang (走访): the tool a customer manager carries from shop to shop."""

__version__ = "0.1.0"
