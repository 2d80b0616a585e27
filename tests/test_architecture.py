"""The shape that docs/architecture.md draws, held by the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "rapportbygger"
ARCHITECTURE = Path(__file__).parent.parent / "docs" / "architecture.md"
MODULES = sorted(PACKAGE.rglob("*.py"))

BOTTOM = {"branches", "cited", "diagnostics", "drawings", "messages", "nodes", "protocols", "recent"}
STAGES = {"load", "validate", "merge", "parse", "resolve", "write"}


def name_of(path: Path) -> str:
    """`resolve.numbers` for .../resolve/numbers.py, `resolve` for .../resolve/__init__.py."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions; `from x import y` is x.y where that is a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in names if name.removeprefix("rapportbygger.") in NAMES}
            yield from modules | ({str(node.module)} if names - modules else set())


def ours(path: Path) -> set[str]:
    """The modules of the package that a file imports, without the package's name."""
    return {name.removeprefix("rapportbygger.") for name in imports(path) if name.startswith("rapportbygger.")}


def part(module: str) -> str:
    """The first word of a module's name: what it belongs to."""
    return module.partition(".")[0]


IMPORTS = {name_of(path): ours(path) for path in MODULES}
IDS = [name_of(path) or "rapportbygger" for path in MODULES]


@pytest.mark.parametrize("module", sorted(BOTTOM))
def test_the_bottom_imports_nothing_of_ours(module: str) -> None:
    assert IMPORTS[module] <= {"branches", "recent"} - {module}


def test_the_model_knows_only_the_bottom() -> None:
    assert IMPORTS["model"] <= BOTTOM


@pytest.mark.parametrize("module", [name for name in IMPORTS if part(name) in STAGES])
def test_stages_do_not_know_each_other(module: str) -> None:
    assert {part(name) for name in IMPORTS[module]} & (STAGES - {part(module)}) == set()


@pytest.mark.parametrize("module", [name for name in IMPORTS if part(name) not in ("cli", "__main__")])
def test_only_the_command_line_is_above_the_build(module: str) -> None:
    order = ["build", "schedule", "terminal", "cli"]  # each may import those before it
    above = set(order[order.index(part(module)) + 1 :] if part(module) in order else order)
    assert {part(name) for name in IMPORTS[module]} & above == set()


@pytest.mark.parametrize("module", [name for name in IMPORTS if part(name) not in ("cli", "schedule", "build")])
def test_only_the_build_sees_more_than_one_stage(module: str) -> None:
    assert len({part(name) for name in IMPORTS[module]} & STAGES) <= 1


def test_imports_go_round_in_no_circle() -> None:
    waiting = {name: {other for other in found if other in IMPORTS} - {name} for name, found in IMPORTS.items()}
    while free := [name for name, needed in waiting.items() if not needed & waiting.keys()]:
        for name in free:
            del waiting[name]
    assert waiting == {}


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_only_the_command_line_knows_click(path: Path) -> None:
    assert part(name_of(path)) == "cli" or "click" not in {name.partition(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_only_the_command_line_prints(path: Path) -> None:
    names = {node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
    assert name_of(path) == "cli" or "print" not in names


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_functions_are_short(path: Path) -> None:
    functions = (
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 40] == []


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_no_module_is_a_drawer(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common", "base", "manager"}


def test_the_architecture_names_every_module() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    modules = [path.relative_to(PACKAGE).as_posix() for path in MODULES if path.stem not in ("__init__", "__main__")]
    assert [module for module in modules if f"`{module}`" not in text] == []
