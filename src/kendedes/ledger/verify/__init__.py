"""The books' own judge: re-derives everything from the rows and names what does not fit. Reads only.

It shares no code with posting: the text of a seal, the sums, the division are written here a second time. Upper floors
add their own questions with ``AppConfig.verifies``, a list of functions that yield ``Finding``.
"""

from kendedes.ledger.verify.report import Finding, Report, verify

__all__ = ["Finding", "Report", "verify"]
