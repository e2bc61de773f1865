"""Reads config/ into frozen values, at start. Nothing else in the product opens those files."""

from streams.catalogue.folder import CatalogueError, config_folder

__all__ = ["CatalogueError", "config_folder"]
