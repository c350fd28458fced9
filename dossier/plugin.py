"""The MkDocs plugin: hands the content folder to the pipeline and the pages to MkDocs.

Everything is decided elsewhere; this module only translates. It runs the build before MkDocs
empties `site/`, so that problems leave the last good site as it was.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from dossier import pipeline, search
from dossier.export import feed
from dossier.model import Page
from dossier.packaged import page_templates, site_templates
from dossier.render import LayoutError
from dossier.schema import TLP
from dossier.site import MARKDOWN_EXTENSIONS, NOT_PUBLISHED, THEME, Site, nav

log = logging.getLogger("mkdocs.plugins.dossier")


TEMPLATES = "site_templates/pages"


class SearchChoice(c.Choice[str]):
    """A choice in which `off` is what was typed, not what YAML makes of it."""

    def run_validation(self, value: object) -> str:
        return super().run_validation("off" if value is False else value)


class DossierConfig(base.Config):
    """The options of the plugin in `mkdocs.yml`."""

    templates = c.Type(str, default=TEMPLATES)
    search = SearchChoice(("auto", "pagefind", "lunr", "off"), default="auto")
    audience = c.Choice(TLP, default="red")


class DossierPlugin(BasePlugin[DossierConfig]):
    """Builds the dossier when MkDocs has read its configuration, and adds its pages to the site."""

    def __init__(self) -> None:
        self.dossier: pipeline.Dossier | None = None
        self.serving = False
        self.indexing = False
        self.names: list[dict[str, object]] = []

    def load_config(
        self, options: dict[str, object], config_file_path: str | None = None
    ) -> tuple[base.ConfigErrors, base.ConfigWarnings]:
        """Read the options; one that is not known is an error, not a warning."""
        errors, warnings = super().load_config(options, config_file_path)
        return [*errors, *((key, base.ValidationError(message)) for key, message in warnings)], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep this object, and with it the last good dossier, across the rebuilds of `mkdocs serve`."""
        self.serving = command == "serve"

    @event_priority(-50)  # other plugins may change the configuration first
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build the dossier; problems end the build with a line each."""
        if config.theme.name != "material":
            raise ConfigurationError("the dossier's pages need the theme material; write theme: {name: material}")
        if self.config.templates != TEMPLATES and not self._templates(config).is_dir():
            raise ConfigurationError(
                f"templates: there is no folder {self.config.templates!r}; correct it or leave it out"
            )
        if self.config.search == "pagefind" and not search.installed():
            raise ConfigurationError("search: pagefind needs the program; install it: pip install 'pagefind[bin]'")
        self.dossier = self._build(config)
        if any(path == feed.PATH for path, _ in self.dossier.beside):
            config.extra["dossier_feed"] = feed.PATH
        for extension, options in MARKDOWN_EXTENSIONS.items():
            if extension not in config.markdown_extensions:
                config.markdown_extensions.append(extension)
            config.mdx_configs.setdefault(extension, dict(options))
        config.theme.dirs[1 if config.theme.custom_dir else 0 : 0] = self._theme_folders(config)
        if not config.theme.get("features"):
            config.theme["features"] = [*THEME["features"]]
        if config.nav is None:
            config.nav = nav(self.dossier.pages)
        self.names = []
        self.indexing = self.config.search == "pagefind" or (self.config.search == "auto" and search.installed())
        if self.indexing:
            config.extra["dossier_search"] = "pagefind"
        if self.indexing or self.config.search == "off":
            self._without_search(config)
        return config

    @event_priority(50)  # other plugins see the pages like files
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Put the pages among the files, and take the raw articles and YAML files out."""
        for file in list(files):
            if NOT_PUBLISHED.fullmatch(file.src_uri) or (self.dossier and file.src_uri in self.dossier.withheld):
                files.remove(file)
        for path, text in self.dossier.beside if self.dossier else ():
            if files.get_file_from_path(path) is None:
                files.append(File.generated(config, path, content=text))
        for page in self.dossier.pages if self.dossier else ():
            if old := files.get_file_from_path(page.uri):
                files.remove(old)
            files.append(File.generated(config, page.uri, content=page.markdown, inclusion=_inclusion(page)))
        return files

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Note the names of a page that can be searched."""
        if self.indexing and page.meta.get("role") not in ("home", "index", "view"):
            self.names.append(search.names_of(page.url, str(page.title or ""), page.meta))
        return context

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Index the finished site."""
        if self.indexing:
            site = Path(config.site_dir)
            try:
                log.debug(search.index(site))
            except search.SearchError as error:
                raise PluginError(str(error)) from None
            (site / search.NAMES).write_text(search.names(self.names), encoding="utf-8")

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watch the templates, too."""
        own = self._templates(config)
        watched = {own, own.parent / "theme", site_templates(), Path(config.theme.custom_dir or own)}
        for folder in sorted(path for path in watched if path.is_dir()):
            server.watch(str(folder))
        return server

    def _build(self, config: MkDocsConfig) -> pipeline.Dossier:
        """Build the dossier; while serving, problems leave the last good one up and are shown on its pages."""
        content = Path(config.docs_dir)
        templates = page_templates(self._templates(config))
        site = Site(config.site_url or "", config.site_name, config.use_directory_urls)
        try:
            dossier = pipeline.build(content, templates, pipeline.today(), self.config.audience, site)
        except LayoutError as error:
            raise PluginError(str(error)) from None
        if not dossier.problems:
            return dossier
        shown = os.path.relpath(content) if content.is_relative_to(Path.cwd()) else str(content)
        lines = [f"{shown}/{problem}" for problem in dossier.problems]
        for line in lines:
            log.error(line)
        if not (self.serving and self.dossier):
            raise Abort(f"Aborted: problems found: {len(lines)}. Nothing was built.")
        config.extra["dossier_problems"] = lines
        return self.dossier

    def _templates(self, config: MkDocsConfig) -> Path:
        """The folder of the dossier's own page templates, beside `mkdocs.yml`."""
        return Path(config.config_file_path or ".").resolve().parent / self.config.templates

    def _theme_folders(self, config: MkDocsConfig) -> list[str]:
        """The folders of theme files, the dossier's own before the packaged one, that MkDocs does not know yet."""
        own = self._templates(config).parent / "theme"
        known = {os.path.realpath(folder) for folder in config.theme.dirs}
        folders = dict.fromkeys(str(folder.resolve()) for folder in (own, site_templates() / "theme"))
        return [folder for folder in folders if folder not in known]

    def _without_search(self, config: MkDocsConfig) -> None:
        """Silence the theme's own search: its index is not made, and its box is not shown."""
        for name, plugin in list(config.plugins.items()):
            if name.rpartition("/")[2] == "search":
                for methods in config.plugins.events.values():
                    methods[:] = [m for m in methods if getattr(m, "__self__", None) is not plugin]
                del config.plugins[name]


def _inclusion(page: Page) -> InclusionLevel:
    return InclusionLevel.NOT_IN_NAV if page.role == "entry" else InclusionLevel.INCLUDED
