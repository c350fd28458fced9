"""The MkDocs plugin: hands the content folder to the pipeline and the pages to MkDocs.

Everything is decided elsewhere; this module only translates. It runs the build before MkDocs
empties `site/`, so that problems leave the last good site as it was.
"""

from __future__ import annotations

import gc
import logging
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mkdocs.commands.build import log as mkdocs_log
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from dossier import guide, journal, pipeline, search, staging
from dossier.cache import PLACE
from dossier.executors import EXECUTORS, ExecutorError, Means, at_work, lasting
from dossier.export import feed
from dossier.packaged import page_templates, site_templates
from dossier.plugin import behind, last, serving
from dossier.plugin.pages import TEMPLATE, DossierFile, DossierPage, Laid, Noted, knows, listed
from dossier.plugin.theming import Environment, WithoutIndentation, laid_out, once_outside_nav, taken_over
from dossier.render import LayoutError, theme_fault
from dossier.schema import TLP
from dossier.site import MARKDOWN_EXTENSIONS, NOT_PUBLISHED, THEME, Site, nav
from dossier.work import Live, digest

log = logging.getLogger("mkdocs.plugins.dossier")


TEMPLATES = "site_templates/pages"
#: The theme's template that tells of problems while serving.
PROBLEMS = "partials/problems.html"


class SearchChoice(c.Choice[str]):
    """A choice in which `off` is what was typed, not what YAML makes of it."""

    def run_validation(self, value: object) -> str:
        return super().run_validation("off" if value is False else value)


class Silence(c.Type[dict[str, object]]):
    """Warnings that are silenced, each by the name of its rule and with the reason."""

    def __init__(self) -> None:
        super().__init__(dict, default={})

    def run_validation(self, value: object) -> dict[str, object]:
        option = super().run_validation(value)
        if faults := guide.silences(option, guide.rules())[1]:
            raise base.ValidationError("; ".join(message for _, message in faults))
        return option


class DossierConfig(base.Config):
    """The options of the plugin in `mkdocs.yml`."""

    templates = c.Type(str, default=TEMPLATES)
    search = SearchChoice(("auto", "pagefind", "lunr", "off"), default="auto")
    audience = c.Choice(TLP, default="red")
    silence = Silence()
    cache = c.Type(bool, default=True)
    executor = c.Choice(EXECUTORS, default="auto")
    workers = c.Type(int, default=0)
    scheduler = c.Type(str, default="")


