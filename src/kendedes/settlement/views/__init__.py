"""Windows of settlement."""
