"""What the last build published: a page that would come out the same stays as it is, and is not laid out again."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation

from dossier.cache import version
from dossier.plugin.pages import DossierFile, Noted
from dossier.render import front_end
from dossier.work import digest

#: The events by which another plugin can change a page in a way that is not seen here.
_CHANGING = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page", "env")
#: Plugins that look at pages and change none.
_LOOKING = re.compile(r"(?:.*/)?(?:dossier|search|offline|sitemap)")
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
#: What may be in the configuration and in no page.
_BESIDE = frozenset({"plugins", "theme", "site_dir", "config_file_path", "strict", "dev_addr", "watch", "hooks"})


@dataclass(frozen=True, slots=True)
class Last:
    """A site as the last build left it in a folder: its pages by their paths, and the paths of its other files."""

    folder: Path
    pages: Mapping[str, Noted] = field(default_factory=dict)
    files: frozenset[str] = frozenset()

    def same(self, path: str, key: str) -> Noted | None:
        """What is noted of a page, if it is as it was left and was made from the same."""
        known = self.pages.get(path)
        if not known or known.key != key:
            return None
        try:
            found = os.lstat(f"{self.folder}/{path}")
        except OSError:
            return None
        return known if (found.st_size, found.st_mtime_ns) == (known.size, known.time) else None


def read(record: Path, folder: Path) -> Last:
    """What the last build noted of the site in a folder; nothing where it noted none."""
    try:
        kept = json.loads(record.read_text(encoding="utf-8"))
        pages = {
            str(path): Noted(str(key), int(size), int(time), row if isinstance(row, dict) else None)
            for path, (key, size, time, row) in kept["pages"].items()
        }
        files = frozenset(map(str, kept["files"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Last(folder)
    return Last(folder, pages, files)


def noted(folder: Path, path: str, key: str, row: dict[str, object] | None) -> Noted:
    """What is to be noted of a page that stands in a site; nothing to know it by where there is no key."""
    if not key:
        return Noted("", 0, 0)
    found = os.lstat(f"{folder}/{path}")
    return Noted(key, found.st_size, found.st_mtime_ns, row)


def note(record: Path, site: Last) -> None:
    """Keep for the next build what is known of a site."""
    record.parent.mkdir(parents=True, exist_ok=True)
    beside = record.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps({"pages": site.pages, "files": sorted(site.files)}), encoding="utf-8")
    beside.replace(record)


def surroundings(config: MkDocsConfig, nav: Navigation) -> bytes | None:
    """The digest of all that a page is made from besides itself; None where that cannot be known.

    Another plugin, or a hook, that takes part in the making of pages may do anything; a theme may print the time.
    """
    if not all(_only_looked_at(config, event) for event in _CHANGING):
        return None
    parts = [version(), *(f"{name} {metadata.version(name)}".encode() for name in ("mkdocs", "mkdocs-material"))]
    settings = {key: value for key, value in config.items() if key not in _BESIDE}
    options = {name: dict(getattr(plugin, "config", {})) for name, plugin in config.plugins.items()}  # a hook has none
    theme = {key: config.theme[key] for key in config.theme if key != "dirs"}
    parts.append(_ADDRESS.sub("", repr((settings, options, theme, str(nav)))).encode())
    for page in nav.pages:
        parts += _shown_everywhere(page.file)
    for folder in map(Path, config.theme.dirs):
        if comes_with_a_package(folder):
            continue  # the version tells
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            data = path.read_bytes()
            if b"build_date_utc" in data:
                return None
            parts += (str(path.relative_to(folder)).encode(), data)
    return digest(*parts)


def left_alone(config: MkDocsConfig) -> bool:
    """Whether nobody else changes the finished site, whose files may be those of the last one as well."""
    return _only_looked_at(config, "post_build")


def _only_looked_at(config: MkDocsConfig, event: str) -> bool:
    """Whether all that take part in an event are plugins that are known to change no page."""
    harmless = [plugin for name, plugin in config.plugins.items() if _LOOKING.fullmatch(name)]
    taking_part = [getattr(method, "__self__", None) for method in config.plugins.events[event]]
    return all(any(one is plugin for plugin in harmless) for one in taking_part)


def _shown_everywhere(file: File) -> Iterator[bytes]:
    """What of a page in the navigation stands on all pages: its title, and what its front matter says of it."""
    yield file.src_uri.encode()
    if not isinstance(file, DossierFile):
        yield file.content_string.encode()
    else:
        text = file.content_string if file.outline.role in ("home", "written") else ""
        yield from (file.outline.title.encode(), text[: front_end(text)].encode())


def comes_with_a_package(path: Path) -> bool:
    """Whether a file of the theme is Material's or MkDocs' own, and known by its version."""
    packages = (spec.origin for name in ("material", "mkdocs") if (spec := find_spec(name)))
    return any(path.is_relative_to(Path(origin).parent) for origin in packages if origin)
