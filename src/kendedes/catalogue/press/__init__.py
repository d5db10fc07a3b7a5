"""Press: one edition document becomes a book, for the printing house or for the screen.

Words: master (photo as kept, printed byte for byte), proxy (tiny stand-in that Typst lays out), part (front, one
chapter, back), finish (boxes, marks, output intent), bind (masters take the place of their proxies), preflight.
Doors: ``build``, ``preflight_sheet``. Pure Python without Django and without a clock: the same document gives the same bytes anywhere.
What it does not do: choose products, check rights, keep files.
"""

from kendedes.catalogue.press.build import build
from kendedes.catalogue.press.options import Options, Paper
from kendedes.catalogue.press.report import Finding, PressFault, PressRefused, Report
from kendedes.catalogue.press.sheet import preflight_sheet, say

__all__ = ["Finding", "Options", "Paper", "PressFault", "PressRefused", "Report", "build", "preflight_sheet", "say"]
