"""A process that ends when the one that started it ends, however that ended: a supervisor killed with ``kill -9``
leaves nobody behind who holds the port or works on.

``python -m kendedes.base.bound MODULE ARG…`` is ``python -m MODULE ARG…``, bound to the process whose number stands in
``BOUND_TO``; the module finds its own number there, so that the workers it starts can bind themselves to it.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import Sequence

BOUND_TO = "_KENDEDES_BOUND_TO"
_PR_SET_PDEATHSIG = 1
_TICK = 0.5  # seconds between looks where the kernel does not tell


def bind(parent: int) -> None:
    """From now on this process is killed when ``parent``, which started it, ends; at once if it has ended already."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
    elif os.name == "posix":
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.name == "posix" and os.getppid() != parent:
        os._exit(1)


def bind_if_told() -> None:
    """``bind`` to the process named in the environment; nothing where none is."""
    told = os.environ.get(BOUND_TO)
    if told:
        bind(int(told))


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_TICK)
    os._exit(1)


def main(argv: Sequence[str]) -> None:
    """Become the module ``argv[0]`` with the rest as its arguments."""
    bind_if_told()
    os.environ[BOUND_TO] = str(os.getpid())
    sys.argv = list(argv)
    runpy.run_module(argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1:])
