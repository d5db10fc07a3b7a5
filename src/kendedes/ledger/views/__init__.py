"""Windows of the books."""
