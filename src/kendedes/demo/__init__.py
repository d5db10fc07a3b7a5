"""Demonstration: a fictional association of Kabupaten Malang, built by the real actions.

Words: content (what is in it), pictures (drawn here), demo (the command).
Doors: content.association(), pictures.master(), the command ``./kendedes demo``.
Does not: hold facts about real producers: people, groups, products, prices and numbers are invented.
"""
