"""What an operator may set, read once: flags > environment (STREAMS_*) > settings.toml > defaults.

An unknown key is an error that names the nearest known one. A secret may come as STREAMS_<NAME>_FILE.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import msgspec

PREFIX = "STREAMS_"
#: Read elsewhere, so not unknown here.
OTHERS = frozenset({"CONFIG_DIR", "KAFKA_HOME", "REVISION", "SETTINGS"})
AGENTS = ("clean", "describe", "detect")


class SettingsError(Exception):
    """A setting is unknown or has a wrong value; one line that says which, where it came from, what to do."""


Count = Annotated[int, msgspec.Meta(ge=1)]
Seconds = Annotated[float, msgspec.Meta(gt=0)]
Share = Annotated[float, msgspec.Meta(gt=0, le=1)]


def doc(default: Any, help_text: str) -> Any:
    """A setting: its default and what it does."""
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True, slots=True)
class Settings:
    """The product's settings. Sizes are bytes, times seconds; docs/reference/settings.md is generated from here."""

    bootstrap_servers: str = doc("localhost:9092", "Kafka's address, host:port[,host:port…]")
    kafka_config: str | None = doc(None, "a client.properties with Kafka's own names, for TLS and SASL")
    group: str = doc("withdrawal-streams", "the consumer group; a back-fill takes another")
    group_instance_id: str | None = doc(None, "static membership: a restart in time moves no partitions")
    topic_prefix: str = doc("", "put before every topic's name")
    agents: tuple[str, ...] = doc(AGENTS, "which agents this worker runs")
    children: Count = doc(2, "processes for cleaning and detection")
    child_memory: Count = doc(1 << 30, "address space of a child; a page that needs more is rejected")
    child_calls: Count = doc(2_000, "pages after which a child is replaced")
    step_deadline: Seconds = doc(10.0, "seconds a page may take before its child is killed")
    window: Count = doc(64, "messages in work for an agent that needs no child")
    window_bytes: Count = doc(32 << 20, "bytes in work an agent, unless one message alone is larger")
    buffer_messages: Count = doc(16, "messages fetched ahead for an agent")
    fetch_bytes: Count = doc(4 << 20, "bytes fetched at once from a partition")
    send_deadline: Seconds = doc(60.0, "seconds until Kafka has confirmed all that one message led to")
    commit_interval: Seconds = doc(0.2, "seconds between commits")
    session_timeout: Seconds = doc(10.0, "seconds until Kafka gives a silent worker's partitions away")
    exit_grace: Seconds = doc(20.0, "seconds from a stop to a forced end")
    connect_timeout: Seconds = doc(15.0, "seconds to try Kafka at start before exit 4")
    reject_limit: Share = doc(0.5, "share of rejects in reject_window above which the worker stops; 1 turns it off")
    reject_window: Count = doc(200, "messages over which that share is taken")
    admin_host: str = doc("127.0.0.1", "where /metrics, /livez, /readyz listen")
    admin_port: Annotated[int, msgspec.Meta(ge=-1, le=65535)] = doc(9464, "their port; 0 takes a free one, -1 none")
    state_dir: str | None = doc(
        None, "a folder that outlives a restart: a page that kills the worker three times is rejected as crash_loop"
    )
    log_level: Literal["debug", "info", "warning", "error"] = doc("info", "debug, info, warning or error")
    log_format: Literal["auto", "console", "json"] = doc("auto", "console, json, or auto: console at a terminal")


def load(
    flags: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """Merge the four sources.

    Args:
        flags: from the command line; None values count as not given.
        environment: usually os.environ.
        file: settings.toml, if there is one.

    Raises:
        SettingsError: an unknown key or a wrong value, with its source.
    """
    merged: dict[str, tuple[Any, str]] = {}
    for source, values in (
        (str(file), _from_file(file)),
        ("the environment", _from_environment(environment or {})),
        ("the command line", {k: v for k, v in (flags or {}).items() if v is not None}),
    ):
        for key, value in values.items():
            merged[_known(key, source)] = (value, source)
    settings = Settings(**{key: _convert(key, value, source) for key, (value, source) in merged.items()})
    _check(settings)
    return settings


def _from_file(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"cannot read the settings in {file}: {error}") from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in environment.items():
        if not name.startswith(PREFIX) or name.removeprefix(PREFIX) in OTHERS:
            continue
        key = name.removeprefix(PREFIX).lower()
        if key.endswith("_file"):
            key, value = key.removesuffix("_file"), _secret(name, value)  # noqa: PLW2901
        values[key] = value
    return values


def _secret(name: str, path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name}: cannot read {path}: {error.strerror}") from None


def _known(key: str, source: str) -> str:
    names = [field.name for field in fields(Settings)]
    if key in names:
        return key
    near = difflib.get_close_matches(key, names, 1)
    hint = f"; did you mean {near[0]}?" if near else "; `streams config show` lists them all"
    raise SettingsError(f"unknown setting {key!r} in {source}{hint}")


def _convert(key: str, value: Any, source: str) -> Any:
    wanted = get_type_hints(Settings, include_extras=True)[key]
    if key == "agents" and isinstance(value, str):
        value = tuple(part.strip() for part in value.split(",") if part.strip())
    try:
        return msgspec.convert(value, wanted, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{key} in {source}: {error}, got {value!r}") from None


def _check(settings: Settings) -> None:
    unknown = [agent for agent in settings.agents if agent not in AGENTS]
    if unknown or not settings.agents:
        raise SettingsError(f"agents: {', '.join(unknown) or 'none'}; there are {', '.join(AGENTS)}")
    if settings.group_instance_id == "":
        raise SettingsError("group_instance_id: empty; leave it out for dynamic membership")
