"""Decisions about orders. Pure."""
