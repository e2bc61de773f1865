"""Why Kafka does not let us in. kafka-python tells its log alone and goes on trying; this listens there."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator

#: In its log's words -> in ours, the first that was heard. They will not go away by trying again.
_FINAL = (
    (
        re.compile(r"SaslAuthenticationFailedError: (?!SaslAuthenticationFailedError)([^)]{0,200})"),
        "it refuses the user or the password ({0}); see sasl.username and sasl.password",
    ),
    (
        re.compile(r"(?:UnsupportedSaslMechanismError|IllegalSaslStateError)[^:]{0,40}: ([^)]{0,200})"),
        "it does not take this sasl.mechanism ({0})",
    ),
    (
        re.compile(r"CERTIFICATE_VERIFY_FAILED\] (?:certificate verify failed: )?([^(]{0,200})"),
        "its certificate is not to be trusted ({0}); ssl.truststore.location names whom we trust",
    ),
    (
        re.compile(r"\[SSL: (WRONG_VERSION_NUMBER|UNEXPECTED_MESSAGE|HTTP_REQUEST)\]"),
        "it speaks no TLS at that port ({0}); see security.protocol",
    ),
    (re.compile(r"\[SSL: ([A-Z0-9_]{3,60})\]"), "the TLS handshake fails ({0})"),
)
_CLOSED = "socket disconnected"


class Refusals(logging.Handler):
    """What was heard while we tried."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.final: str | None = None
        self._closed = False

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        self._closed = self._closed or _CLOSED in said
        for pattern, words in _FINAL:
            found = pattern.search(said)
            if found and self.final is None:
                self.final = words.format(found[1].strip())

    def guess(self, *, sasl: bool) -> str:
        """Where nothing final was heard: the client may meet the closed connection before the reason for it."""
        if self._closed:
            user = "are the user and the password right, and " if sasl else ""
            return f"it takes connections and closes them; {user}does it want TLS (security.protocol)?"
        return "is it running, and is the address right?"


@contextlib.contextmanager
def listening() -> Iterator[Refusals]:
    """Hear kafka-python's log for a while, and keep it to ourselves: all that it says becomes one line."""
    heard, logger = Refusals(), logging.getLogger("kafka")
    level, propagate = logger.level, logger.propagate
    logger.addHandler(heard)
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    try:
        yield heard
    finally:
        logger.removeHandler(heard)
        logger.setLevel(level)
        logger.propagate = propagate
