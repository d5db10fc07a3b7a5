"""How many small faults planted into the books' code do its tests notice? See README.md.

    ./kendedes dev python bench/mutation/run.py [--part NAME …] [--sample N] [--jobs 2] [--json]

Each mutant changes one place of one module: a comparison, an operator, a number, a condition, a keyword's value, a
returned value, a called function's effect. Every mutant runs in a forked child of a process that has everything loaded
and an empty database in memory, against the tests of its part, stopping at the first that fails.
"""

from __future__ import annotations

import argparse
import ast
import copy
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
PARTS = {
    "ledger": (
        ["ledger/rules", "ledger/actions", "ledger/queries/posting.py", "ledger/queries/totals.py"],
        ["ledger/tests/test_shares.py", "ledger/tests/test_codes.py", "ledger/tests/test_exact.py", "ledger/tests/test_post.py",
         "ledger/tests/test_verify.py", "ledger/tests/test_guards.py", "settlement/tests/test_exact.py",
         "settlement/tests/test_settlement.py", "settlement/tests/test_days.py", "consignment/tests/test_count.py",
         "ledger/tests/test_pages.py"],
    ),
    "sync": (
        ["sales/rules/clock.py", "sales/rules/events.py", "sales/rules/money.py", "sales/rules/requests.py", "sales/actions/sync.py",
         "sales/actions/events.py", "sales/actions/selling.py", "sales/actions/told.py", "sales/queries/state.py"],
        ["sales/tests/test_rules.py", "sales/tests/test_sync.py", "sales/tests/test_record_sale.py", "sales/tests/test_rescue.py",
         "sales/tests/test_pairing.py", "sales/tests/test_locked.py", "sales/tests/test_desk.py", "sales/tests/test_verify.py"],
    ),
    "settlement": (
        ["settlement/rules.py", "settlement/actions", "settlement/queries/drawing.py", "settlement/queries/owed.py"],
        ["settlement/tests/test_exact.py", "settlement/tests/test_settlement.py", "settlement/tests/test_files.py",
         "settlement/tests/test_days.py", "settlement/tests/test_banks.py", "settlement/tests/test_machine.py"],
    ),
}  # fmt: skip
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
LIMIT = 90  # seconds a mutant may take before it counts as noticed (an endless loop)


