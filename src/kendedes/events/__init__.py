"""Fairs: goods out, offline sales there, goods in, the result of each owner.

Words: Event, pack list, lead.
Doors: ``actions`` (plan, send out, count back, close), ``queries`` (result).
Does not: know shares or statements.
"""
