"""Prints who leaves what, from topic withdrawals. python consumer.py localhost:9092 [topic prefix]"""

import json
import sys

from kafka import KafkaConsumer

servers, prefix = sys.argv[1], "".join(sys.argv[2:])
consumer = KafkaConsumer(
    prefix + "withdrawals",
    bootstrap_servers=servers,
    group_id=prefix + "withdrawal-printer",  # Kafka remembers how far this group has read
    auto_offset_reset="earliest",
    enable_auto_commit=False,
)
for message in consumer:
    headers = dict(message.headers)
    if headers.get("ce_type") == b"streams.withdrawal.detected" and message.value is not None:
        event = json.loads(message.value)  # ignore fields you do not know: records grow
        print(event["event_id"], event["actor"]["name"], "leaves", event["object"]["name"], event["stage"], flush=True)
    consumer.commit()  # after the work: a crash in between repeats the event, under the same event_id