def places(tree: ast.Module):  # noqa: C901 - one list of kinds
    """Every (description, mutate) of a module; ``mutate`` changes the node it is given in place."""
    skip = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and node.body and ast.get_docstring(node):
            skip.add(id(node.body[0].value))
        if isinstance(node, ast.FunctionDef):
            for part in [node.returns, *(a.annotation for a in [*node.args.args, *node.args.kwonlyargs])]:
                skip |= {id(n) for n in ast.walk(part)} if part else set()
        if isinstance(node, ast.AnnAssign):
            skip |= {id(n) for n in ast.walk(node.annotation)}
        # words for people, typing and laziness are not behaviour of the books
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"_", "lru_cache", "pgettext"}
        ):
            skip |= {id(n) for n in ast.walk(node)}
        if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "__all__" for t in node.targets):
            skip |= {id(n) for n in ast.walk(node)}
        if isinstance(node, ast.JoinedStr) and any(isinstance(p, ast.Constant) for p in node.values):
            skip |= {id(p) for p in node.values if isinstance(p, ast.Constant) and " " in str(p.value)}  # sentences
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dataclass":
            skip |= {id(n) for n in ast.walk(node)}
        if isinstance(node, ast.ClassDef) and any(getattr(b, "id", "") == "Refusal" for b in node.bases):
            skip |= {id(n) for n in ast.walk(node)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in skip:
            continue
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
            yield number, line, f"{type(node.ops[0]).__name__} swapped", "compare"
        elif (isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in SWAPS) or isinstance(node, ast.BoolOp):
            yield number, line, f"{type(node.op).__name__} swapped", "op"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
            yield number, line, f"{type(node.op).__name__} dropped", "unary"
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield number, line, f"{node.value} turned", "bool"
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            yield number, line, f"{node.value} + 1", "int"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield number, line, f"{node.value[:20]!r} changed", "str"
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            yield number, line, "condition turned", "if"
        elif isinstance(node, ast.Return) and node.value is not None:
            yield number, line, "returns nothing", "return"
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield number, line, "call left out", "expr"
        elif isinstance(node, ast.Raise):
            yield number, line, "refusal left out", "raise"
        elif isinstance(node, ast.Continue):
            yield number, line, "continue → pass", "expr"


def change(tree: ast.Module, number: int, how: str) -> ast.Module:  # noqa: C901 - one list of kinds
    """The module with that one place changed."""
    tree = copy.deepcopy(tree)
    node = list(ast.walk(tree))[number]
    if how == "compare":
        node.ops[0] = SWAPS[type(node.ops[0])]()
    elif how == "op":
        node.op = SWAPS[type(node.op)]()
    elif how == "bool":
        node.value = not node.value
    elif how == "int":
        node.value += 1
    elif how == "str":
        node.value = _sql_or_text(node.value)
    elif how == "if":
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif how == "return":
        node.value = ast.Constant(None)
    else:
        for parent in ast.walk(tree):
            for field, value in ast.iter_fields(parent):
                if isinstance(value, list) and node in value:
                    value[value.index(node)] = ast.Pass()
                elif value is node and how == "unary":
                    setattr(parent, field, node.operand)
                if isinstance(value, list) and how == "unary" and node in value:
                    value[value.index(node)] = node.operand
    return ast.fix_missing_locations(tree)


def _sql_or_text(text: str) -> str:
    """SQL gets one of its own operators changed (by its length, always the same one); other text a letter more."""
    if "SELECT" in text or "WHERE" in text:
        options = [(" <= ", " < "), (" > ", " >= "), ("NOT EXISTS", "EXISTS"), (" - COALESCE", " + COALESCE"), ("SUM(", "MAX("),
                   (" DESC", " ASC"), ("MIN(", "MAX("), (" <> ", " = "), (" AND ", " OR "), ("MAX(", "MIN(")]  # fmt: skip
        there = [pair for pair in options if pair[0] in text]
        if there:
            old, new = there[len(text) % len(there)]
            return text.replace(old, new, 1)
    return text + "X"


CHILD = """
import importlib.abc, importlib.util, json, os, signal, sqlite3, sys, time
sys.path.insert(0, {src!r})
jobs = json.load(sys.stdin)
import pytest, django  # everything heavy that does not read our modules is loaded once
import hypothesis, hypothesis.stateful, openpyxl, xlsxwriter, PIL, typst, ninja, pydantic_settings, cryptography, babel, fontTools
import django.core.management.commands.migrate as migrate, django.contrib.auth, django.db.models, django.forms


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    # the module as changed takes the place of the original before anything imports it
    def __init__(self, job):
        self.job = job
    def find_spec(self, name, path, target=None):
        return importlib.util.spec_from_file_location(name, self.job["path"], loader=self) if name == self.job["module"] else None
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        exec(compile(self.job["source"], self.job["path"], "exec"), module.__dict__)


def image(self, *args, **options):
    # instead of running every migration: the image of a migrated database
    from django.db import connection
    connection.ensure_connection()
    source = type(connection.connection).__mro__[1] and connection.Database.connect({image!r})
    source.backup(connection.connection)
    source.close()


def run(job):
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        if not job.get("loud"):
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1); os.dup2(null, 2)
        else:
            os.dup2(2, 1)
        sys.meta_path.insert(0, Changed(job))
        migrate.Command.handle = image
        os._exit(int(pytest.main(["-q", "-x", "-W", "ignore", "--no-header", "--tb=short", *job["tests"]])))
    until = time.monotonic() + {limit}
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(pid, signal.SIGKILL); os.waitpid(pid, 0)
    return 99


begun = time.monotonic()
for job in jobs:
    if {budget} and time.monotonic() - begun > {budget}:
        break
    print(json.dumps([job["id"], run(job)]), flush=True)
"""


def mutants(files: list[str]):
    for name in files:
        path = SRC / "kendedes" / name
        for module in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if module.name in {"__init__.py", "refusals.py"}:
                continue
            text = module.read_text(encoding="utf-8")
            tree = ast.parse(text)
            for number, line, says, how in places(tree):
                yield {
                    "path": str(module), "module": ".".join(module.relative_to(SRC).with_suffix("").parts), "line": line,
                    "says": says, "source": (tree, number, how),
                }  # fmt: skip


def migrated() -> str:
    """A file with an empty, migrated database."""
    folder = tempfile.mkdtemp(prefix="kendedes-mutants-")
    env = {**os.environ, "KENDEDES_HOME": folder, "DJANGO_SETTINGS_MODULE": "kendedes.settings"}
    code = (
        "from kendedes.base.sqlite import use_safe_library; use_safe_library(); import django; django.setup(); "
        "from django.core.management import call_command; call_command('migrate', verbosity=0); "
        "from django.db import connection as c; print(c.settings_dict['NAME']); c.cursor().execute('VACUUM')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.split()[-1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--sample", type=int, default=0, help="so many of each part, chosen by chance")
    parser.add_argument(
        "--seconds", type=int, default=0, help="as many of each part as are tried in this time, chosen by chance"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="modules whose path contains this")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--least", type=float, default=85, help="exit code 1 below this score")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    worst, image = 100.0, migrated()
    told = {}
    for part in options.part:
        files, tests = PARTS[part]
        found = [m for m in mutants(files) if options.only in m["path"]]
        total = len(found)
        if options.sample or options.seconds:
            found = random.Random(options.seed).sample(found, min(options.sample or total, total))
        targets = [str(SRC / "kendedes" / test) for test in tests if (SRC / "kendedes" / test).exists()]
        tree, _, _ = found[0]["source"]
        control = run([{**found[0], "source": (tree, 0, "")}], targets, 1, image)
        if control != [0]:
            print(f"{part}: the tests fail without any mutant: {control}")
            return 2
        results = run(found, targets, options.jobs, image, options.seconds)
        tried = [(m, code) for m, code in zip(found, results, strict=True) if code != -1]
        found, results = [m for m, _ in tried], [code for _, code in tried]
        alive = [m for m, code in zip(found, results, strict=True) if code == 0]
        score = 100 * (len(found) - len(alive)) / max(len(found), 1)
        worst = min(worst, score)
        slow = sum(code == 99 for code in results)
        told[part] = {
            "places": total,
            "tried": len(found),
            "noticed": len(found) - len(alive),
            "too_slow": slow,
            "score": score,
        }
        if not options.json:
            print(
                f"{part}: {len(found) - len(alive)} of {len(found)} noticed ({total} places, {slow} by time): {score:.1f} %"
            )
            for m in sorted(alive, key=lambda m: (m["path"], m["line"])):
                print(f"  lives {Path(m['path']).relative_to(SRC / 'kendedes')}:{m['line']} {m['says']}")
    if options.json:
        print(json.dumps(told, indent=1))
    return int(worst < options.least)


def run(found: list[dict], tests: list[str], jobs: int, image: str, budget: int = 0) -> list[int]:
    """Exit codes of the tests, one for each mutant; -1 for those that ``budget`` seconds did not suffice for."""
    codes = [-1] * len(found)
    children = []
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "kendedes.settings", "KENDEDES_EXAMPLES": "20"}
    for worker in range(jobs):
        mine = []
        for number in range(worker, len(found), jobs):
            m = found[number]
            tree, place, how = m["source"]
            source = ast.unparse(change(tree, place, how) if how else tree)
            mine.append({**m, "id": number, "tests": tests, "source": source, "loud": not how})
        child = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", CHILD.format(src=str(SRC), limit=LIMIT, image=image, budget=budget)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env=env, cwd=ROOT,
        )  # fmt: skip
        child.stdin.write(json.dumps(mine))
        child.stdin.close()
        children.append(child)
    for child in children:
        for line in child.stdout:
            number, code = json.loads(line)
            codes[number] = code
        child.wait()
    return codes


if __name__ == "__main__":
    sys.exit(main())
