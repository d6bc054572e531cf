"""A till that dies, a disk that fails, a power cut: in real processes, on real files.

`python -m tests.crashes --help` runs the long form.
"""
