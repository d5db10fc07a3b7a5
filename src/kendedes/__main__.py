"""The command ``kendedes``: a name per job, each with ``--help``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import django

import kendedes
from kendedes.base.environment import checkout, default_home
from kendedes.base.presence import LASTING, stay

COMMANDS = {
    "demo": ("demo", "build the demonstration association, print its catalogues, serve the site"),
    "serve": ("serve", "serve this home's site and office"),
    "found": ("found", "found an association and invite its manager"),
    "import": ("import_products", "read a unit's spreadsheet into its products"),
    "export": ("export", "write a unit's products, or rows of the books, as a file"),
    "verify": ("verify", "re-derive the books and name what does not fit"),
    "edition": ("edition", "compose, lock, publish and print catalogue editions"),
    "backup": ("backup", "write the whole home into one file while selling goes on"),
    "restore": ("restore", "bring a backup back into an empty home"),
    "user": ("user", "accounts and invitations from the console"),
}
# Commands that change what the public sees: the site follows when they end.
DEEDS = {"import", "edition"}
# Those prepare the home themselves, or must meet it as it is.
UNPREPARED = {"demo", "serve", "backup", "restore"}
HELP = """usage: kendedes COMMAND [options]     kendedes COMMAND --help

{commands}
  test         run every check and test (needs the working copy)
  drill        the failure drills with the counts of a release; drill NAME …: one of them (docs/testing.md)
  dev CMD …    run CMD inside the project's environment
  manage …     Django's own commands (migrate, shell, …)
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code is the command's."""
    args = list(sys.argv[1:] if argv is None else argv)
    name = args.pop(0) if args else "--help"
    if name in {"-h", "--help", "help"}:
        lines = "\n".join(f"  {key:<12} {text}" for key, (_, text) in COMMANDS.items())
        sys.stdout.write(HELP.format(commands=lines))
        return 0
    if name == "--version":
        sys.stdout.write(f"kendedes {kendedes.__version__}\n")
        return 0
    if name in {"dev", "drill"}:
        return _dev(args if name == "dev" else ["python", "-m", "kendedes.testing.drill", *(args or ["release"])])
    if name == "test":
        from kendedes.testing.run import run  # noqa: PLC0415 - only in a working copy

        return run(args)
    if name == "demo":
        os.environ.setdefault("KENDEDES_HOME", str(default_home("demo")))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
    from django.core.management import ManagementUtility  # noqa: PLC0415 - settings come first

    if name == "manage":
        _stay(*args[:1])
        ManagementUtility(["kendedes manage", *args]).execute()
        return 0
    if name not in COMMANDS:
        sys.stderr.write(f"kendedes: unknown command {name!r}; see kendedes --help\n")
        return 2
    django.setup()
    if name not in UNPREPARED:
        from kendedes.network.management.prepare import migrate  # noqa: PLC0415 - Django must be set up

        migrate(lambda line: sys.stderr.write(f"{line}\n"))
    # Straight to the command: its usage line then names what was typed.
    try:
        ManagementUtility().fetch_command(COMMANDS[name][0]).run_from_argv(["kendedes", name, *args])
    finally:  # also after exit code 1: some rows were stored
        if name in DEEDS and not {"-h", "--help"} & set(args):
            ManagementUtility(["kendedes manage", "follow", "--verbosity", "0"]).execute()
    return 0


def _stay(command: str = "") -> None:
    """A worker is seen at work on the home, so that nothing changes the key under it."""
    if command not in LASTING:
        return
    from django.conf import settings  # noqa: PLC0415 - settings come first

    if not stay(settings.HOME):
        sys.exit("kunci rumah sedang diganti / the home's key is being changed")


def _dev(args: list[str]) -> int:
    here = checkout()
    if here is None or not args:
        sys.stderr.write("usage: ./kendedes dev CMD …   (in a working copy)\n")
        return 2
    scripts = str(Path(sys.executable).parent)
    env = {**os.environ, "PATH": scripts + os.pathsep + os.environ.get("PATH", "")}
    return subprocess.call(args, env=env)  # noqa: S603 - the developer's own command


if __name__ == "__main__":
    sys.exit(main())
