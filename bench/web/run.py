"""Pages per second and CPU per page: this site, django-oscar and an empty Django, one after the other, on one machine.

    .venv/bin/python bench/web/run.py [--seconds 8] [--products 5000] [--many 100000] [--work DIR]

Needs ``wrk``. django-oscar goes into a virtual environment of its own below --work. All are served by granian with
the same number of processes and threads; CPU is the servers' own (user and system, all processes), not wrk's.
Rounds alternate, medians are printed. Each address list is asked for in turn, so no page is luckier than another.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from data import GOODS, KINDS

from kendedes.testing import postgres

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OURS = Path(sys.executable).parent
PORT = 8189
SERVER = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "2", "--blocking-threads", "4",
          "--backlog", "1024", "--log-level", "warning", "--no-ws"]  # fmt: skip
LUA = """local paths = {{{paths}}}
local n = 0
local begun = os.time()
request = function()
  n = n + 1
  -- every question from another address: the site lets each ask sixty times a minute
  local from = string.format("10.%d.%d.%d", n / 65536 % 256, n / 256 % 256, n % 256)
  -- a word more that means nothing: an address nobody asked for before
  local path = string.gsub(paths[(n % #paths) + 1], "NEVER", begun .. "-" .. n)
  return wrk.format("GET", path, {{["X-Forwarded-For"] = from}})
end
"""


@dataclass
class Rate:
    """Requests per second, CPU milliseconds per request, answers that were not 2xx or 3xx."""

    rate: float
    cpu: float
    wrong: int


@dataclass
class Kind:
    """One server and the addresses asked of it."""

    name: str
    python: Path
    target: str
    env: dict[str, str]
    cwd: Path
    paths: dict[str, list[str]]


def cpu_of(group: int) -> float:
    """Seconds of CPU of all processes in a process group."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(kind: Kind) -> Iterator[int]:
    """Run the server; gives its process group."""
    env = {**os.environ, **kind.env, "PYTHONPATH": str(kind.cwd)}
    process = subprocess.Popen(
        [str(kind.python), "-m", "granian", *SERVER, kind.target], env=env, cwd=kind.cwd, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        first = next(iter(kind.paths.values()))[0]
        for _try in range(120):
            time.sleep(0.25)
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{first}", timeout=20):
                    break
            except OSError:
                continue
        else:
            raise SystemExit(f"{kind.name} does not answer")
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:  # a worker that was still starting hears nothing
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def measure(paths: list[str], seconds: int, group: int, work: Path) -> Rate:
    """Ask for the paths in turn with 4 connections, after a warming up in which every page is asked for."""
    script = work / "paths.lua"
    script.write_text(LUA.format(paths=",".join(json.dumps(p) for p in paths)))
    command = ["wrk", "-t1", "-c4", "-s", str(script), f"http://127.0.0.1:{PORT}"]
    subprocess.run([*command, "-d", "6s"], check=True, capture_output=True)
    before = cpu_of(group)
    told = subprocess.run([*command, "-d", f"{seconds}s"], check=True, capture_output=True, text=True).stdout
    used = cpu_of(group) - before
    count = int(re.search(r"(\d+) requests in", told).group(1))
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told).group(1))
    return Rate(rate, used / max(1, count) * 1000, int(wrong.group(1)) if wrong else 0)


def our_home(work: Path, products: int) -> tuple[Path, dict[str, list[str]]]:
    """A home with that many products and its addresses; made once on SQLite, each time on PostgreSQL."""
    url = os.environ.get("DATABASE_URL", "")
    home = work / f"home-{products}{'-pg' if url else ''}"
    if url:
        shutil.rmtree(home, ignore_errors=True)
    env = {**os.environ, "KENDEDES_HOME": str(home)}
    if not (home / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([sys.executable, str(HERE / "data.py"), "--products", str(products)], check=True, env=env)
        subprocess.run([str(OURS / "kendedes"), "serve", "--prepare-only"], check=True, env=env, capture_output=True)
        (home / "ready").touch()
    ask = (
        "from kendedes.web.models import Listing, Heading, Site; import json;"
        "p = [f'/produk/{s}/' for s in Listing.objects.filter(site=Site.objects.order_by('association_id').first()).order_by('product_id').values_list('slug', flat=True)[:300]];"
        "k = [f'/kecamatan/{s}/' for s in Heading.objects.filter(kind='district').order_by('key').values_list('slug', flat=True)[:33]];"
        "print(json.dumps([p, k]))"
    )
    told = subprocess.run(
        [str(OURS / "kendedes"), "manage", "shell", "-v", "0", "-c", ask],
        check=True,
        env=env,
        capture_output=True,
        text=True,
    ).stdout
    product, district = json.loads(told.strip().splitlines()[-1])
    return home, {
        "product": product,
        "kecamatan": district,
        "list": ["/produk/"] + [f"/produk/?hal={n}" for n in range(2, 41)],
        "search": [f"/cari/?q={goods}+{kind}" for goods in GOODS[:8] for kind in KINDS[:5]],
        "search, never asked": [
            f"/cari/?q={goods}+{kind}&x=NEVER".replace(" ", "+") for goods in GOODS for kind in KINDS
        ],
    }


def oscar(work: Path, products: int) -> Kind:
    """django-oscar in an environment of its own."""
    home, python = work / "oscar", work / "oscar-venv" / "bin" / "python"
    home.mkdir(parents=True, exist_ok=True)
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(work / "oscar-venv")], check=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "-q", "django-oscar[sorl-thumbnail]==4.2.*", "whoosh", "granian"],
            check=True,
        )
    listed = home / "paths.txt"
    env = {"OSCAR_HOME": str(home), "DJANGO_SETTINGS_MODULE": "settings"}
    if not listed.exists():
        told = subprocess.run(
            [str(python), str(HERE / "oscar" / "fill.py"), str(products)], check=True, capture_output=True, text=True,
            env={**os.environ, **env}, cwd=HERE / "oscar",
        ).stdout  # fmt: skip
        listed.write_text(told)
    lines = listed.read_text().split()
    paths = {
        "list": ["/catalogue/"] + [f"/catalogue/?page={n}" for n in range(2, 41)],
        "kecamatan": [lines[-1]],
        "product": lines[:-1],
        "search": ["/search/?q=keripik"] + [f"/search/?q=keripik&page={n}" for n in range(2, 41)],
    }
    return Kind("django-oscar 4.2", python, "oscar_wsgi:application", env, HERE / "oscar", paths)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--products", type=int, default=5000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--pages", default="", help="only these kinds, by commas: product,kecamatan,list,search")
    parser.add_argument("--work", type=Path, default=Path("/tmp/kendedes-bench"))
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite", help="of this site")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    with postgres.running() if options.database == "postgresql" else nullcontext("") as url:
        os.environ["DATABASE_URL"] = url
        compare(options)


