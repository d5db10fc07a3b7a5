"""Press: one edition document becomes a book, for the printing house or for the screen.

Words: master (photo as kept, printed byte for byte), proxy (tiny stand-in that Typst lays out), part (front, one
chapter, back), finish (boxes, marks, output intent), bind (masters take the place of their proxies), preflight.
Door: ``build``. Pure Python without Django and without a clock: the same document gives the same bytes anywhere.
What it does not do: choose products, check rights, keep files.
"""

from kendedes.catalogue.press.build import build
from kendedes.catalogue.press.options import Options, Paper
from kendedes.catalogue.press.report import Finding, PressRefused, Report

__all__ = ["Finding", "Options", "Paper", "PressRefused", "Report", "build"]
