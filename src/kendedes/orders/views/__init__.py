"""Windows of orders: the basket and the buyer's order, a maker's link, the office."""
