"""How much to order: periodic review with the forecast's own error, caps that are met exactly, and what to carry at all.

Arrays are one entry per SKU of a shop (or per shop and SKU), quantities whole 条, money minor units. Suggestions only.
"""
