"""What must not be lost, and what must not be seen."""

import os
import pathlib
import random
import shutil
import subprocess
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
    def put_in(self):
        """Names, codes and notes that are to be found nowhere."""
        table = self.home / "roster.csv"
        table.write_text("学号,姓名,班级,家长姓名,家长电话,备注\n" + "".join(
            f"ZQX{number},钟离瑾瑜{number},七年级1班,钟离守仁{number},1230000{number:04d},KEEPTHISSECRET{number}\n" for number in range(300)),
            encoding="utf-8")
        self.json("import", "roster", table)
        self.json("warnings", "report", "ZQX1", "--level", "2", "--text", "KEEPTHISSECRET note")
        table.unlink()

    def test_no_name_in_any_file(self):
        self.create()
        self.put_in()
        needles = [text.encode(code) for text in ("钟离瑾瑜", "钟离守仁", "ZQX1", "KEEPTHISSECRET", "zhong li jin yu", PASSWORD)
                   for code in ("utf-8", "utf-16-le", "gb18030")]
        process = subprocess.Popen([str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.secret(PASSWORD)), "people",
                                    "list"], env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdout.read(1)
        self._look(needles)  # while it is open, with its WAL
        process.communicate()
        self._look(needles)

    def _look(self, needles):
        files = [path for path in self.home.rglob("*") if path.is_file() and path.name != "secret"]
        self.assertIn("vault.db", [path.name for path in files])
        for path in files:
            body = path.read_bytes()
            for needle in needles:
                self.assertNotIn(needle, body, path)

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
set -e
mount -t tmpfs -o size={size}k tmpfs "$1"
cp -r "$2" "$1/vault"
shift 2
set +e
"$@"
echo "exit $?"
rm -f "$FILLER"
"$PROGRAM" --vault "$VAULT" --password-file "$SECRET" --json info
"$PROGRAM" --vault "$VAULT" --password-file "$SECRET" --json audit verify
"""

    def on_small_disk(self, size, *arguments):
        disk = self.home / "disk"
        disk.mkdir(exist_ok=True)
        secret = self.secret(PASSWORD)
        vault = disk / "vault"
        environment = self.environment(PROGRAM=str(PROGRAM), VAULT=str(vault), SECRET=str(secret), FILLER=str(disk / "filler"))
        return subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", self.SCRIPT.format(size=size), "sh",
                               str(disk), str(self.vault), str(PROGRAM), "--vault", str(vault), "--password-file", str(secret), *arguments],
                              env=environment, capture_output=True, text=True, check=False)

    def test_full_disk(self):
        self.create()
        size = sum(path.stat().st_size for path in self.vault.rglob("*")) // 1024
        done = self.on_small_disk(size + 300, "import", "roster", str(SAMPLES / "roster-school.xlsx"))
        self.assertIn("exit 4", done.stdout, done.stdout + done.stderr)
        self.assertIn('"person" : 0', done.stdout, "nothing is half there")
        self.assertIn('"audit" : "ok"', done.stdout)

    def test_full_disk_for_a_workbook(self):
        self.create()
        self.json("import", "roster", SAMPLES / "roster-school.xlsx")
        size = sum(path.stat().st_size for path in self.vault.rglob("*")) // 1024
        target = self.home / "disk" / "out.xlsx"
        done = self.on_small_disk(size + 164, "report", "run", "bureau-term", "--pdf", str(target), "--xlsx", str(target))
        self.assertRegex(done.stdout, "exit [04]", done.stderr)


class Alone(CliTest):
    def test_two_at_once(self):
        """While one has the vault open, another is refused and told why."""
        self.create()
        reader, writer = os.pipe()
        first = subprocess.Popen([str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.secret(PASSWORD)), "password", "change",
                                  "--new-password-fd", str(reader)], env=self.environment(), pass_fds=[reader], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE)
        os.close(reader)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            done = self.call("info")
            if done.returncode == 1:
                break
            time.sleep(0.05)
        self.assertEqual(done.returncode, 1, done.stderr)
        os.write(writer, b"four blue kettles\n")
        os.close(writer)
        self.assertEqual(first.wait(60), 0, first.stderr.read())
        first.stdout.close()
        first.stderr.close()
        self.json("info", password="four blue kettles")


if __name__ == "__main__":
    unittest.main()
