"""Takes the pictures of the README and the manual: real windows on the demo vault, light and dark, in Chinese.

packaging/screenshots.py --build DIR --vault DIR --password-file FILE --out DIR [--now TIME] [--quick]

The windows are drawn by cairo on an X server without a screen, so that a picture is the same on every machine.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[1]
PAGES = ("today", "people", "assessments", "warnings", "calendar", "referrals", "reports", "audit")
QUICK = ("today", "warnings", "referrals")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the build folder")
    parser.add_argument("--vault", type=pathlib.Path, required=True, help="a demo vault")
    parser.add_argument("--password-file", type=pathlib.Path, required=True, help="whose first line opens it")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="the folder for the pictures")
    parser.add_argument("--now", help="what time it is on the pictures, 2026-11-23T09:00:00")
    parser.add_argument("--quick", action="store_true", help="three pages, light only")
    return parser.parse_args()


def take(harness, options, page, dark):
    """One window on one page, opened, photographed and closed."""
    home = pathlib.Path(tempfile.mkdtemp(prefix="xinqiao-pictures-"))
    password = options.password_file.read_text(encoding="utf-8").splitlines()[0]
    app = harness.App(home, "--vault", options.vault, "--page", page, language="zh_CN", dark=dark, size=(1280, 860),
                      environment={"TZ": os.environ.get("TZ", "UTC")}, **({"now": options.now} if options.now else {}))
    try:
        app.start()
        app.find("password text", timeout=60).set_text(password)
        app.key("Return")
        app.find("list", timeout=60)  # the sidebar: there is none before the vault is open
        subprocess.run(["xdotool", "mousemove", "0", "0"], env=app.environment, check=True)
        time.sleep(2)  # lists and charts come from a thread
        app.screenshot(options.out / f"{page}{'-dark' if dark else ''}.png")
    finally:
        app.stop()
        shutil.rmtree(home, ignore_errors=True)


def main():
    options = arguments()
    os.environ["XQ_TEST_BUILD"] = str(options.build)
    sys.path.insert(0, str(TOP / "tests" / "ui"))
    import harness  # noqa: E402, it reads the build folder when imported

    options.out.mkdir(parents=True, exist_ok=True)
    try:
        for page in QUICK if options.quick else PAGES:
            for dark in (False,) if options.quick else (False, True):
                take(harness, options, page, dark)
                print(f"  {page}{' (dark)' if dark else ''}", file=sys.stderr)
    finally:
        harness.Stage.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