def compare(options: argparse.Namespace) -> None:
    """Everything, one after the other."""
    work = options.work
    home, paths = our_home(work, options.products)
    plain = {"KENDEDES_HOME": str(home), "KENDEDES_PROXY": "true"}
    kinds = [
        oscar(work, options.products),
        Kind("Django hello", OURS / "python", "hello:application", {}, HERE, {"hello": ["/"]}),
        Kind("kendedes, remembered", OURS / "python", "kendedes.wsgi:application", plain, ROOT / "src", paths),
        Kind(
            "kendedes, every page made anew",
            OURS / "python",
            "kendedes.wsgi:django_application",
            plain,
            ROOT / "src",
            paths,
        ),
    ]
    if options.many:
        big, far = our_home(work, options.many)
        kinds.append(
            Kind(
                f"kendedes anew, {options.many:,} products", OURS / "python", "kendedes.wsgi:django_application",
                {**plain, "KENDEDES_HOME": str(big)}, ROOT / "src", far,
            )
        )  # fmt: skip
    found: dict[tuple[str, str], list[Rate]] = {}
    for _round in range(options.rounds):
        for kind in kinds:
            asked = {
                page: addresses
                for page, addresses in kind.paths.items()
                if not options.pages or page.partition(",")[0] in options.pages.split(",")
            }
            if not asked:
                continue
            with serving(kind) as group:
                for page, addresses in asked.items():
                    found.setdefault((kind.name, page), []).append(measure(addresses, options.seconds, group, work))
    for (name, page), rates in found.items():
        rate, cpu = statistics.median(r.rate for r in rates), statistics.median(r.cpu for r in rates)
        sys.stdout.write(
            f"{name:36} {page:20} {rate:9.1f} req/s {cpu:8.3f} ms CPU  wrong {sum(r.wrong for r in rates)}\n"
        )


if __name__ == "__main__":
    main()
