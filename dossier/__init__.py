"""dossier: raw news articles and YAML entries in, a linked and searchable static site out."""

__version__ = "0.1.0"
