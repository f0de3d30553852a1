"""What opens the vault, in the window: the custodian's password, a new recovery code, keyslots.json damaged or gone."""

import json
import os
import re
import shutil
import subprocess
import unittest

from harness import CLI, WindowTest, tearDownModule  # noqa: F401  (the runner calls tearDownModule)

PASSWORD = "trustno1 but me"
PROPOSAL = re.compile(r"^([a-z2-9]{4}-){5}[a-z2-9]{4}$")


class Keys(WindowTest):
    def setUp(self):
        super().setUp()
        self.vault = self.make_vault(password=PASSWORD)

    def cli(self, *arguments, password=PASSWORD, code=0):
        secret = self.home / "secret"
        secret.write_text(password + "\n", encoding="utf-8")
        done = subprocess.run([str(CLI), "--json", "--vault", str(self.vault), "--password-file", str(secret), *map(str, arguments)],
                              env={**os.environ, "XINQIAO_KDF": "minimum"}, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout) if code == 0 else None

    def settings(self, **options):
        app = self.start("--vault", self.vault, "--page", "settings", **options)
        self.unlock(app, PASSWORD)
        return app

    def set_custodian(self, app):
        app.click("button", "Set…")
        proposal = app.wait("label", lambda name: PROPOSAL.match(name)).name
        own = app.find("password text", "Your own password")
        app.find("text", "Type it from the paper").set_text("aaaa-bbbb")
        own.set_text(PASSWORD)
        app.click("button", "Set the Custodian's Password")
        app.wait("alert", lambda name: name.startswith("What was typed differs"))
        app.screenshot("custodian")
        app.find("text", "Type it from the paper").set_text(proposal.upper().replace("-", " "))
        app.click("button", "Set the Custodian's Password")
        app.wait("label", lambda name: name.startswith("Set: the sealed paper"))
        return proposal

    def test_custodian(self):
        app = self.settings()
        proposal = self.set_custodian(app)
        app.screenshot("settings-keys")
        app.stop()

        again = self.start("--vault", self.vault)
        again.find("password text").set_text(proposal)
        again.click("button", "Open")
        again.wait("label", "Opened by the Custodian")
        again.screenshot("custodian-notice")
        again.click("button", "Set a New Password…")
        again.find("password text", "Present password").set_text(proposal)
        again.find("password text", "New password").set_text("another three words")
        again.find("password text", "The new password once more").set_text("another three words")
        again.click("button", "Change")
        again.wait_gone("password text", "Present password")
        self.assertQuiet(again)
        again.stop()
        self.cli("info", code=3)
        self.assertEqual(self.cli("info", password="another three words")["slots"], ["password", "custodian"])

        third = self.start("--vault", self.vault, "--page", "settings")
        self.unlock(third, "another three words")
        third.click("button", "Remove…")
        third.find("password text", "Your own password").set_text("another three words")
        third.click("button", "Remove the Custodian's Password")
        third.wait("label", lambda name: name.startswith("None: only you"))
        third.stop()
        self.cli("info", password=proposal, code=3)

    def begin_renewing(self, app):
        app.click("button", "New Code…")
        app.find("password text", "Your own password").set_text(PASSWORD)
        app.screenshot("renew-passwords")
        app.click("button", "Make a New Code")
        app.wait("button", "I Have It on Paper")
        app.screenshot("renew-sheet")
        return dict(cell.name.split() for cell in app.find_all("table cell"))

    def confirm(self, app, groups):
        app.click("button", "I Have It on Paper")
        rows = app.until(lambda: len(found := app.find_all("text", lambda name: name.startswith("Group"))) == 2 and found,
                         "the two groups to type")
        for row in rows:
            row.set_text(groups[re.search(r"\d+", row.name)[0]].lower())
        app.click("button", "Continue")

    def opens(self, code):
        """Whether @code opens a copy of the vault."""
        copy = self.home / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.vault, copy)
        (self.home / "code").write_text(code + "\n", encoding="utf-8")
        (self.home / "new").write_text("one two three four\n", encoding="utf-8")
        done = subprocess.run([str(CLI), "--vault", str(copy), "recover", "--code-file", str(self.home / "code"), "--new-password-file",
                               str(self.home / "new")], env={**os.environ, "XINQIAO_KDF": "minimum"}, capture_output=True, check=False)
        return done.returncode == 0

    def test_new_recovery_code(self):
        old = self.cli("password", "new-recovery")["recovery_code"]
        app = self.settings()
        groups = self.begin_renewing(app)
        sheet = self.home / "sheet.pdf"
        app.answer_file(sheet)
        app.click("button", "Save as PDF…")
        app.wait("label", lambda name: name.startswith("Saved."))
        text = subprocess.run(["pdftotext", str(sheet), "-"], capture_output=True, text=True, check=True).stdout
        for group in groups.values():
            self.assertIn(group, text)
        self.assertTrue(self.opens(old), "the old one holds until the sheet was read")
        self.confirm(app, groups)
        app.wait("label", "The New Code Holds")
        app.screenshot("renewed")
        app.click("button", "OK")
        app.wait("list", "Pages")
        self.assertQuiet(app)
        app.stop()
        self.assertFalse(self.opens(old))
        self.assertTrue(self.opens("-".join(groups[str(number)] for number in range(1, 15))))
        self.assertEqual(self.cli("check")["audit"], "ok")

    def test_renewing_fails(self):
        """What lies in the way of the copy is an error; the vault is open again, under the old code."""
        old = self.cli("password", "new-recovery")["recovery_code"]
        app = self.settings()
        groups = self.begin_renewing(app)
        (self.vault / "vault.db.next").mkdir()
        self.confirm(app, groups)
        app.wait("label", "The Old Code Holds")
        app.screenshot("not-renewed")
        app.click("button", "OK")
        app.wait("list", "Pages")
        self.assertQuiet(app)
        app.stop()
        self.assertTrue(self.opens(old))

    def test_renewing_cancelled(self):
        """With keys as dear as they are for a user there is time to change one's mind."""
        old = self.cli("password", "new-recovery")["recovery_code"]
        app = self.settings(environment={"XINQIAO_KDF": "measured"})
        groups = self.begin_renewing(app)
        self.confirm(app, groups)
        app.click("button", "Cancel")
        app.wait("label", "The Old Code Holds")
        app.click("button", "OK")
        app.wait("list", "Pages")
        self.assertQuiet(app)
        app.stop()
        self.assertFalse((self.vault / "vault.db.next").exists())
        self.assertTrue(self.opens(old))

    def test_sheet_given_up(self):
        """A lock while the sheet is on screen: nothing has changed, and the code is gone from the window."""
        old = self.cli("password", "new-recovery")["recovery_code"]
        app = self.settings()
        groups = self.begin_renewing(app)
        app.key("ctrl+l")
        app.wait("password text", "Password")
        for group in groups.values():
            self.assertNotIn(group, app.outline())
        self.unlock(app, PASSWORD)
        app.stop()
        self.assertTrue(self.opens(old))

    def test_wrong_password_makes_no_sheet(self):
        app = self.settings()
        app.click("button", "New Code…")
        app.find("password text", "Your own password").set_text("not this one")
        app.click("button", "Make a New Code")
        app.wait("alert", lambda name: name.startswith("The password is not right"))
        self.assertFalse(app.has("button", "I Have It on Paper"))
        self.assertQuiet(app)


