"""A deterministic simulation: the real services and the real journal in a world that one seed makes.

`python -m tests.simulation --help` runs it.
"""
