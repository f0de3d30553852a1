"""Every test there is, stage by stage; called by tests/run.

Stages: gcc (build with -Werror, all C tests), house (rules of the sources), python (command line and
window), sanitize (the C tests under ASan and UBSan), valgrind (a few of them), clang (-Werror compile), fuzz (each target
of tests/fuzz for a while). XINQIAO_FAULTS=all makes the tests of faults and power cuts try every point, not a choice of
them; XINQIAO_FUZZ_SECONDS says how long a fuzz target runs.
Logs stay in build-test/logs. The last line is "N passed, N failed"; a failure makes the exit status 1.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parent
TOP = TESTS.parent
BUILD = TOP / "build-test"
LOGS = BUILD / "logs"
RESULT = re.compile(r"^(ok|not ok)\b(?: (\d+))?(?: -)? ?(.*)$")
PLAN = re.compile(r"^1\.\.(\d+)")
VALGRIND_TESTS = ("base-field", "vault-store", "people-person", "sheet-text", "assess-scoring")
PYTHON_TIMEOUT = 1200
CLANG = {"CC": "clang", "CXX": "clang++"}
# Samples of a fuzz target beside tests/fuzz/corpus/NAME: what the project has anyway.
FUZZ_SAMPLES = {
    "csv": ("tests/fixtures/sheet",),
    "definitions": ("data/instruments", "data/rules", "data/reports"),
    "xlsx": ("tests/fixtures/sheet",),
}
FUZZ_SECONDS = int(os.environ.get("XINQIAO_FUZZ_SECONDS", "20"))


class Tally:
    """What passed and what failed, told while it happens."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def good(self, count=1):
        self.passed += count

    def bad(self, name, output=""):
        self.failed += 1
        print(f"FAILED {name}")
        for line in output.splitlines()[-60:]:
            print(f"    {line}")
        sys.stdout.flush()

    def check(self, name, code, output):
        if code == 0:
            self.good()
        else:
            self.bad(name, output)

    def tap(self, name, code, output):
        """Counts the subtests of one test program; a death without a "not ok" is a failure too."""
        good = bad = skipped = 0
        plan = None
        for line in output.splitlines():
            if found := PLAN.match(line):
                plan = int(found[1])
            if not (found := RESULT.match(line)):
                continue
            if found[1] == "not ok":
                bad += 1
                print(f"FAILED {name}: {found[3]}")
            elif "# SKIP" in line:
                skipped += 1
                print(f"skipped {name}: {found[3]}")
            else:
                good += 1
        self.good(good)
        self.failed += bad
        if bad == 0 and (code != 0 or plan is None or plan != good + skipped):
            self.bad(f"{name} (exit status {code}, {good + skipped} of {plan} results)", output)
        elif bad > 0:
            for line in output.splitlines()[-60:]:
                print(f"    {line}")
        sys.stdout.flush()


def run(command, log, env=None, timeout=None):
    """Runs a command, keeps what it said in a log and gives (status, output)."""
    LOGS.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(command, cwd=TOP, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout, check=False)
        code, output = done.returncode, done.stdout
    except subprocess.TimeoutExpired as late:
        code, output = 124, (late.stdout or b"") + b"\ntimed out\n"
    text = output.decode("utf-8", "replace")
    (LOGS / f"{log}.log").write_text(text, encoding="utf-8")
    return code, text


def build(tally, folder, options, env=None, targets=()):
    """Configures and compiles a build folder (all of it without targets); a warning is a failure."""
    if not (TOP / folder / "build.ninja").exists():
        code, output = run(["meson", "setup", folder, "--werror", *options], f"{folder}-setup", env)
        if code != 0:
            tally.bad(f"{folder}: meson setup", output)
            return False
    code, output = run(["ninja", "-C", folder, *targets], f"{folder}-ninja", env)
    tally.check(f"{folder}: compiles without a warning", code, output)
    return code == 0


def meson_tests(tally, folder, options=(), env=None):
    """All C tests of a build folder, each subtest counted."""
    log = TOP / folder / "meson-logs" / "testlog.json"
    log.unlink(missing_ok=True)
    _, output = run(["meson", "test", "-C", folder, "--no-rebuild", "--num-processes", str(os.cpu_count() or 2), *options],
                    f"{folder}-tests", env)
    if not log.exists():
        tally.bad(f"{folder}: meson test", output)
        return
    for line in log.read_text(encoding="utf-8").splitlines():
        test = json.loads(line)
        output = test.get("stdout", "") + test.get("stderr", "")
        if re.search(r"^(ok|not ok|1\.\.)", test.get("stdout", ""), re.M):
            tally.tap(f"{folder}/{test['name']}", test["returncode"], output)
        else:
            tally.check(f"{folder}/{test['name']}", 0 if test["result"] in ("OK", "EXPECTEDFAIL") else 1, output)


