"""The window as it is met: how soon the locked one is painted beside a bare AdwApplicationWindow, and what memory the open one
holds, by /proc/PID/smaps_rollup: private memory, and of shared pages a share. Windows are on an X server of their own,
drawn by cairo."""

import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "ui"))
import harness

BENCHES = harness.BUILD / "tests" / "bench"
SCALE = float(os.environ.get("XINQIAO_BENCH_SCALE", "1"))
TURNS = 9
CACHE = 128  # MiB: what a connection asks SQLite for, app/vault/database.c
TIMEOUT = 300


def line(what, ours, against, comparison, goal, unit="s"):
    print(json.dumps({"what": what, "ours": ours, "against": against, "comparison": comparison, "goal": goal, "unit": unit}),
          flush=True)


def size(whole, least):
    return max(int(whole * SCALE), least)


def mebibytes(pid):
    """What the process alone would give back; its settling is waited for."""
    held, before = 0.0, -1.0
    while abs(held - before) > 0.5:
        before = held
        time.sleep(1)
        rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        held = int(next(row for row in rollup.splitlines() if row.startswith("Pss:")).split()[1]) / 1024
    return held


class Home:
    """A folder of its own, and the environment of a window in it."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="xinqiao-bench-"))
        self.environment = harness.App(self.folder).environment

    def vault(self, people):
        folder = self.folder / f"vault-{people}"
        if not folder.exists():
            subprocess.run([str(BENCHES / "people-vault"), str(folder), str(people)], check=True, env=self.environment)
        return folder

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def first_frame(home, program, vault):
    """Until it is painted; by the processor's clock, all that the program used until then and in ending."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.clock_gettime(time.CLOCK_MONOTONIC)
    done = subprocess.run([str(BENCHES / program), str(vault)], env=home.environment, stdout=subprocess.PIPE, text=True, check=True,
                          stderr=subprocess.DEVNULL)
    if os.environ.get("XINQIAO_BENCH_CLOCK") == "processor":
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        return now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return int(done.stdout.split()[0]) / 1e6 - started


def bench_first_frame(home):
    vault = home.vault(1000)
    programs = ("first-frame", "first-frame-bare")
    times = {program: [] for program in programs}
    for turn in range(TURNS + 1):
        for program in programs:
            took = first_frame(home, program, vault)
            if turn > 0:  # the first only warms
                times[program].append(took)
    line("first frame of the locked window", min(times["first-frame"]), "a bare AdwApplicationWindow",
         min(times["first-frame-bare"]), 1.15)


def memory_of_bare(home):
    with subprocess.Popen([str(BENCHES / "first-frame-bare"), "", "--stay"], env=home.environment, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL) as window:
        window.stdout.readline()
        held = mebibytes(window.pid)
        window.terminate()
    return held


def memory_of_list(home, people):
    """Unlocked, with the list of people shown."""
    app = harness.App(home.folder, "--vault", home.vault(people), "--page", "people").start()
    try:
        app.until(app.root, "the program", TIMEOUT)
        app.find("password text", timeout=TIMEOUT).set_text("bench")
        app.click("button", "Open", timeout=TIMEOUT)
        app.find("table cell", timeout=TIMEOUT)
        return mebibytes(app.process.pid)
    finally:
        app.stop()


def bench_memory(home):
    many, most = size(100000, 1000), size(1000000, 2000)
    bare = memory_of_bare(home)
    line(f"memory, window open on {many:,} people", memory_of_list(home, many), f"a bare window and a cache of {CACHE} MiB",
         bare + CACHE, 1.5, "MiB")
    line(f"memory, list of {most:,} people", memory_of_list(home, most), "the same with 1,000 people",
         memory_of_list(home, 1000), 1.2, "MiB")


def main():
    home = Home()
    try:
        bench_first_frame(home)
        bench_memory(home)
    finally:
        home.remove()
        harness.Stage.end()


if __name__ == "__main__":
    main()
