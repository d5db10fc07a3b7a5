"""What pages and tills read."""
