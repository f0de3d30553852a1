"""The custodian's password, a new recovery code, the recovery sheet, and keyslots.json damaged or gone."""

import json
import os
import random
import shutil
import subprocess
import time
import unittest

from xinqiao import ORGANISATION, PASSWORD, PROGRAM, SAMPLES, CliTest, DemoTest

CUSTODIAN = "k7vd-ws2x-9qpn-hj4m-tzae-83cf"
NEW = "four blue kettles"
TRIES = int(os.environ.get("XQ_TEST_RENEW_KILLS", "36"))


def pdf_text(path):
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return done.stdout


class Custodian(CliTest):
    def add(self, text=CUSTODIAN, **options):
        return self.json("password", "add-custodian", "--custodian-file", self.secret(text, "custodian"), **options)

    def test_opens(self):
        self.create()
        self.add()
        self.assertEqual(self.json("info")["slots"], ["password", "custodian"])
        done = self.call("--json", "info", password=CUSTODIAN)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["opened_by"], "custodian")
        self.assertIn("保管人", done.stderr, "it is said")
        opened = [row for row in self.json("audit", "list") if row["action"] == "vault_open"]
        self.assertEqual([row["detail"] for row in opened], [{"by": "custodian"}])

    def test_sets_a_new_password(self):
        self.create()
        self.add()
        self.json("password", "change", "--new-password-file", self.secret(NEW, "new"), password=CUSTODIAN)
        self.refuse(3, "info")
        self.json("info", password=NEW)
        self.json("info", password=CUSTODIAN)

    def test_replaced_and_removed(self):
        self.create()
        self.refuse(1, "password", "remove-custodian")
        self.add()
        self.add("rust kettle nine harbours")
        self.refuse(3, "info", password=CUSTODIAN)
        self.json("info", password="rust kettle nine harbours")
        self.json("password", "remove-custodian")
        self.refuse(3, "info", password="rust kettle nine harbours")
        self.assertEqual(self.json("info")["slots"], ["password"])

    def test_weak(self):
        self.create()
        self.refuse(1, "password", "add-custodian", "--custodian-file", self.secret("nine words", "custodian"))
        self.assertEqual(self.json("info")["slots"], ["password"])


class NewRecovery(CliTest):
    def opens(self, code):
        """Whether the code opens a copy of the vault as it lies there now."""
        copy = self.home / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.vault, copy)
        done = subprocess.run([str(PROGRAM), "--vault", str(copy), "recover", "--code-file", str(self.secret(code, "code")),
                               "--new-password-file", str(self.secret(NEW, "new"))], env=self.environment(), capture_output=True,
                              text=True, check=False)
        self.assertIn(done.returncode, (0, 3), done.stderr)
        return done.returncode == 0

    def test_new_code(self):
        old = self.create()["recovery_code"]
        self.json("import", "roster", SAMPLES / "roster-school.xlsx")
        before = self.json("info")
        trail = self.json("audit", "list")
        new = self.json("password", "new-recovery")
        self.assertEqual(set(new), {"vault", "recovery_code", "custodian"})
        self.assertRegex(new["recovery_code"], r"^([A-Z2-7]{4}-){13}[A-Z2-7]{4}$")
        self.assertNotEqual(new["recovery_code"], old)
        self.assertFalse(self.opens(old))
        self.assertTrue(self.opens(new["recovery_code"]))
        after = self.json("info")
        changed = {table for table, rows in after["rows"].items() if rows != before["rows"][table]}
        self.assertEqual(changed, {"audit", "audit_key"})
        self.assertEqual(self.json("audit", "list")[1:], trail, "the trail from before stands as it was")
        self.assertEqual(self.json("audit", "verify")["rows"], len(trail) + 1)
        self.assertEqual(self.json("check")["audit"], "ok")

    def test_old_database_is_gone(self):
        """No file of the folder opens with the old code, and none holds the old pages."""
        self.create()
        old = (self.vault / "vault.db").read_bytes()[:4096]
        self.json("password", "new-recovery")
        for path in self.vault.iterdir():
            self.assertNotIn(old, path.read_bytes(), path)

    def test_custodian(self):
        self.create()
        custodian = self.secret(CUSTODIAN, "custodian")
        self.json("password", "add-custodian", "--custodian-file", custodian)
        self.refuse(3, "password", "new-recovery", "--custodian-file", self.secret("another one of them", "wrong"))
        self.assertTrue(self.json("password", "new-recovery", "--custodian-file", custodian)["custodian"])
        self.json("info", password=CUSTODIAN)
        done = self.call("--json", "password", "new-recovery")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("add-custodian", done.stderr, "it is said that the slot must be made anew")
        self.refuse(3, "info", password=CUSTODIAN)

    def test_sheet(self):
        sheet = self.home / "sheet.pdf"
        code = self.json("create", "--name", ORGANISATION, "--sheet", sheet)["recovery_code"]
        text = pdf_text(sheet)
        for words in [ORGANISATION, "恢复单", "sqlcipher vault.db", "base32 -d", *code.split("-")]:
            self.assertIn(words, text)
        self.assertEqual(sheet.stat().st_mode & 0o077, 0)
        pages = subprocess.run(["pdfinfo", str(sheet)], capture_output=True, text=True, check=True).stdout
        self.assertRegex(pages, r"Pages: +1\n")
        self.refuse(1, "password", "new-recovery", "--sheet", sheet, saying=[str(sheet)])
        self.assertTrue(self.opens(code))
        second = self.home / "second.pdf"
        new = self.json("password", "new-recovery", "--sheet", second)["recovery_code"]
        self.assertIn(new.split("-")[13], pdf_text(second))

    def test_sheet_leads_in_without_the_program(self):
        """The three lines of the sheet, typed as it says, with the stock sqlcipher."""
        sheet = self.home / "sheet.pdf"
        code = self.json("create", "--name", ORGANISATION, "--sheet", sheet)["recovery_code"]
        lines = [line.strip() for line in pdf_text(sheet).splitlines()]
        first, second, third = (next(line for line in lines if line.startswith(start)) for start in ("printf", "sqlcipher", "PRAGMA"))
        digits = subprocess.run(["sh", "-c", first.replace("…", code)], capture_output=True, text=True, check=True).stdout
        self.assertRegex(digits, r"^[0-9a-f]{64}$")
        shell = subprocess.run(["sh", "-c", second], cwd=self.vault, capture_output=True, text=True, check=False,
                               input=third.replace("…", digits) + "\nSELECT name FROM organisation;\n")
        self.assertIn(ORGANISATION, shell.stdout, shell.stderr)

    def test_sheet_fits_on_a_page(self):
        """In every language, with a long name."""
        name = "江城市" + "经济技术开发区" * 3 + "第三实验中学附属学校心理健康教育中心"
        for language, title in (("zh_CN", "恢复单"), ("zh_TW", "復原單"), ("en", "Recovery sheet")):
            self.vault = self.home / language
            sheet = self.home / f"{language}.pdf"
            self.json("--lang", language, "create", "--name", name, "--sheet", sheet)
            pages = subprocess.run(["pdfinfo", str(sheet)], capture_output=True, text=True, check=True).stdout
            self.assertRegex(pages, r"Pages: +1\n", language)
            self.assertIn(title, pdf_text(sheet))

    def test_sheet_that_cannot_be_written(self):
        code = self.create()["recovery_code"]
        self.refuse(4, "password", "new-recovery", "--sheet", self.home / "nowhere" / "sheet.pdf")
        self.assertTrue(self.opens(code))


