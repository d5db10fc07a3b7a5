"""Pages of products in the office, by subject."""
