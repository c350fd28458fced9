"""The wheel is all that a dossier elsewhere needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("dossier", "site_templates")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program without the network and without this process's environment; return what it printed."""
    environment = {"PATH": os.defpath, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files_of(folder: Path) -> set[str]:
    """The files of a folder by their path from its parent, without what Python leaves behind."""
    return {
        path.relative_to(folder.parent).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, which is built from a copy of the checkout."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in SHIPPED:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.iterdir():
        if path.is_file() and path.suffix in (".toml", ".md", ""):
            shutil.copy(path, copy / path.name)
    run(sys.executable, "-m", "build", "--no-isolation", cwd=copy)
    (built,) = (copy / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter that has the wheel, the libraries it depends on, and nothing of this checkout.

    The libraries are those of the running environment; its own installation of this package is not seen,
    because a folder that a `.pth` file adds comes last, and its `.pth` files are not read.
    """
    place = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(place, with_pip=False)
    interpreter = place / "bin" / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(interpreter, "-c", ask, cwd=place).strip())
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "libraries.pth").write_text("".join(f"{path}\n" for path in sorted(libraries)))
    run(sys.executable, "-m", "pip", "--python", interpreter, "install", "--quiet", "--no-deps", wheel, cwd=place)
    return interpreter


def test_the_wheel_carries_everything_and_nothing_else(wheel: Path) -> None:
    """Code, tables of data, page templates, theme files and licences travel; tests and content do not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {name for name in names if name.startswith("dossier/")}
    assert package == files_of(ROOT / "dossier") | {f"dossier/{name}" for name in files_of(ROOT / "site_templates")}
    others = {re.sub(r"^dossier-[^/]+\.dist-info/", "", name) for name in names - package}
    licences = {f"licenses/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "dossier").rglob("LICENSE-*.txt")}
    assert licences
    assert others == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"} | licences


def test_the_wheel_holds_what_pages_are_made_of(wheel: Path) -> None:
    """By name, so that the comparison above cannot be empty on both sides."""
    suffixes = {PurePosixPath(name).suffix for name in zipfile.ZipFile(wheel).namelist() if "/site_templates/" in name}
    assert suffixes >= {".j2", ".html", ".css"}
    assert {
        "dossier/countries/world.json",
        "dossier/countries/corrections.toml",
        "dossier/countries/flags/no.svg",
    } <= set(zipfile.ZipFile(wheel).namelist())


def test_an_empty_environment_has_the_package_of_the_wheel(python: Path, tmp_path: Path) -> None:
    """What is imported there is not this checkout, and the templates are found inside the package."""
    lines = "import dossier, dossier.packaged as p; print(dossier.__file__); print(p.site_templates())"
    code, templates = run(python, "-I", "-c", lines, cwd=tmp_path).splitlines()
    assert Path(code).is_relative_to(python.parent.parent)
    assert Path(templates) == Path(code).parent / "site_templates"


def test_a_dossier_of_two_files_is_built_elsewhere(python: Path, tmp_path: Path) -> None:
    """An article and an entry, the shortest mkdocs.yml, and `mkdocs build --strict`: a site."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "people").mkdir()
    (tmp_path / "content" / "articles" / "2024-01-15-quay.txt").write_text(
        "A day on the quay\n\nJane Roe of Norway waited on the quay all day, and the ship did not come in.\n"
    )
    (tmp_path / "content" / "people" / "jane-roe.yml").write_text("name: Jane Roe\n")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Quay\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins: [search, dossier]\n"
    )
    run(python, "-I", "-m", "mkdocs", "build", "--strict", "--quiet", cwd=tmp_path)
    site = tmp_path / "site"
    pages = [
        "",
        "people/",
        "people/jane-roe/",
        "articles/2024-01-15-quay/",
        "countries/norway/",
        "timeline/",
        "method/",
    ]
    assert [page for page in pages if not (site / page / "index.html").is_file()] == []
    assert 'data-ref="people/jane-roe"' in (site / "articles/2024-01-15-quay/index.html").read_text(encoding="utf-8")
    styles = {
        path.relative_to(ROOT / "site_templates" / "theme") for path in ROOT.glob("site_templates/theme/**/*.css")
    }
    assert styles
    html = (site / "index.html").read_text(encoding="utf-8")
    for style in styles:
        assert (site / style).is_file()
        assert style.as_posix() in html
    published = {path.suffix for path in site.rglob("*") if path.is_file() and path.name != "llms.txt"}
    assert not published & {".yml", ".txt", ".j2"}
    assert str(ROOT) not in html


def test_the_command_works_elsewhere(python: Path, tmp_path: Path) -> None:
    """`dossier check`, `build` and `inspect` need nothing but the wheel."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "articles" / "quay.txt").write_text(
        "On the quay\n\nNobody of Norway came to the quay today.\n"
    )
    command = python.parent / "dossier"
    assert "0 problems" in run(command, "check", cwd=tmp_path)
    assert '"ref": "countries/norway"' in run(command, "inspect", "quay", "--jsonl", cwd=tmp_path)
    run(command, "export", "cms", "--out", "admin", cwd=tmp_path)
    assert (tmp_path / "admin" / "decap-cms.js").stat().st_size > 1_000_000
    run(command, "build", "--out", "pages", cwd=tmp_path)
    assert (tmp_path / "pages" / "docs" / "countries" / "norway.md").is_file()
