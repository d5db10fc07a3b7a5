"""Arithmetic and decisions of choosing. Pure."""