def test_environment():
    return {
        "XQ_TEST_BUILD": str(BUILD), "XQ_TEST_FIXTURES": str(TESTS / "fixtures"), "XQ_LOCALE_DIR": str(BUILD / "po"),
        "TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8", "GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local",
        "XINQIAO_KDF": "minimum",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def stage_gcc(tally):
    if build(tally, "build-test", []):
        meson_tests(tally, "build-test")


def python_test(file):
    name = str(file.relative_to(TOP))
    return name, *run([sys.executable, str(TESTS / "tap.py"), str(file)], name.replace("/", "-"), test_environment(),
                      PYTHON_TIMEOUT)


def python_tests(tally, files):
    """Three at a time: each has its home, its screen and its bus to itself, and mostly waits. The long ones (windows) first."""
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        running = [pool.submit(python_test, file) for file in sorted(files, key=lambda file: file.parent.name != "ui")]
        for done in concurrent.futures.as_completed(running):
            tally.tap(*done.result())


def stage_house(tally):
    python_tests(tally, sorted(TESTS.glob("house/test_*.py")))


def stage_python(tally):
    python_tests(tally, sorted(path for path in TESTS.glob("*/test_*.py") if path.parent.name != "house"))


def stage_sanitize(tally):
    options = ["-Db_sanitize=address,undefined", "-Db_lundef=false", "-Dbuildtype=debug", "-Doptimization=1"]
    if build(tally, "build-asan", options):
        env = {"ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0", "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
               "XINQIAO_FAULTS": "few",
               "LSAN_OPTIONS": f"suppressions={TESTS / 'leaks.txt'}:print_suppressions=0"}
        meson_tests(tally, "build-asan", ["--suite", "app", "--timeout-multiplier", "4"], env)


def stage_valgrind(tally):
    for name in VALGRIND_TESTS:
        program = next(BUILD.glob(f"tests/**/test-{name}"), BUILD / "tests" / f"test-{name}")
        if not program.is_file():
            tally.bad(f"valgrind {name}: there is no such test")
            continue
        code, output = run(["valgrind", "-q", "--error-exitcode=9", "--leak-check=no", str(program), "--tap"],
                           f"valgrind-{name}", {**test_environment(), "G_SLICE": "always-malloc"}, 600)
        tally.tap(f"valgrind {name}", code, output)


def stage_clang(tally):
    build(tally, "build-clang", [], CLANG)


def fuzz_command(name):
    """One target on its samples; what it finds grows in a folder of the build and is begun with the next time."""
    folder = TOP / "build-fuzz" / "found" / name
    folder.mkdir(parents=True, exist_ok=True)
    samples = [str(TESTS / "fuzz" / "corpus" / name), *(str(TOP / path) for path in FUZZ_SAMPLES.get(name, ()))]
    return [str(TOP / "build-fuzz" / "tests" / "fuzz" / f"fuzz-{name}"), f"-max_total_time={FUZZ_SECONDS}", "-seed=1",
            "-max_len=32768", "-rss_limit_mb=1024", "-malloc_limit_mb=512", "-timeout=10", "-print_final_stats=1",
            f"-dict={TESTS / 'fuzz' / name}.dict", f"-artifact_prefix={folder.parent}/{name}-", str(folder), *samples]


def fuzz_one(name):
    env = {"ASAN_OPTIONS": "detect_leaks=1", "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
           "LSAN_OPTIONS": f"suppressions={TESTS / 'leaks.txt'}:print_suppressions=0", "G_DEBUG": "gc-friendly"}
    return name, *run(fuzz_command(name), f"fuzz-{name}", {**test_environment(), **env}, FUZZ_SECONDS + 120)


def stage_fuzz(tally):
    options = ["-Dfuzz=true", "-Db_sanitize=address,undefined", "-Db_lundef=false", "-Dbuildtype=debug", "-Doptimization=1"]
    if not build(tally, "build-fuzz", options, CLANG, ["fuzz-targets"]):
        return
    names = sorted(path.stem.removeprefix("fuzz-") for path in TESTS.glob("fuzz/fuzz-*.c"))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, code, output in pool.map(fuzz_one, names):
            runs = re.search(r"stat::number_of_executed_units: (\d+)", output)
            print(f"   fuzz {name}: {runs[1] if runs else 'no'} runs", flush=True)
            tally.check(f"fuzz {name} (what broke it lies in build-fuzz/found)", code or (0 if runs else 1), output)


STAGES = {
    "gcc": stage_gcc, "house": stage_house, "python": stage_python,
    "sanitize": stage_sanitize, "valgrind": stage_valgrind, "clang": stage_clang,
    "fuzz": stage_fuzz,
}


def main(wanted):
    unknown = [name for name in wanted if name not in STAGES]
    if unknown:
        print(f"There is no stage {unknown[0]}; there are: {', '.join(STAGES)}", file=sys.stderr)
        return 2
    tally = Tally()
    for name in wanted or STAGES:
        started = time.monotonic()
        before = (tally.passed, tally.failed)
        print(f"== {name}", flush=True)
        STAGES[name](tally)
        print(f"   {tally.passed - before[0]} passed, {tally.failed - before[1]} failed in "
              f"{time.monotonic() - started:.0f} s", flush=True)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or tally.passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
