"""Static files, uploads, templates and translations."""
