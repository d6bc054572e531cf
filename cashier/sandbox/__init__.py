"""The Invoice gateway for training, tests and integrators: a real HTTP server with a payment page.

It shares no code with the till's own client, so that the client's mistakes are not its own.
"""
