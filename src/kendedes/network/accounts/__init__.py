"""Signing in: what allauth is told to do differently, which passwords are refused, how guessing is slowed down."""
