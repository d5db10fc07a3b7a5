"""Compiles interface texts that are newer than their ``.mo``, so that tests read today's."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
django.setup()

from kendedes.network.management.prepare import compile_messages  # noqa: E402 - settings come first

if __name__ == "__main__":
    compile_messages(print)
