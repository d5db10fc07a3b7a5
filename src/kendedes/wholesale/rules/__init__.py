"""Decisions of wholesale. Pure."""
