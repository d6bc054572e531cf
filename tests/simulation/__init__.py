"""A deterministic simulation: real services and a real journal in a world that one seed makes.

`python -m tests.simulation --help` runs it.
"""