class Killed(DemoTest):
    students = 400

    def began(self, moment, slots):
        """Whether the work has come to @moment: begun, copying, or past the writing of both keys' slots."""
        if moment == "copying":
            return (self.vault / "vault.db.next").exists()
        return moment == "start" or (self.vault / "keyslots.json").stat().st_ino != slots

    def killed_after(self, command, moment, seconds):
        """Runs it and kills it so long after @moment; whether it was killed in time."""
        slots = (self.vault / "keyslots.json").stat().st_ino
        process = subprocess.Popen(command, env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not self.began(moment, slots):
            time.sleep(0.0005)
        time.sleep(seconds)
        process.kill()
        return process.wait() != 0

    def assert_nothing_lost(self, rows):
        """Whatever lies there now opens with the password and is whole; whether it has the new code."""
        now = self.json("info")
        renewed = now["rows"]["audit"] - rows["audit"]
        self.assertIn(renewed, (0, 1))
        self.assertEqual({**now["rows"], "audit": 0}, {**rows, "audit": 0})
        self.assertEqual(self.json("check"), {"cipher": "ok", "integrity": "ok", "foreign_keys": "ok", "audit": "ok", "dangling": 0})
        self.assertFalse((self.vault / "vault.db.next").exists())
        self.assertEqual(now["slots"], ["password"])
        return bool(renewed)

    def test_renewing(self):
        """kill -9 at random moments of a new recovery code: the password opens, nothing is lost, one of the two codes opens."""
        code = self.json("password", "new-recovery")["recovery_code"]
        clean = self.home / "clean"
        shutil.copytree(self.vault, clean)
        rows = self.json("info")["rows"]
        command = [str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.secret("demo")), "password", "new-recovery"]
        chance = random.Random(20261128)
        # How long to wait at most after each moment; it follows how busy the machine is, so that most are killed in time.
        patience = {"start": 1.0, "copying": 0.5, "slots": 0.02}
        seen = {"before": 0, "after": 0, "cut": 0, "copy left": 0, "slots of both": 0}
        for number in range(TRIES):
            shutil.rmtree(self.vault)
            shutil.copytree(clean, self.vault)
            moment = list(patience)[number % 3]
            cut = self.killed_after(command, moment, chance.uniform(0, patience[moment]))
            patience[moment] *= 1.15 if cut else 0.6
            seen["cut"] += cut
            seen["copy left"] += (self.vault / "vault.db.next").exists()
            seen["slots of both"] += len(json.loads((self.vault / "keyslots.json").read_text())["slots"]) == 2
            renewed = self.assert_nothing_lost(rows)
            seen["after" if renewed else "before"] += 1
            self.recover(code, 3 if renewed else 0)
        print(f"# {TRIES} kills: {seen}")
        self.assertGreater(seen["before"], 0)
        self.assertGreater(seen["cut"], TRIES // 3)

    def recover(self, code, expected):
        done = subprocess.run([str(PROGRAM), "--vault", str(self.vault), "recover", "--code-file", str(self.secret(code, "code")),
                               "--new-password-file", str(self.secret(NEW, "new"))], env=self.environment(), capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, expected, done.stderr)


class Keyslots(CliTest):
    HARMS = {
        "missing": lambda path: path.unlink(),
        "cut": lambda path: path.write_bytes(path.read_bytes()[:200]),
        "garbage": lambda path: path.write_bytes(bytes(range(256)) * 3),
        "empty": lambda path: path.write_bytes(b""),
    }

    def test_first_file(self):
        self.create()
        first = self.vault / "keyslots.json"
        for name, harm in self.HARMS.items():
            with self.subTest(name):
                harm(first)
                done = self.call("--json", "info")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("keyslots.json", done.stderr, "it is said what was found")
                self.assertEqual(first.read_bytes(), (self.vault / "keyslots.json.bak").read_bytes())
                self.assertEqual(self.call("--json", "info").stderr, "")
        mended = [row["detail"]["found"] for row in self.json("audit", "list") if row["action"] == "keyslots_mend"]
        self.assertEqual(sorted(mended), ["damaged", "damaged", "damaged", "missing"])

    def test_both_files(self):
        code = self.create()["recovery_code"]
        for name, harm in self.HARMS.items():
            with self.subTest(name):
                harm(self.vault / "keyslots.json")
                harm(self.vault / "keyslots.json.bak")
                self.refuse(3, "info", saying=["keyslots.json"])
                done = self.call("--json", "recover", "--code-file", self.secret(code, "code"), "--new-password-file",
                                 self.secret(NEW, "new"), password=None)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("keyslots.json", done.stderr, "it is said what was found")
                self.json("info", password=NEW)


class Pipes(CliTest):
    """A pipe lies where a file should be: nobody waits for its other end."""

    def opens_beside_a_pipe(self, name, *arguments):
        path = self.vault / name
        path.unlink(missing_ok=True)
        os.mkfifo(path)
        command = [str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.secret(PASSWORD)), "--json", *arguments]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False, timeout=60)

    def test_opening(self):
        self.create()
        for name in ("keyslots.json", "keyslots.json.bak", "attempts.json"):
            done = self.opens_beside_a_pipe(name, "info")
            self.assertEqual(done.returncode, 0, f"{name}: {done.stderr}")
            if name.startswith("keyslots"):
                self.assertTrue((self.vault / name).is_file(), f"{name} was written anew")

    def test_wrong_password(self):
        self.create()
        os.mkfifo(self.vault / "attempts.json")
        command = [str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.secret("another one", "wrong")), "info"]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(done.returncode, 3, done.stderr)

    def test_password_change(self):
        self.create()
        done = self.opens_beside_a_pipe("keyslots.json.new", "password", "change", "--new-password-file", str(self.secret(NEW, "new")))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.json("info", password=NEW)

    def test_backup(self):
        self.create()
        (self.home / "stick").mkdir()
        file = self.home / "stick" / "one.xqbackup"
        done = self.opens_beside_a_pipe("keyslots.json.bak", "backup", "create", str(file))
        self.assertEqual(done.returncode, 0, done.stderr)


