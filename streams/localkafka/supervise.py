"""Stands between us and the JVM: starts it, and ends it when our end of a pipe closes.

A separate script, because no clean-up of our own runs after kill -9, and because PR_SET_PDEATHSIG
is Linux's alone and follows the thread that started the child, not the process.
Usage: supervise.py FOLDER COMMAND…
"""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

#: Seconds for an orderly end.
GRACE = 8.0


def main() -> int:
    folder = Path(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with (folder / "broker.log").open("ab") as log:
        broker = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # noqa: S603
    partial = folder / "pid.partial"
    partial.write_text(str(broker.pid))
    partial.replace(folder / "pid")
    threading.Thread(target=_end_with_parent, args=(broker,), daemon=True).start()
    return broker.wait()


def _end_with_parent(broker: "subprocess.Popen[bytes]") -> None:
    while os.read(0, 1024):
        pass
    broker.send_signal(signal.SIGCONT)
    broker.terminate()
    try:
        broker.wait(GRACE)
    except subprocess.TimeoutExpired:
        broker.kill()


if __name__ == "__main__":
    sys.exit(main())
