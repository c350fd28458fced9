"""The dossier in other forms: one function a format, from finished pages to files."""
