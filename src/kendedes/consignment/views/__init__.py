"""Pages of consignment."""
