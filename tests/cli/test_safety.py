"""What must not be lost, and what must not be seen."""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import time
import unittest

from xinqiao import PASSWORD, PROGRAM, SAMPLES, CliTest

TRIES = int(os.environ.get("XQ_TEST_KILLS", "50"))


class Killed(CliTest):
    def test_import_all_or_nothing(self):
        """kill -9 at random moments: the vault opens, all or nothing is there, the chain verifies."""
        self.create()
        clean = self.home / "clean"
        shutil.copytree(self.vault, clean)
        command = [str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.secret(PASSWORD)), "import", "roster",
                   str(SAMPLES / "roster-school.xlsx")]
        began = time.monotonic()
        subprocess.run(command, env=self.environment(), check=True, capture_output=True)
        whole = time.monotonic() - began
        people = self.json("info")["rows"]["person"]
        chance = random.Random(20261123)
        seen = set()
        for _ in range(TRIES):
            shutil.rmtree(self.vault)
            shutil.copytree(clean, self.vault)
            process = subprocess.Popen(command, env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(whole * chance.uniform(0.1, 1.05))
            process.kill()
            process.wait()
            count = self.json("info")["rows"]["person"]
            self.assertIn(count, (0, people))
            seen.add(count)
            self.assertEqual(self.json("audit", "verify")["audit"], "ok")
        self.assertIn(0, seen, "some were killed in time")
        self.assertEqual(self.json("check")["integrity"], "ok")


class Seen(CliTest):
    def table(self, name, people):
        """A roster of names, codes and remarks that are to be found nowhere."""
        path = self.home / name
        path.write_text("学号,姓名,班级,家长姓名,家长电话,备注\n" + "".join(
            f"ZQX{number},钟离瑾瑜{number},七年级1班,钟离守仁{number},1230000{number:04d},KEEPTHISSECRET{number}\n" for number in range(people)),
            encoding="utf-8")
        return path

    def test_no_name_in_any_file(self):
        """While an import is under way, with its WAL, and after it."""
        self.create()
        needles = [text.encode(code) for text in ("钟离瑾瑜", "钟离守仁", "ZQX1", "KEEPTHISSECRET", "zhong li jin yu", PASSWORD)
                   for code in ("utf-8", "utf-16-le", "gb18030")]
        table = self.table("roster.csv", 6000)
        process = subprocess.Popen([str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.secret(PASSWORD)), "import",
                                    "roster", str(table)], env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sizes = []
        while process.poll() is None:
            sizes.append(self._look(needles))
        self.assertEqual(process.returncode, 0)
        self.assertGreater(len(set(sizes)), 1, "it was looked at while it was written")
        self.json("warnings", "report", "ZQX1", "--level", "2", "--text", "KEEPTHISSECRET note")
        self.json("people", "search", "钟离瑾瑜1")
        self._look(needles)

    def _look(self, needles):
        """Looks into every file but the roster and the password; gives how many bytes there were."""
        files = [path for path in self.home.rglob("*") if path.is_file() and path.name not in ("secret", "roster.csv")]
        self.assertIn("vault.db", [path.name for path in files])
        size = 0
        for path in files:
            try:
                body = path.read_bytes()
            except FileNotFoundError:  # the WAL goes when the vault is closed
                continue
            size += len(body)
            for needle in needles:
                self.assertFalse(needle in body, f"{needle!r} stands in {path}")
        return size

    def test_nothing_in_the_temp_folder(self):
        """An import and a workbook leave nothing behind, and write nothing in plain meanwhile."""
        temp = self.home / "tmp"
        temp.mkdir()
        self.create(env={"TMPDIR": str(temp)})
        self.json("import", "roster", SAMPLES / "roster-school.xlsx", env={"TMPDIR": str(temp)})
        self.json("report", "run", "bureau-term", "--xlsx", self.home / "out.xlsx", env={"TMPDIR": str(temp)})
        self.assertEqual(list(temp.iterdir()), [])


class Full(CliTest):
    """On a disk of a few megabytes, made in a mount namespace of its own."""

    SCRIPT = """
import ctypes, shutil, subprocess, sys
disk, vault, size, copied, program, *command = sys.argv[1:]
if ctypes.CDLL(None, use_errno=True).mount(b"tmpfs", disk.encode(), b"tmpfs", 0, f"size={size}k".encode()) != 0:
    sys.exit(f"no small disk: {ctypes.get_errno()}")
if copied:
    shutil.copytree(vault, copied)
done = subprocess.run([program, *command], capture_output=True, text=True)
print("exit", done.returncode, done.stderr)
opening = [program, "--vault", copied or vault, *command[2:4], "--json"]
print(subprocess.run([*opening, "info"], capture_output=True, text=True).stdout)
print(subprocess.run([*opening, "audit", "verify"], capture_output=True, text=True).stdout)
print(subprocess.run(["ls", "-A", disk], capture_output=True, text=True).stdout)
"""

    def on_small_disk(self, size, vault, *arguments):
        disk = self.home / "disk"
        disk.mkdir(exist_ok=True)
        copied = "" if vault == self.vault else str(vault)
        return subprocess.run(["unshare", "--user", "--map-root-user", "--mount", sys.executable, "-c", self.SCRIPT, str(disk),
                               str(self.vault), str(size), copied, str(PROGRAM), "--vault", str(vault), "--password-file",
                               str(self.secret(PASSWORD)), *arguments], env=self.environment(), capture_output=True, text=True, check=False)

    def test_full_disk(self):
        self.create()
        size = sum(path.stat().st_size for path in self.vault.rglob("*")) // 1024
        done = self.on_small_disk(size + 300, self.home / "disk" / "vault", "import", "roster", str(SAMPLES / "roster-school.xlsx"))
        self.assertIn("exit 4", done.stdout, done.stdout + done.stderr)
        self.assertIn('"person" : 0', done.stdout, "nothing is half there")
        self.assertIn('"audit" : "ok"', done.stdout)

    def test_full_stick_for_papers(self):
        """The stick that the papers go to is full: it is said, and nothing half written stays on it."""
        self.create()
        self.json("import", "roster", SAMPLES / "roster-school.xlsx")
        for kind in ("xlsx", "pdf"):
            done = self.on_small_disk(4, self.vault, "report", "run", "bureau-term", f"--{kind}", str(self.home / "disk" / f"out.{kind}"))
            self.assertIn("exit 4", done.stdout, f"{kind}: {done.stdout}{done.stderr}")
            self.assertNotIn("out.", done.stdout.rsplit("}", 1)[1])


class Alone(CliTest):
    def wait_until_open(self, process):
        """Until the process holds the vault: asked earlier, the other one may be the first."""
        deadline = time.monotonic() + 30
        folder = os.path.realpath(self.vault) + os.sep
        while time.monotonic() < deadline:
            descriptors = pathlib.Path(f"/proc/{process.pid}/fd")
            if any(os.path.realpath(descriptor).startswith(folder) for descriptor in descriptors.iterdir()):
                return
            time.sleep(0.02)
        self.fail("the vault was not opened")

    def test_two_at_once(self):
        """While one has the vault open, another is refused and told why."""
        self.create()
        reader, writer = os.pipe()
        first = subprocess.Popen([str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.secret(PASSWORD)), "password", "change",
                                  "--new-password-fd", str(reader)], env=self.environment(), pass_fds=[reader], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE)
        os.close(reader)
        self.wait_until_open(first)
        done = self.call("info")
        self.assertEqual(done.returncode, 1, done.stderr)
        os.write(writer, b"four blue kettles\n")
        os.close(writer)
        self.assertEqual(first.wait(60), 0, first.stderr.read())
        first.stdout.close()
        first.stderr.close()
        self.json("info", password="four blue kettles")


if __name__ == "__main__":
    unittest.main()