class Room(CliTest):
    """A disk with too little room for the copy, made in a mount namespace of its own."""

    SCRIPT = """
import ctypes, os, shutil, subprocess, sys
disk, vault, program, *command = sys.argv[1:]
size = sum(os.path.getsize(os.path.join(vault, name)) for name in os.listdir(vault)) // 1024 + 600
if ctypes.CDLL(None, use_errno=True).mount(b"tmpfs", disk.encode(), b"tmpfs", 0, f"size={size}k".encode()) != 0:
    sys.exit(f"no small disk: {ctypes.get_errno()}")
shutil.copytree(vault, disk + "/vault")
done = subprocess.run([program, "--vault", disk + "/vault", *command, "password", "new-recovery"], capture_output=True, text=True)
print("exit", done.returncode, done.stderr)
print(sorted(os.listdir(disk + "/vault")))
print(subprocess.run([program, "--vault", disk + "/vault", *command, "--json", "check"], capture_output=True, text=True).stdout)
"""

    def test_too_little(self):
        self.create()
        disk = self.home / "disk"
        disk.mkdir()
        done = subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "python3", "-c", self.SCRIPT, str(disk), str(self.vault),
                               str(PROGRAM), "--password-file", str(self.secret(PASSWORD))], env=self.environment(), capture_output=True,
                              text=True, check=False)
        self.assertIn("exit 4", done.stdout, done.stdout + done.stderr)
        self.assertIn("什么都没有改动", done.stdout)
        self.assertNotIn("vault.db.next", done.stdout)
        self.assertIn('"audit" : "ok"', done.stdout)


if __name__ == "__main__":
    unittest.main()
