"""Java's client.properties for both clients: kafka-python's tools and Faust's agents. Secrets stay out of repr."""

from __future__ import annotations

import difflib
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streams.settings import Settings, SettingsError

KNOWN = frozenset(
    {
        "bootstrap.servers",
        "client.id",
        "security.protocol",
        "sasl.mechanism",
        "sasl.jaas.config",
        "sasl.username",
        "sasl.password",
        "sasl.password.file",
        "ssl.truststore.location",
        "ssl.truststore.type",
        "ssl.ca.location",
        "ssl.certificate.location",
        "ssl.key.location",
        "ssl.key.password",
        "ssl.keystore.location",
        "ssl.keystore.type",
        "ssl.endpoint.identification.algorithm",
    }
)
_PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
_MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
_JAAS = re.compile(r'\b(username|password)\s*=\s*"([^"]{0,512})"')


@dataclass(frozen=True, slots=True)
class KafkaConfig:
    """How to reach Kafka: `tools` are kafka-python's arguments."""

    bootstrap_servers: str
    protocol: str = "PLAINTEXT"
    mechanism: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ssl_context: ssl.SSLContext | None = field(default=None, repr=False)
    client_id: str = "withdrawal-streams"

    @property
    def tools(self) -> dict[str, Any]:
        """Arguments for every client of kafka-python."""
        arguments: dict[str, Any] = {
            "bootstrap_servers": self.bootstrap_servers.split(","),
            "client_id": self.client_id,
            "security_protocol": self.protocol,
        }
        if self.ssl_context is not None:
            arguments["ssl_context"] = self.ssl_context
        if self.mechanism:
            arguments |= {
                "sasl_mechanism": self.mechanism,
                "sasl_plain_username": self.username,
                "sasl_plain_password": self.password,
            }
        return arguments


def kafka_config(settings: Settings) -> KafkaConfig:
    """From `bootstrap_servers` alone, or with the file that `kafka_config` names.

    Raises:
        SettingsError: the file, the line and what is wrong with it.
    """
    if settings.kafka_config is None:
        return KafkaConfig(settings.bootstrap_servers)
    path = Path(settings.kafka_config)
    properties = read_properties(path)
    protocol = _one_of(properties, "security.protocol", _PROTOCOLS, path) or "PLAINTEXT"
    username, password = _credentials(properties, path)
    mechanism = _one_of(properties, "sasl.mechanism", _MECHANISMS, path) if protocol.startswith("SASL") else None
    if protocol.startswith("SASL") and not (mechanism and username and password):
        raise SettingsError(f"{path}: {protocol} needs sasl.mechanism, and a user and password in sasl.jaas.config")
    return KafkaConfig(
        properties.get("bootstrap.servers", settings.bootstrap_servers),
        protocol,
        mechanism,
        username,
        password,
        _ssl_context(properties, path) if protocol.endswith("SSL") else None,
        properties.get("client.id", "withdrawal-streams"),
    )


def read_properties(path: Path) -> dict[str, str]:
    """`key=value` lines, `#` comments.

    Raises:
        SettingsError: an unreadable file, a line that is none, an unknown key with its nearest.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot read {path}: {error}") from None
    properties: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped[0] in "#!":
            continue
        key, separator, value = stripped.partition("=")
        if not separator:
            raise SettingsError(f"{path}:{number}: no key=value line")
        properties[_known(key.strip(), path, number)] = value.strip()
    return properties


def _known(key: str, path: Path, number: int) -> str:
    if key in KNOWN:
        return key
    near = difflib.get_close_matches(key, KNOWN, 1)
    raise SettingsError(f"{path}:{number}: unknown key {key!r}" + (f"; did you mean {near[0]}?" if near else ""))


def _one_of(properties: Mapping[str, str], key: str, allowed: tuple[str, ...], path: Path) -> str | None:
    value = properties.get(key)
    if value is not None and value not in allowed:
        raise SettingsError(f"{path}: {key} is {value!r}, it can be {', '.join(allowed)}")
    return value


def _credentials(properties: Mapping[str, str], path: Path) -> tuple[str | None, str | None]:
    jaas = dict(_JAAS.findall(properties.get("sasl.jaas.config", "")))
    password = properties.get("sasl.password", jaas.get("password"))
    if secret := properties.get("sasl.password.file"):
        password = _read(path, secret)
    return properties.get("sasl.username", jaas.get("username")), password


def _read(path: Path, secret: str) -> str:
    try:
        return (path.parent / secret).read_text("utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{path}: cannot read the password in {secret}: {error.strerror}") from None


def _ssl_context(properties: Mapping[str, str], path: Path) -> ssl.SSLContext:
    authority = properties.get("ssl.truststore.location") or properties.get("ssl.ca.location")
    certificate = properties.get("ssl.keystore.location") or properties.get("ssl.certificate.location")
    try:
        context = ssl.create_default_context(cafile=str(path.parent / authority) if authority else None)
        if certificate:
            key = properties.get("ssl.key.location")
            context.load_cert_chain(
                path.parent / certificate, path.parent / key if key else None, properties.get("ssl.key.password")
            )
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"{path}: certificates (PEM) cannot be read: {error}") from None
    if properties.get("ssl.endpoint.identification.algorithm") == "":
        context.check_hostname = False
    return context
