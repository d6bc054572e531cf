"""The client of the Invoice gateway: the only package that speaks HTTP.

One method per call of SPEC 7.2, domain values in and out, and an outcome that never guesses.
"""