class Damaged(WindowTest):
    def code_of(self, vault):
        """A new code of the vault, since its first one was shown to nobody."""
        secret = self.home / "password"
        done = subprocess.run([str(CLI), "--json", "--vault", str(vault), "--password-file", str(secret), "password", "new-recovery"],
                              env={**os.environ, "XINQIAO_KDF": "minimum"}, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)["recovery_code"]

    def test_copy_stands_in(self):
        vault = self.make_vault(password=PASSWORD)
        (vault / "keyslots.json").write_text("{", encoding="utf-8")
        app = self.start("--vault", vault)
        app.wait("alert", lambda name: "keyslots.json” is damaged" in name)
        app.screenshot("keyslots-damaged")
        self.unlock(app, PASSWORD)
        self.assertQuiet(app)
        app.stop()
        self.assertEqual((vault / "keyslots.json").read_bytes(), (vault / "keyslots.json.bak").read_bytes())

    def test_both_gone(self):
        vault = self.make_vault(password=PASSWORD)
        code = self.code_of(vault)
        for path in vault.glob("keyslots.json*"):
            path.unlink()
        app = self.start("--vault", vault)
        app.wait("alert", lambda name: "no password can open" in name)
        self.assertFalse(app.find("password text", "Password").sensitive)
        app.screenshot("keyslots-gone")
        app.click("button", "Open with the Recovery Code…")
        app.find("text", "Recovery code").set_text(code)
        app.find("password text", "The new password once more").set_text("another three words")
        app.find("password text", "New password").set_text("another three words")
        app.click("button", "Set the New Password and Open")
        app.wait("list", "Pages")
        app.wait("label", lambda name: name.startswith("The passwords' file was written anew"))
        self.assertQuiet(app)
        app.stop()
        self.assertEqual(len(list(vault.glob("keyslots.json*"))), 2)


if __name__ == "__main__":
    unittest.main()
