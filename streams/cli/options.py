"""Options that several commands share, and how they become settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Common:
    """What nearly every command needs: the settings and the folder config/."""

    settings: Any
    folder: Path


class Start(click.ParamType):
    """earliest, latest, or a time."""

    name = "earliest|latest|TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value in {"earliest", "latest"}:
            return value
        try:
            return datetime.fromisoformat(value).astimezone()
        except ValueError:
            self.fail(f"{value!r} is neither earliest, latest nor a time such as 2026-11-25T10:00", param, ctx)


def kafka_options(function: F) -> F:
    """--bootstrap-servers, --kafka-config, --topic-prefix, --settings."""
    for option in (
        click.option("--settings", "settings_file", type=click.Path(path_type=Path), help="A settings.toml."),
        click.option("--topic-prefix", help="Put before every topic's name."),
        click.option("--kafka-config", help="A client.properties, for TLS and SASL."),
        click.option("-b", "--bootstrap-servers", help="Kafka's address, host:port[,host:port…]."),
    ):
        function = option(function)
    return function


def common(settings_file: Path | None = None, **flags: Any) -> Common:
    """Settings from flags, environment and file, and the catalogue's folder.

    Raises:
        SettingsError, CatalogueError.
    """
    from streams import settings
    from streams.catalogue import config_folder

    folder = config_folder(os.environ.get("STREAMS_CONFIG_DIR"))
    named = settings_file or (Path(path) if (path := os.environ.get("STREAMS_SETTINGS")) else None)
    return Common(settings.load(flags, os.environ, named), folder)
