"""Pages of the network: each makes one call and hands it to a template."""
