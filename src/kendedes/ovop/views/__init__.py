"""Pages of choosing, by subject."""
