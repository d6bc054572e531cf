"""A till that sells for hours: what it grows by, and whether its window ever stands still.

`python -m tests.soak` sells, `python -m tests.soak.filled` opens a journal with very many rows.
"""
