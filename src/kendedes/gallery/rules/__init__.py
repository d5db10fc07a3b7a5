"""Decisions of the gallery: who gets which place, what is empty, how the plan is drawn. No Django, no clock."""
