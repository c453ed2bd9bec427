"""Forecasts of many series at once: monthly demand in, quantities with ranges and their own past error out.

Arrays are [series, months], oldest month first, in the unit of the order lines (条). Nothing here reads a store or
knows a language; docs/decisions say why these models and not others.
"""