class DossierPlugin(BasePlugin[DossierConfig]):
    """Builds the dossier when MkDocs has read its configuration, and adds its pages to the site."""

    def __init__(self) -> None:
        self.dossier: pipeline.Dossier | None = None
        self.serving = False
        self.values: Live | None = None
        self.dirty = False
        self.problems: list[str] = []
        self.notice = ""
        self.live = False
        self.index = serving.Indexing()
        self.staging: staging.Staging | None = None
        self.indexing = False
        self.pages: list[DossierPage] = []
        self.files: list[File] = []
        self.rows: dict[str, dict[str, object]] = {}
        self.last = last.Last(Path())
        self.same: set[str] = set()
        self.nav: Navigation | None = None
        self.behind: behind.Behind | None = None

    def load_config(
        self, options: dict[str, object], config_file_path: str | None = None
    ) -> tuple[base.ConfigErrors, base.ConfigWarnings]:
        """Read the options; one that is not known is an error, not a warning."""
        errors, warnings = super().load_config(options, config_file_path)
        return [*errors, *((key, base.ValidationError(message)) for key, message in warnings)], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep this object, and with it the last good dossier, across the rebuilds of `mkdocs serve`."""
        self.serving, self.dirty = command == "serve", dirty

    @event_priority(-50)  # other plugins may change the configuration first
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build the dossier; problems end the build with a line each."""
        self.index.end()
        if self.serving:  # what MkDocs made in the build before hangs together; what is kept is not looked at
            self.pages, self.files, self.nav = [], [], None
            gc.collect()
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
        for key in ("features", "palette"):
            if not config.theme.get(key):
                config.theme[key] = [*THEME[key]]
        if config.nav is None:
            config.nav = nav(self.dossier.outlines)
        self.indexing = self.config.search == "pagefind" or (self.config.search == "auto" and search.installed())
        if self.indexing:
            config.extra["dossier_search"] = "pagefind"
        if self.indexing or self.config.search == "off":
            self._without_search(config)
        return config

    @event_priority(-100)  # all others have seen where the site is to be
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Have the site built beside the last one, which stays until the new one is finished."""
        if not self.dirty:
            try:
                self.staging = staging.begin(Path(config.site_dir))
            except OSError as error:
                raise PluginError(f"{error.filename}: {error.strerror}") from None
            config.site_dir = str(self.staging.folder)

    @event_priority(50)  # other plugins see the pages like files
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Put the pages among the files, and take the raw articles and YAML files out."""
        for file in list(files):
            if NOT_PUBLISHED.fullmatch(file.src_uri) or (self.dossier and file.src_uri in self.dossier.withheld):
                files.remove(file)
        for path, text in self.dossier.beside if self.dossier else ():
            if files.get_file_from_path(path) is None:
                files.append(File.generated(config, path, content=text))
        laid = Laid(self.dossier.pages if self.dossier else ())
        titles: dict[str, str] = {}
        for uri, title in listed(config.nav):
            titles.setdefault(uri, title)
        self.pages = []
        for place, outline in enumerate(self.dossier.outlines if self.dossier else ()):
            if old := files.get_file_from_path(outline.uri):
                files.remove(old)
            file = DossierFile(laid, place, outline, config)
            files.append(file)
            if titles.get(outline.uri) != "":  # MkDocs looks for the title itself
                self.pages.append(DossierPage(file, config, titles.get(outline.uri)))
        return files

    @event_priority(-100)  # all others have seen the navigation
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Tell which pages the last build has made of the very same."""
        around = last.surroundings(config, nav)
        self.nav = nav if around else None  # another plugin may do more with a page than to make it
        around = around if self.config.cache else None
        site = self.staging.site if self.staging else Path(config.site_dir)
        if not self.serving or self.last.folder != site:
            self.last = last.Last(site) if self.serving else last.read(self._record(config, site), site)
        self.files = [file for file in files if file.inclusion.is_included()]
        self.same, self.rows = set(), {}
        there = Counter(file.dest_uri for file in self.files)
        gone = self.last.pages.keys() - there.keys()
        for page in self.pages:
            file = page.file
            file.key = file.laid.key(file.place, around) if there[file.dest_uri] == 1 else ""
            file.before = self.last.same(file.dest_uri, file.key) if file.key else None
            if file.before and gone and not knows(files, file.laid_out):
                file.before = None
        self.live = bool(self.serving and around and last.left_alone(config))
        if self.live:
            self._stay(config, files)
        return nav

    def _stay(self, config: MkDocsConfig, files: Files) -> None:
        """Have the site that is served built where it stands: what MkDocs has emptied is another folder.

        While it is built nothing is served; what a build that fails leaves half done, the next one finds changed.
        """
        if self.staging and self.last.pages:
            staging.discard(self.staging)
            config.site_dir, self.staging = str(self.staging.site), None
            for each in files:
                each.dest_dir = config.site_dir

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Lay out nothing that is known already, and the rest in two processes where it is much."""
        env.add_extension(WithoutIndentation)
        taken_over(once_outside_nav(env), self._made)
        mkdocs_log.addFilter(self._is_news)
        self.notice = env.get_template(PROBLEMS).render(problems=self.problems) if self.problems else ""
        if self.nav and not self.dirty:
            pages, nav = [*files.documentation_pages()], self.nav
            new = [page for page in self.pages if page.taken and not page.file.before]
            self.behind = behind.begin(new, lambda page: laid_out(page, pages, nav, env, config))
        return env

    def _made(self, page: DossierPage) -> str | None:
        """The HTML of a page that was made behind our back; none of one that is as before: MkDocs writes no such."""
        if page.file.before:
            self.same.add(page.file.src_uri)
            return ""
        return self.behind.take(page) if self.behind else None

    def _is_news(self, record: logging.LogRecord) -> bool:
        """Whether MkDocs tells something else than that it has skipped a page, which is as before."""
        said, _, rest = str(record.msg).partition("'")
        return said != "Page skipped: " or rest.partition("'")[0] not in self.same

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Note the names of a page that can be searched."""
        file = page.file
        if not isinstance(file, DossierFile) or not file.before:
            if isinstance(file, DossierFile) and TEMPLATE in page.meta:
                file.key = ""  # only what has the template of all pages is left out the next time
            if self.indexing and page.meta.get("role") not in ("home", "index", "view"):
                self.rows[file.dest_uri] = search.names_of(page.url, str(page.title or ""), page.meta)
        return context

    @event_priority(100)  # nobody has looked at the site yet
    def _complete(self, config: MkDocsConfig) -> None:
        """Put the pages that are as before into the site; note what stands there, before others change it."""
        self._end()
        folder, site = Path(config.site_dir), self.staging.site if self.staging else Path(config.site_dir)
        if self.staging:
            same = [page.file.dest_uri for page in self.pages if page.file.src_uri in self.same]
            staging.carry(self.staging, same, share=last.left_alone(config))
        pages: dict[str, Noted] = {}
        for page in self.pages:
            path = page.file.dest_uri
            key = page.file.key if page.taken else ""
            pages[path] = page.file.before or last.noted(folder, path, key, self.rows.get(path))
        before, others = self.last, frozenset(file.dest_uri for file in self.files) - pages.keys()
        self.last = last.Last(site, pages, others)
        if not self.staging:
            staging.take_away(folder, (before.pages.keys() | before.files) - pages.keys() - others)

    @event_priority(-100)  # all others have written what they write
    def _publish(self, config: MkDocsConfig) -> None:
        """Index the finished site, and put it in the place of the last one."""
        memory = self._remembered(config, "search") if self.config.cache else None
        if self.indexing:
            site = Path(config.site_dir)
            (site / search.NAMES).write_text(search.names(self._names()), encoding="utf-8")
            if not self.live:
                try:
                    log.debug(search.index(site, memory))
                except search.SearchError as error:
                    raise PluginError(str(error)) from None
        if self.staging:
            if config.strict and _warned():
                return  # and MkDocs ends the build
            staging.publish(self.staging)
            config.site_dir = str(self.staging.site)
            log.info(f"The site is in {config.site_dir}")
            self.staging = None
        if self.config.cache and not self.serving:
            last.note(self._record(config, self.last.folder), self.last)
        if self.indexing and self.live:
            self.index.begin(Path(config.site_dir), memory)

    on_post_build = CombinedEvent(_complete, _publish)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last site as it is; say in a line what a disk refused or a template lacks."""
        self._end()
        if self.staging:
            staging.discard(self.staging)
        message = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else theme_fault(error)
        if message:
            raise Abort(f"Aborted: {message}")

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watch the templates, too; say on each page what is wrong."""
        if application := server.get_app():
            server.set_app(serving.announcing(application, lambda: self.notice))
        own = self._templates(config)
        watched = {own, own.parent / "theme", site_templates(), Path(config.theme.custom_dir or own)}
        for folder in sorted(path for path in watched if path.is_dir()):
            server.watch(str(folder))
        return server

    def on_shutdown(self) -> None:
        """Leave no process behind."""
        self.index.end()

    def _build(self, config: MkDocsConfig) -> pipeline.Dossier:
        """Build the dossier; while serving, problems leave the last good one up and are shown on its pages."""
        content = Path(config.docs_dir)
        templates = page_templates(self._templates(config))
        site = Site(config.site_url or "", config.site_name, config.use_directory_urls)
        try:
            journal.finish(content)  # a build is not to show half a change
            self.problems = []
            self.values = lasting(self.values) if self.serving else None
            with at_work(self._means(config), content, self.values) as work:
                dossier = pipeline.build(content, templates, pipeline.today(), self.config.audience, site, work)
        except (LayoutError, ExecutorError, journal.ConflictError) as error:
            raise PluginError(str(error)) from None
        if not dossier.problems:
            if self.values:
                self.values.turn()
            silences, _ = guide.silences(self.config.silence, guide.rules())
            if told := silences.told(dossier.weak):
                log.info(f"Warnings of dossier check: {len(told)}. It tells where the dossier is weak.")
            return dossier
        shown = os.path.relpath(content) if content.is_relative_to(Path.cwd()) else str(content)
        lines = [f"{shown}/{problem}" for problem in dossier.problems]
        for line in lines:
            log.error(line)
        if not self.serving:
            raise Abort(f"Aborted: problems found: {len(lines)}. Nothing was built.")
        if self.dossier:
            self.problems = lines
            return self.dossier
        config.extra["dossier_problems"] = lines
        with tempfile.TemporaryDirectory() as empty:  # there is no last good dossier to show them on
            return pipeline.build(Path(empty), templates, pipeline.today(), site=site)

    def _end(self) -> None:
        """What has to be done with however a build ends."""
        mkdocs_log.removeFilter(self._is_news)
        if self.behind:
            self.behind.close()

    def _names(self) -> Iterator[dict[str, object]]:
        """The names of the pages that can be searched, in the order of the pages."""
        for file in self.files:
            known = self.last.pages.get(file.dest_uri)
            if row := self.rows.get(file.dest_uri) or (known and known.row):
                yield row

    def _record(self, config: MkDocsConfig, site: Path) -> Path:
        """Where it is noted what the pages of a site were made from."""
        return self._remembered(config, f"site-{digest(str(site.resolve()).encode()).hex()[:16]}.json")

    def _remembered(self, config: MkDocsConfig, name: str) -> Path:
        """A place beside the cache."""
        return Path(config.config_file_path or ".").resolve().parent / PLACE.with_name(name)

    def _means(self, config: MkDocsConfig) -> Means:
        """By what means the options have the work done."""
        cache = Path(config.config_file_path or ".").resolve().parent / PLACE if self.config.cache else None
        return Means(self.config.executor, self.config.workers, self.config.scheduler, cache)

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


def _warned() -> bool:
    """Whether MkDocs has counted a warning, with which a strict build fails at its very end."""
    counters = (h for h in logging.getLogger(mkdocs_log.name.partition(".")[0]).handlers if isinstance(h, CountHandler))
    return any(counter.get_counts() for counter in counters)
