"""Plain values and rules of the till: no input, no output, no clock."""
