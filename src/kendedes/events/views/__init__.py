"""Windows of fairs."""
