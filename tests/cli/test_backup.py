"""Backups on the command line: what they answer, how they refuse, and what is there while others write."""

import os
import pathlib
import random
import subprocess
import time
import unittest

from xinqiao import ORGANISATION, PASSWORD, PROGRAM, SAMPLES, CliTest, DemoTest

TRIES = int(os.environ.get("XQ_TEST_BACKUP_KILLS", "20"))
DATABASE_OFFSET = 131072


class Commands(DemoTest):
    def setUp(self):
        super().setUp()
        self.stick = self.home / "stick"
        self.stick.mkdir()
        self.file = self.stick / "one.xqbackup"

    def test_create_verify_restore(self):
        before = self.json("info")
        made = self.json("backup", "create", self.file)
        self.assertEqual(made["file"], str(self.file))
        self.assertEqual(made["bytes"], self.file.stat().st_size)
        self.assertEqual(made["audit_head"], before["audit_head"])
        self.assertEqual(made["total"], sum(before["rows"].values()))
        self.assertIsNotNone(made["verified_at"])

        seen = self.json("backup", "verify", self.file, vault=False)
        self.assertTrue(seen["verified"])
        self.assertEqual(seen["name"], ORGANISATION)
        self.assertEqual(seen["rows"], before["rows"])
        self.assertEqual(seen["schema"], before["schema"])

        target = self.home / "again"
        restored = self.json("backup", "restore", self.file, target, vault=False)
        self.assertEqual(restored["vault"], str(target))
        self.assertIsNone(restored["old"])
        after = self.json("--vault", target, "info", vault=False)
        kept = {table: rows for table, rows in after["rows"].items() if table not in ("audit", "backup")}
        self.assertEqual(kept, {table: rows for table, rows in before["rows"].items() if table not in ("audit", "backup")})
        self.assertEqual(self.json("--vault", target, "check", vault=False)["audit"], "ok")
        actions = [row["action"] for row in self.json("--vault", target, "audit", "list", "--limit", "3", vault=False)]
        self.assertIn("backup_restore", actions)
        self.assertIn("backup", [row["action"] for row in self.json("audit", "list", "--limit", "3")])

    def test_restore_never_over_a_vault(self):
        self.json("backup", "create", self.file)
        self.refuse(1, "backup", "restore", self.file, self.vault, vault=False)
        restored = self.json("backup", "restore", self.file, self.vault, "--replace", vault=False)
        old = pathlib.Path(restored["old"])
        self.assertEqual(old.parent, self.vault.parent)
        self.assertTrue((old / "vault.db").exists())
        self.assertEqual(self.json("--vault", old, "check", vault=False)["integrity"], "ok")

    def test_rotation_form(self):
        self.assertEqual(self.json("backup", "folder", self.stick)["present"], True)
        for day in (8, 9, 12, 15, 16, 17, 18, 19, 20, 21):
            self.now = f"2026-11-{day:02}T08:00:00"
            self.json("backup", "create", "--folder", self.stick)
        listed = self.json("backup", "list")
        names = [pathlib.Path(row["file"]).name for row in listed]
        # Seven days, and the Sunday of the week before.
        self.assertEqual(names, [f"心桥备份-2026-11-{day:02}-0800.xqbackup" for day in (21, 20, 19, 18, 17, 16, 15, 8)])
        self.assertTrue(all(row["own"] and row["rotates"] for row in listed))
        self.assertFalse(self.json("backup", "folder")["due"])

    def test_names_in_english(self):
        self.language = "en_US"
        made = self.json("--lang", "en", "backup", "create", "--folder", self.stick)
        self.assertEqual(pathlib.Path(made["file"]).name, "xinqiao-backup-2026-11-23-0900.xqbackup")

    def test_drill(self):
        self.json("backup", "folder", self.stick)
        self.refuse(1, "backup", "drill")
        made = self.json("backup", "create")
        self.now = "2026-12-24T08:00:00"
        self.assertTrue(self.json("backup", "folder")["drill_due"])
        slip = self.home / "slip.pdf"
        drill = self.json("backup", "drill", "--pdf", slip)
        self.assertEqual(drill["audit_head"], made["audit_head"])
        self.assertEqual(drill["age_days"], 31)
        self.assertEqual(drill["next_on"], "2027-01-24")
        text = subprocess.run(["pdftotext", "-layout", str(slip), "-"], capture_output=True, text=True, check=True).stdout
        for word in ("备份有效", made["audit_head"], ORGANISATION, str(made["total"])):
            self.assertIn(word, text)
        self.assertFalse(self.json("backup", "folder")["drill_due"])

    def test_refusals(self):
        self.refuse(1, "backup", "create")
        self.refuse(2, "backup", "create", self.file, "--folder", self.stick)
        self.refuse(4, "backup", "create", self.home / "no" / "such.xqbackup", saying=["U 盘"])
        self.json("backup", "create", self.file)
        self.refuse(1, "backup", "create", self.file)
        self.refuse(3, "backup", "verify", self.file, vault=False, password="not this one")
        self.refuse(1, "backup", "verify", self.vault / "vault.db", vault=False)
        body = bytearray(self.file.read_bytes())
        body[-5000] ^= 1
        self.file.write_bytes(body)
        self.refuse(3, "backup", "verify", self.file, vault=False)
        self.refuse(3, "backup", "restore", self.file, self.home / "again", vault=False)
        self.assertEqual([path.name for path in self.home.iterdir() if path.name.startswith("again")], [])

    def test_while_another_process_has_it(self):
        """A vault that is held by an import is saved all the same; nothing but a backup may be done beside."""
        table = self.home / "roster.csv"
        table.write_text("学号,姓名,班级\n" + "".join(f"{number},张伟,七年级1班\n" for number in range(2000000000, 2000020000)),
                         encoding="utf-8")
        importing = subprocess.Popen([str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.secret("demo")), "import",
                                      "roster", str(table)], env=self.environment(), stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL)
        made, busy = [], False
        people = self.made["people"]
        lock = self.vault / "lock"
        while importing.poll() is None and (not lock.exists() or lock.read_text(encoding="utf-8").strip() != str(importing.pid)):
            time.sleep(0.01)  # else one of those below might have the vault first, and the import would be the one that waits
        while importing.poll() is None:
            busy = busy or self.call("info", password="demo").returncode == 1
            file = self.stick / f"{len(made)}.xqbackup"
            if self.call("backup", "create", file, password="demo").returncode == 0:
                made.append(file)
        self.assertEqual(importing.returncode, 0)
        self.assertTrue(made)
        for file in made:
            rows = self.json("backup", "verify", file, vault=False)["rows"]
            self.assertIn(rows["person"], (people, people + 20000), "all of the import or nothing of it")
        self.assertTrue(busy, "others were told that it is open")

    def test_killed(self):
        """kill -9 at any moment: what is called a backup is one, and the vault is unharmed."""
        command = [str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.secret("demo")), "backup", "create",
                   "--folder", str(self.stick)]
        began = time.monotonic()
        subprocess.run(command, env=self.environment(), check=True, capture_output=True)
        whole = time.monotonic() - began
        chance = random.Random(20261128)
        for number in range(TRIES):
            self.now = f"2026-11-24T{number // 60:02}:{number % 60:02}:00"
            process = subprocess.Popen(command, env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(whole * chance.uniform(0.1, 1.05))
            process.kill()
            process.wait()
            for file in self.stick.glob("*.xqbackup"):
                self.assertTrue(self.json("backup", "verify", file, vault=False)["verified"])
        self.assertEqual(self.json("check")["integrity"], "ok")
        self.now = "2026-11-25T08:00:00"
        self.json("backup", "create", "--folder", self.stick)
        self.assertEqual(list(self.stick.glob("*.part")), [])


class NewCode(CliTest):
    """Backups from before a new recovery code, and from after it, in one folder."""

    def setUp(self):
        super().setUp()
        self.stick = self.home / "stick"
        self.stick.mkdir()
        self.old_code = self.create()["recovery_code"]
        self.before = self.json("backup", "create", "--folder", self.stick)["file"]
        self.new_code = self.json("password", "new-recovery")["recovery_code"]
        self.now = "2026-11-23T10:00:00"
        self.after = self.json("backup", "create", "--folder", self.stick)["file"]

    def by_code(self, code, *arguments):
        return ("backup", *arguments, "--code-file", self.secret(code, "code"))

    def test_list(self):
        listed = {row["file"]: (row["own"], row["other_code"], row["rotates"]) for row in self.json("backup", "list", "--folder", self.stick)}
        self.assertEqual(listed, {self.before: (False, True, False), self.after: (True, False, True)})

    def test_verify_and_restore(self):
        for file, code, other in ((self.before, self.old_code, self.new_code), (self.after, self.new_code, self.old_code)):
            self.assertTrue(self.json(*self.by_code(code, "verify", file), vault=False, password=None)["verified"])
            self.assertTrue(self.json("backup", "verify", file, vault=False)["verified"])
            self.refuse(3, *self.by_code(other, "verify", file), vault=False, password=None, saying=["制作备份时有效的"])
            target = self.home / pathlib.Path(file).stem
            self.json(*self.by_code(code, "restore", file, target), vault=False, password=None)
            self.assertEqual(self.json("--vault", target, "check", vault=False)["audit"], "ok")

    def test_drill(self):
        self.json("backup", "folder", self.stick)
        self.assertEqual(self.json("backup", "drill")["file"], self.after)
        self.refuse(3, "backup", "drill", self.before, saying=["另一份恢复码"])


class Hostages(CliTest):
    def test_without_this_program(self):
        """tail and the stock sqlcipher open a backup with the recovery code, as the README says."""
        code = self.create()["recovery_code"]
        file = self.home / "one.xqbackup"
        self.json("backup", "create", file)
        head = file.read_bytes()[:4096].decode("utf-8", "strict")
        self.assertIn(f"tail -c +{DATABASE_OFFSET + 1} ", head)
        taken = self.home / "vault.db"
        with taken.open("wb") as output:
            subprocess.run(["tail", "-c", f"+{DATABASE_OFFSET + 1}", str(file)], stdout=output, check=True)
        key = subprocess.run(f"printf %s '{code}' | tr -d '-' | sed 's/$/========/' | base32 -di 2>/dev/null | head -c 32 | od -An -tx1"
                             " | tr -d ' \\n'", shell=True, capture_output=True, text=True, check=True).stdout
        self.assertEqual(len(key), 64)
        shell = subprocess.run(["sqlcipher", str(taken)], capture_output=True, text=True, check=False,
                               input=f"PRAGMA key = \"x'{key}'\";\nSELECT name FROM organisation;\n")
        self.assertIn(ORGANISATION, shell.stdout, shell.stderr)

    def test_recovery_code(self):
        code = self.create()["recovery_code"]
        file = self.home / "one.xqbackup"
        self.json("backup", "create", file)
        words = self.secret(code, "code")
        self.assertTrue(self.json("backup", "verify", file, "--code-file", words, vault=False, password=None)["verified"])
        restored = self.json("backup", "restore", file, self.home / "again", "--code-file", words, vault=False, password=None)
        self.assertEqual(restored["name"], ORGANISATION)
        self.assertEqual(self.json("--vault", self.home / "again", "info", vault=False)["organisations"][0]["name"], ORGANISATION)

    def test_no_name_in_it(self):
        self.create()
        self.json("import", "roster", SAMPLES / "roster-school.xlsx")
        file = self.home / "one.xqbackup"
        self.json("backup", "create", file)
        body = file.read_bytes()
        for word in (ORGANISATION, "七年级", PASSWORD, "person", "SQLite"):
            self.assertNotIn(word.encode(), body)


if __name__ == "__main__":
    unittest.main()
