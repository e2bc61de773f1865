"""The real worker with the corpus's cheap steps; its settings come from the environment, as in a container.

A thread obeys a control file, for faults that come from inside: a clock that jumps, a consumer that falls still.
"""

from __future__ import annotations

import os
import sys
import threading
import time

CONTROL = "FAULTS_CONTROL"
_real_time = time.time
_shift = 0.0


def _shifted() -> float:
    return _real_time() + _shift


def main() -> int:
    time.time = _shifted  # before anything else takes the name
    from functools import partial
    from pathlib import Path

    from streams import app, serve
    from streams.catalogue import config_folder
    from streams.edge.kafka import KafkaUnreachable, TopicsWrong
    from streams.settings import load
    from tests.faults import corpus

    app.steps_builder = lambda *_: partial(corpus.build)
    app.build_steps = lambda *_: corpus.STEPS
    create = serve.create_worker

    def created(*arguments, **named):
        worker = create(*arguments, **named)
        threading.Thread(target=_obey, args=(worker, Path(os.environ[CONTROL])), daemon=True).start()
        return worker

    serve.create_worker = created
    try:
        return serve.run_worker(load({}, os.environ), config_folder())
    except TopicsWrong as error:
        print(error, file=sys.stderr)
        return 3
    except KafkaUnreachable as error:
        print(error, file=sys.stderr)
        return 4


def _obey(worker, control) -> None:
    global _shift  # noqa: PLW0603
    harness, still = os.getppid(), False
    while True:
        time.sleep(0.1)
        if os.getppid() != harness:
            os._exit(1)  # nobody is left to end us
        if still:
            worker.app.loop.call_soon_threadsafe(worker.app.consumer.stop_flow)
        try:
            word, _, rest = control.read_text().partition(" ")
            control.unlink()
        except OSError:
            continue
        loop, app = worker.app.loop, worker.app
        match word:
            case "clock":
                _shift = float(rest)
                loop.call_soon_threadsafe(_stamp_with_shift, app.producer)
            case "still":  # it holds its partitions and fetches no more, whoever wakes it
                still = True
            case "block":  # the event loop itself
                loop.call_soon_threadsafe(time.sleep, 600)
            case "forget":  # a call that is never answered
                for runner in worker.runners.values():
                    runner._work = _never


def _stamp_with_shift(producer) -> None:
    """aiokafka stamps records in C, past our `time.time`."""
    client, send = producer._producer, producer._producer.send

    async def stamped(*arguments, timestamp_ms=None, **more):
        return await send(*arguments, timestamp_ms=timestamp_ms or int(_shifted() * 1000), **more)

    client.send = stamped


async def _never(_message):
    import asyncio

    await asyncio.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
