"""What a shop could add, drop or take instead: from what it and the shops like it bought in the last year.

Nothing here looks beyond the day it is asked for, and nothing here orders anything.
"""
