"""What was in work when a worker died is known to the next one, which rejects it as crash_loop the third time."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from streams.edge.attempts import LIMIT, SLOTS, Attempts, open_attempts

GUILTY, NEIGHBOUR, OTHER = ("pages-raw", 0, 7), ("pages-raw", 0, 8), ("articles-clean", 3, 7)


def dies_with(folder: Path, *places: tuple[str, int, int]) -> None:
    """A process that begins those, and is killed; one that waits for its turn has not begun."""
    code = (
        "import asyncio, os, sys\nfrom pathlib import Path\nfrom streams.edge.attempts import open_attempts\n"
        "async def main():\n"
        f"    attempts = open_attempts(Path({str(folder)!r}))\n"
        f"    for place in {places!r}:\n"
        "        task = asyncio.create_task(attempts.begin(place))\n"
        "        await asyncio.wait([task], timeout=0.05)\n"
        "    os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL


def begins(folder: Path, *places: tuple[str, int, int]) -> list[bool]:
    """Whether each may be worked on; what may, ends well."""

    async def main() -> list[bool]:
        attempts, allowed = open_attempts(folder), []
        for place in places:
            mark = await attempts.begin(place)
            allowed.append(mark is not None)
            if mark is not None:
                attempts.end(place, mark)
            else:
                attempts.settled(place)
        attempts.close()
        return allowed

    return asyncio.run(main())


def test_a_message_in_work_at_three_deaths_is_turned_away_and_then_forgotten(tmp_path: Path) -> None:
    for _ in range(LIMIT):
        dies_with(tmp_path, GUILTY)
    assert begins(tmp_path, OTHER, GUILTY) == [True, False]
    assert begins(tmp_path, GUILTY) == [True]  # settled: were it to come again, it would have its chances


def test_a_neighbour_of_the_guilty_is_never_turned_away(tmp_path: Path) -> None:
    dies_with(tmp_path, NEIGHBOUR, GUILTY)
    for _ in range(LIMIT - 1):  # the guilty first, alone: its neighbour waits, and so is not in work
        dies_with(tmp_path, GUILTY, NEIGHBOUR)
    assert begins(tmp_path, GUILTY, NEIGHBOUR) == [False, True]


def test_a_suspect_runs_alone_and_the_others_after_it(tmp_path: Path) -> None:
    dies_with(tmp_path, GUILTY)

    async def main() -> None:
        attempts = open_attempts(tmp_path)
        first = await attempts.begin(OTHER)
        suspect = asyncio.create_task(attempts.begin(GUILTY))
        late = asyncio.create_task(attempts.begin(NEIGHBOUR))
        await asyncio.sleep(0.05)
        assert not suspect.done()
        assert not late.done()
        attempts.end(OTHER, first)
        mark = await suspect
        await asyncio.sleep(0.05)
        assert not late.done()
        attempts.end(GUILTY, mark)
        attempts.end(NEIGHBOUR, await late)
        assert attempts.suspects == 0
        attempts.close()

    asyncio.run(main())


def test_an_orderly_end_makes_no_suspects(tmp_path: Path) -> None:
    async def main() -> None:
        attempts = open_attempts(tmp_path)
        await attempts.begin(GUILTY)
        attempts.close()

    asyncio.run(main())
    assert open_attempts(tmp_path).suspects == 0


def test_torn_or_foreign_bytes_are_no_marks(tmp_path: Path) -> None:
    dies_with(tmp_path, GUILTY, OTHER)
    file = tmp_path / "in-work-0"
    whole, dice = file.read_bytes(), random.Random(1)
    for _ in range(50):
        torn = bytearray(whole)
        at = max(i for i, byte in enumerate(whole) if byte)
        torn[at] ^= 1 + dice.randrange(255)
        file.write_bytes(torn)
        assert Attempts(bytearray(torn)).suspects == 1
    file.write_bytes(os.urandom(100))
    assert open_attempts(tmp_path).suspects == 0


def test_two_workers_share_a_folder_with_a_file_each(tmp_path: Path) -> None:
    one, two = open_attempts(tmp_path), open_attempts(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in-work-0", "in-work-1"]
    one.close()
    two.close()


def test_more_messages_than_slots_run_unmarked(tmp_path: Path) -> None:
    async def main() -> None:
        attempts = open_attempts(tmp_path)
        marks = [await attempts.begin(("t", 0, i)) for i in range(SLOTS + 5)]
        assert marks.count(-1) == 5
        for i, mark in enumerate(marks):
            attempts.end(("t", 0, i), mark)
        attempts.close()

    asyncio.run(main())


def test_a_folder_that_cannot_be_used_costs_a_warning_and_no_more(tmp_path: Path, caplog) -> None:
    (tmp_path / "file").write_text("")
    attempts = open_attempts(tmp_path / "file")
    assert "cannot be used" in caplog.text
    assert asyncio.run(attempts.begin(GUILTY)) is not None


def test_a_suspect_broken_off_while_it_waits_lets_the_others_run(tmp_path: Path) -> None:
    dies_with(tmp_path, GUILTY)

    async def main() -> None:
        attempts = open_attempts(tmp_path)
        mark = await attempts.begin(OTHER)
        assert mark is not None
        waiting = asyncio.create_task(attempts.begin(GUILTY))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.wait([waiting])
        async with asyncio.timeout(1):
            beside = await attempts.begin(NEIGHBOUR)
        assert beside is not None
        attempts.end(NEIGHBOUR, beside)
        attempts.end(OTHER, mark)
        async with asyncio.timeout(1):
            again = await attempts.begin(GUILTY)  # still a suspect, and still has its chances
        assert again is not None
        attempts.end(GUILTY, again)
        attempts.close()

    asyncio.run(main())
