"""Rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "kendedes"
FLOORS = [
    "base", "ui", "journal", "network", "products", "ovop", "ledger", "gallery", "consignment", "sales", "settlement",
    "events", "orders", "wholesale", "catalogue", "stories", "visits", "web", "api", "demo",
]  # fmt: skip
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)
APPS = sorted(p.parent for p in PACKAGE.glob("*/apps.py"))
WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}


def _code(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _in_room(path: Path, *rooms: str) -> bool:
    return any(part in rooms or part.removesuffix(".py") in rooms for part in path.relative_to(PACKAGE).parts)


def writes(tree: ast.AST) -> list[int]:
    """Lines that call a writing method of a manager or row: ``x.objects.create(…)``, ``row.save(…)``."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in WRITES:
            continue
        owner = ast.unparse(node.func.value)
        if node.func.attr == "update" and ".objects" not in owner and ".filter(" not in owner:
            continue  # a dict or a hash is updated
        if ".objects" in owner or node.func.attr in {"save", "delete"} or ".filter(" in owner:
            found.append(node.lineno)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_module_is_over_500_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


@pytest.mark.parametrize("app", APPS, ids=lambda p: p.name)
def test_every_app_has_a_door_plate_of_at_most_12_lines(app):
    text = ast.get_docstring(_code(app / "__init__.py"))

    assert text, f"{app.name}/__init__.py says nothing"
    assert len(text.splitlines()) <= 12


def test_rows_are_written_only_in_actions_models_and_migrations():
    allowed = ("actions", "models", "migrations", "tests", "testing", "worker", "tasks")
    offenders = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in MODULES
        if not _in_room(path, *allowed)
        # An image or a font is saved too: only modules that know a table can write a row.
        and re.search(r"^from (kendedes\S*models|django\.db)", path.read_text(encoding="utf-8"), re.MULTILINE)
        for line in writes(_code(path))
    ]

    assert offenders == []


def test_the_writing_check_notices_a_write():
    assert writes(
        ast.parse("Product.objects.create(a=1)\nproduct.save()\nProduct.objects.filter(a=1).update(b=2)")
    ) == [1, 2, 3]
    assert writes(ast.parse("digest.update(b'x')\nfacts.update(a=1)")) == []


def test_days_and_rupiah_are_asked_by_the_fields_made_for_them():
    """A browser's calendar wants 2026-11-24 and shows nothing else; a number box reads 85.000 as eighty-five."""
    day = re.compile(r"""DateInput\(attrs=|["']type["']: ["']date["']""")
    money = re.compile(r"forms.IntegerField\([^)]*\(Rp\)")
    own = {"ui/fields.py", "network/forms.py"}
    offenders = [
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if str(path.relative_to(PACKAGE)) not in own and not _in_room(path, "tests")
        and (day.search(text := path.read_text(encoding="utf-8")) or money.search(text))
    ]  # fmt: skip

    assert offenders == ["ui/views.py"]  # the style guide shows Django's own


@pytest.mark.django_db
def test_foreign_keys_point_down_or_sideways():
    from django.apps import apps

    upward = []
    for model in apps.get_models():
        if not model.__module__.startswith("kendedes."):
            continue
        floor = FLOORS.index(model.__module__.split(".")[1])
        for field in model._meta.get_fields():
            other = getattr(field, "related_model", None)
            if not field.concrete or other is None or not other.__module__.startswith("kendedes."):
                continue
            if FLOORS.index(other.__module__.split(".")[1]) > floor:
                upward.append(f"{model.__name__}.{field.name}")

    assert upward == []


def test_every_setting_is_documented():
    from kendedes.base.environment import Environment

    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    names = [f.validation_alias or f"KENDEDES_{name.upper()}" for name, f in Environment.model_fields.items()]

    assert [n for n in names if f"`{n}`" not in text] == []


def test_every_command_is_documented():
    from kendedes.__main__ import COMMANDS

    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")

    assert [n for n in COMMANDS if f"`kendedes {n}" not in text] == []


def test_every_refusal_code_is_documented_and_lasting():
    text = (ROOT / "docs" / "refusals.md").read_text(encoding="utf-8")
    codes = {
        node.value.value
        for path in MODULES
        for cls in ast.walk(_code(path))
        if isinstance(cls, ast.ClassDef)
        for node in cls.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target) == "code"
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }

    assert sorted(c for c in codes if f"`{c}`" not in text) == []


def test_no_path_of_a_machine_and_no_registry_stands_in_the_project():
    wrong = re.compile(r"/(?:work|root|home)/[a-z]|pypi\.org|registry\.npmjs|files\.pythonhosted")
    own = Path(__file__).name
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    offenders = []
    for name in tracked.split("\0"):
        path = ROOT / name
        if (
            name
            and path.name != own
            and path.is_file()
            and wrong.search(path.read_text(encoding="utf-8", errors="ignore"))
        ):
            offenders.append(name)

    assert offenders == []
