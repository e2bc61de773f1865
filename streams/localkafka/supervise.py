"""Stands between us and one JVM: starts it, and ends it when we are gone, be it by kill -9.

A separate script, because no clean-up of our own runs after kill -9, and because PR_SET_PDEATHSIG from us would be
Linux's alone and follow the thread that started the child. Two signs say that we are gone: the pipe on standard input
ends, or this process gets another parent (a forked child of ours may hold the pipe open). It imports nothing of ours.

Usage: supervise.py PARENT_PID LOG WORK_FOLDER TEMPORARY_FOLDER_OR_EMPTY COMMAND…   (prints the JVM's pid)
"""

import contextlib
import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

#: Seconds for an orderly end, where the data stays.
GRACE = 8.0
#: Seconds between two looks at who our parent is.
LOOK = 0.5
PR_SET_PDEATHSIG = 1


def main(parent: int, log: str, folder: str, temporary: str, *command: str) -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with open(log, "ab") as out:  # noqa: PTH123  this script starts in 30 ms without pathlib
        broker = subprocess.Popen(  # noqa: S603  our own command; no thread runs yet, which preexec_fn asks for
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            preexec_fn=_fall_with_us(),  # noqa: PLW1509
        )
    signal.signal(signal.SIGTERM, lambda *_: broker.terminate())
    os.write(1, b"%d\n" % broker.pid)
    os.close(1)
    gone = threading.Event()
    threading.Thread(target=_watch, args=(parent, broker, bool(temporary), gone), daemon=True).start()
    code = broker.wait()
    if gone.is_set() and temporary:
        shutil.rmtree(temporary, ignore_errors=True)
    return code


def _watch(parent: int, broker: "subprocess.Popen[bytes]", temporary: bool, gone: threading.Event) -> None:
    while os.getppid() == parent and not (select.select([0], [], [], LOOK)[0] and os.read(0, 1) == b""):
        pass
    gone.set()
    with contextlib.suppress(ProcessLookupError):
        broker.send_signal(signal.SIGCONT)
    if not temporary:
        broker.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            broker.wait(GRACE)
    broker.kill()


def _fall_with_us() -> "Callable[[], object] | None":
    """Where the system has it (Linux), the JVM falls with this process too; our main thread lives as long as we do."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    return prctl and (lambda: prctl(PR_SET_PDEATHSIG, signal.SIGKILL))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]) and 1)
