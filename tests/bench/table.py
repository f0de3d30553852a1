"""Builds and runs every bench, one after the other, and prints one table; called by tests/bench/run.

A bench is a program bench-NAME.c or bench_NAME.py that prints JSON lines on standard output:
{"what": …, "ours": number, "comparison": number, "goal": number, "against": …, "unit": "s"}. The ratio is ours to the
comparison; the goal is the greatest ratio that is wanted. With "faster": true the ratio is the comparison to ours,
and the goal is the least that is wanted.
"""

import json
import os
import pathlib
import subprocess
import sys
import unicodedata

BENCH = pathlib.Path(__file__).resolve().parent
TOP = BENCH.parents[1]
BUILD = TOP / "build-bench"


def build(names):
    """An optimised build of its own: figures of a debug build say nothing."""
    if not (BUILD / "build.ninja").exists():
        subprocess.run(["meson", "setup", str(BUILD), str(TOP), "--buildtype=release", "-Db_ndebug=false"], check=True,
                       stdout=subprocess.DEVNULL)
    targets = [f"tests/bench/bench-{name}" for name in names if (BENCH / f"bench-{name}.c").exists()]
    if "window" in names:
        targets += [f"tests/bench/{name}" for name in ("people-vault", "first-frame", "first-frame-bare")]
    subprocess.run(["ninja", "-C", str(BUILD), "--quiet", "programs", *targets], check=True, stdout=sys.stderr)


def run(name):
    """The lines that a bench has printed; a bench that fails is told and left out."""
    script = BENCH / f"bench_{name}.py"
    command = [sys.executable, str(script)] if script.exists() else [str(BUILD / "tests" / "bench" / f"bench-{name}")]
    environment = {**os.environ, "XQ_TEST_BUILD": str(BUILD), "XQ_TEST_FIXTURES": str(TOP / "tests" / "fixtures"),
                   "XQ_LOCALE_DIR": str(BUILD / "po"), "PYTHONDONTWRITEBYTECODE": "1"}
    print(f"… {name}", file=sys.stderr, flush=True)
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        print(f"The bench {name} has failed ({done.returncode}).", file=sys.stderr)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def number(value, unit):
    if unit == "s" and value < 1:
        return f"{value * 1000:.2f} ms" if value < 0.1 else f"{value * 1000:.0f} ms"
    return f"{value:,.2f} {unit}" if value < 100 else f"{value:,.0f} {unit}"


def row(line):
    faster = line.get("faster", False)
    unit = line.get("unit", "s")
    ours, comparison = line["ours"], line["comparison"]
    ratio = (comparison / ours if faster else ours / comparison) if ours and comparison else 0
    goal = line.get("goal")
    kept = "" if goal is None else "kept" if (ratio >= goal if faster else ratio <= goal) else "missed"
    sign = "≥" if faster else "≤"
    return [line["what"], number(ours, unit), line.get("against", ""), number(comparison, unit), f"{ratio:.2f} ×",
            "" if goal is None else f"{sign} {goal:g} ×", kept]


def width(text):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def print_table(rows):
    head = ["what", "ours", "compared with", "comparison", "ratio", "goal", ""]
    widths = [max(width(cells[i]) for cells in [head, *rows]) for i in range(len(head))]
    for cells in [head, ["-" * space for space in widths], *rows]:
        print("  ".join(cell + " " * (space - width(cell)) for cell, space in zip(cells, widths)).rstrip())


def main(wanted):
    names = sorted({path.stem.removeprefix("bench-") for path in BENCH.glob("bench-*.c")}
                   | {path.stem.removeprefix("bench_") for path in BENCH.glob("bench_*.py")})
    unknown = [name for name in wanted if name not in names]
    if unknown:
        print(f"There is no bench {unknown[0]}; there are: {', '.join(names)}", file=sys.stderr)
        return 2
    names = wanted or names
    build(names)
    print_table([row(line) for name in names for line in run(name)])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
