"""Paper shares in the window: made in the settings, each read back, then two of them typed where the password is lost."""

import json
import os
import re
import subprocess
import time
import unittest

import memory
from harness import CLI, WindowTest, tearDownModule  # noqa: F401  (the runner calls tearDownModule)

PASSWORD = "trustno1 but me"
NEW = "another three words"
HOLDERS = ("The psychology teacher", "The principal", "The sealed envelope")


def lines_of(groups):
    return [" ".join(groups[start:start + 4]) for start in range(0, 16, 4)]


class Shares(WindowTest):
    def setUp(self):
        super().setUp()
        self.vault = self.make_vault(password=PASSWORD)

    def cli(self, *arguments, password=PASSWORD):
        secret = self.home / "secret"
        secret.write_text(password + "\n", encoding="utf-8")
        done = subprocess.run([str(CLI), "--json", "--vault", str(self.vault), "--password-file", str(secret), *map(str, arguments)],
                              env={**os.environ, "XINQIAO_KDF": "minimum"}, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def print_shares(self):
        """By the command line; the shares as they stand in the PDFs, each a list of its sixteen groups."""
        papers = [self.home / f"share-{len(list(self.home.glob('share-*')))}-{number}.pdf" for number in (1, 2, 3)]
        self.cli("shares", "print", *papers)
        texts = [subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True).stdout for paper in papers]
        return [re.findall(r"\b[A-Z2-7]{4}\b", text)[:16] for text in texts]

    def settings(self):
        app = self.start("--vault", self.vault, "--page", "settings")
        self.unlock(app, PASSWORD)
        return app

    def begin(self, app, password=PASSWORD):
        app.click("button", "Make Shares…")
        app.find("password text", "Your own password").set_text(password)
        app.screenshot("shares-begin")
        app.click("button", "Make Three Shares")

    def groups(self, app, number):
        app.wait("label", f"Share {number} of 3 · {HOLDERS[number - 1]}")
        cells = dict(cell.name.split() for cell in app.find_all("table cell"))
        self.assertEqual(len(cells), 16)
        return [cells[str(position)] for position in range(1, 17)]

    def confirm(self, app, groups):
        app.click("button", "I Have It on Paper")
        rows = app.until(lambda: len(found := app.find_all("text", lambda name: name.startswith("Group"))) == 2 and found,
                         "the two groups to type")
        for row in rows:
            row.set_text(groups[int(re.search(r"\d+", row.name)[0]) - 1].lower())
        app.click("button", "Continue")

    def test_made_and_read_back(self):
        app = self.settings()
        app.wait("label", lambda name: name.startswith("None. Three sheets"))
        self.begin(app, "not this one")
        app.wait("alert", lambda name: name.startswith("The password is not right"))
        self.assertEqual(self.cli_beside("shares", "status")["state"], "none")
        app.find("password text", "Your own password").set_text(PASSWORD)
        app.click("button", "Make Three Shares")
        shares = []
        for number in (1, 2, 3):
            groups = self.groups(app, number)
            shares.append(groups)
            app.screenshot(f"share-{number}")
            paper = self.home / f"paper-{number}.pdf"
            app.answer_file(paper)
            app.click("button", "Save as PDF…")
            app.wait("label", lambda name: name.startswith("Saved."))
            text = subprocess.run(["pdftotext", str(paper), "-"], capture_output=True, text=True, check=True).stdout
            for group in groups:
                self.assertIn(group, text)
            self.assertEqual(paper.stat().st_mode & 0o077, 0)
            self.confirm(app, groups)
        app.wait("label", lambda name: name.startswith("Set 1, made on"))
        app.screenshot("shares-made")
        for groups in shares:
            self.assertNotIn(groups[7], app.outline())
        self.assertQuiet(app)
        app.stop()
        self.assertEqual(self.cli("shares", "status")["state"], "valid")

        again = self.start("--vault", self.vault)
        again.click("button", "Forgot Password…")
        again.click("button", "Two Paper Shares Instead")
        self.type_shares(again, shares[2], shares[0])
        again.screenshot("shares-typed")
        self.assertEqual(self.found(again, [lines_of(shares[2])[1].lower()]), {lines_of(shares[2])[1].lower()})
        self.set_password(again)
        again.wait("list", "Pages")
        time.sleep(1)
        typed = {line.lower() for share in (shares[2], shares[0]) for line in lines_of(share)}
        self.assertEqual(self.found(again, typed), set())
        self.assertQuiet(again)
        again.stop()
        self.assertEqual(self.cli("audit", "list", password=NEW)[0]["detail"], {"set": 1, "first": 3, "second": 1})

    def cli_beside(self, *arguments):
        """The window has the vault: a copy of it is asked."""
        copy = self.home / "copy"
        subprocess.run(["rm", "-rf", str(copy)], check=True)
        subprocess.run(["cp", "-r", str(self.vault), str(copy)], check=True)
        kept, self.vault = self.vault, copy
        try:
            return self.cli(*arguments)
        finally:
            self.vault = kept

    def type_shares(self, app, first, second):
        for name, share in (("First share", first), ("Second share", second)):
            for number, line in enumerate(lines_of(share), 1):
                app.find("text", f"{name}, line {number}").set_text(line.lower())

    def set_password(self, app):
        app.find("password text", "New password").set_text(NEW)
        app.find("password text", "The new password once more").set_text(NEW)
        app.click("button", "Set the New Password and Open")

    def found(self, app, texts):
        """Which of @texts lie in the program's memory."""
        places = memory.find(app.process.pid, {text: memory.spellings(text) for text in texts})
        return {text for text, there in places.items() if there}

    def test_given_up_half_way(self):
        """A lock between the sheets: what was begun is told by the status, and nothing of a share is left in the memory."""
        app = self.settings()
        self.begin(app)
        first = self.groups(app, 1)
        self.confirm(app, first)
        second = self.groups(app, 2)
        texts = {"-".join(share[start:start + 4]) for share in (first, second) for start in range(0, 16, 4)}
        self.assertEqual(self.found(app, texts), texts, "the scan finds what is there")
        app.key("ctrl+l")
        app.wait("password text", "Password")
        time.sleep(1)  # until the last worker has let go
        self.assertEqual(self.found(app, texts), set())
        for group in (*first[4:], *second[4:]):
            self.assertNotIn(group, app.outline())
        self.unlock(app, PASSWORD)
        app.key("ctrl+comma")
        app.wait("label", lambda name: name.startswith("Begun on"))
        self.assertQuiet(app)
        app.stop()
        self.assertEqual(self.cli("shares", "status")["state"], "unfinished")

    def test_mistakes_are_said_beside_the_line(self):
        earlier = self.print_shares()
        shares = self.print_shares()
        app = self.start("--vault", self.vault)
        app.click("button", "Forgot Password…")
        app.click("button", "Two Paper Shares Instead")
        self.type_shares(app, shares[0], shares[1])
        third = app.find("text", "Second share, line 3")
        right = lines_of(shares[1])[2]
        wrong = right[:6] + ("A" if right[6] != "A" else "C") + right[7:]
        third.set_text(wrong)
        app.wait("alert", lambda name: name.startswith("Line 3 differs from the paper"))
        app.screenshot("share-mistyped")
        self.assertFalse(app.find("button", "Set the New Password and Open").sensitive)
        third.set_text(right)
        app.wait_gone("alert", lambda name: name.startswith("Line 3 differs"))
        self.type_shares(app, shares[0], shares[0])
        app.wait("alert", lambda name: name.startswith("Both are share 1"))
        self.type_shares(app, shares[0], earlier[1])
        app.wait("alert", lambda name: name.startswith("The two shares were not made together: one is of set 2, the other of set 1"))
        app.screenshot("shares-of-two-sets")
        self.assertQuiet(app)

    def test_void_after_a_new_code(self):
        shares = self.print_shares()
        self.cli("password", "new-recovery")
        app = self.start("--vault", self.vault)
        app.click("button", "Forgot Password…")
        app.click("button", "Two Paper Shares Instead")
        self.type_shares(app, shares[0], shares[1])
        self.set_password(app)
        app.wait("alert", lambda name: "a new recovery code has made them void" in name)
        app.screenshot("shares-void")
        self.assertQuiet(app)
        app.stop()
        again = self.settings()
        again.wait("label", lambda name: name.startswith("Void since the new recovery code"))
        again.stop()

    def test_backup_opened_with_shares(self):
        shares = self.print_shares()
        backup = self.home / "vault.xqbackup"
        self.cli("backup", "create", backup)
        self.cli("password", "new-recovery")
        app = self.start("--vault", self.home / "nowhere")
        app.click("button", "Restore a Backup…")
        app.answer_file(backup)
        app.click("button", "Choose…")
        app.click("check box", lambda name: "paper shares instead" in name)
        self.type_shares(app, shares[1], shares[2])
        app.screenshot("restore-with-shares")
        app.click("button", "Open the Backup")
        app.wait("label", "江城市第三中学")
        app.click("button", "Restore and Open")
        app.wait("list", "Pages")
        self.assertQuiet(app)


if __name__ == "__main__":
    unittest.main()
