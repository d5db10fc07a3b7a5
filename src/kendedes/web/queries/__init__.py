"""Reads of the public site: ``sources`` from the floors below, ``pages`` for what visitors see."""
