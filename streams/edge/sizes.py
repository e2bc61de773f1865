"""How large a message each topic takes. It must send nothing.

A broker's refusal comes too late: aiokafka has by then counted the message, and the idempotent producer's next one to
that partition is out of sequence, which ends the worker. So what will not fit is known before it is sent.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from aiokafka.errors import MessageSizeTooLargeError
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from kafka import KafkaAdminClient
from kafka import errors as kafka_errors

from streams.core.outcome import Output
from streams.edge.kafka import MAX_MESSAGE_BYTES, topic_settings

log = logging.getLogger(__name__)


def message_limits(admin: KafkaAdminClient, planned: Mapping[str, int]) -> dict[str, int]:
    """The `max.message.bytes` of these topics; as planned where this user may not see it (DescribeConfigs)."""
    try:
        found = topic_settings(admin, planned)
    except kafka_errors.KafkaError as error:
        log.warning("cannot see what topics take (%s): %s counts as planned", type(error).__name__, MAX_MESSAGE_BYTES)
        return dict(planned)
    return {name: int(found.get(name, {}).get(MAX_MESSAGE_BYTES, planned[name])) for name in planned}


def refuse_too_large(topic: str, message: Output, limit: int | None) -> None:
    """Raises MessageSizeTooLargeError, with both sizes."""
    if limit is not None:
        size = DefaultRecordBatchBuilder.estimate_size_in_bytes(message.key, message.value, list(message.headers))
        if size > limit:
            raise MessageSizeTooLargeError(
                f"{topic} takes {limit:,} bytes ({MAX_MESSAGE_BYTES}), this message has {size:,}"
            )
