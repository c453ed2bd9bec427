"""Pictures that head office refuses again and again, told alike wherever they are counted."""

IS_STUCK = "direction = 'up' AND state = 'waiting' AND tries >= 5"
"""A condition on rows of `blob_queue`.

Head office may still get the record that a photo belongs to; after so many rounds it will not by itself. A cut line is
no refusal and no try.
"""
