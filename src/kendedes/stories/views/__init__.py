"""Windows of stories in the office."""
