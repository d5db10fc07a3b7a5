"""Whether system calls can be made to fail on this machine. Apart from the drill: asking needs no settings."""

from __future__ import annotations

import shutil
import subprocess


def missing() -> str:
    """Why no call can be made to fail here; empty when it can."""
    tool = shutil.which("strace")
    if tool is None:
        return "not installed: strace"
    tried = [tool, "-f", "-qq", "-o", "/dev/null", "-e", "inject=fdatasync:error=EIO", "true"]
    done = subprocess.run(tried, capture_output=True, text=True, check=False)  # noqa: S603 - our own list
    return "" if done.returncode == 0 else f"strace may not trace here: {done.stderr.strip()[:200]}"
