"""What was done and what left: the audit page, and the question before something leaves that names somebody."""

import base64
import json
import pathlib
import shutil
import subprocess
import tempfile

import harness

PASSWORD = "demo"
STRONG = "seven grey herons"


def cli(*arguments, home, vault, secret=PASSWORD):
    password = home / "password"
    password.write_text(secret + "\n", encoding="utf-8")
    done = subprocess.run([str(harness.CLI), "--vault", str(vault), "--password-file", str(password), *map(str, arguments)],
                          env={"PATH": "/usr/bin:/bin", "HOME": str(home), "TZ": "Asia/Shanghai", "LC_ALL": "en_US.UTF-8",
                               "LANGUAGE": "en", "XDG_RUNTIME_DIR": str(home), "XINQIAO_KDF": "minimum",
                               "XINQIAO_NOW": "2026-11-23T09:00:00"},
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout


class Audit(harness.WindowTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="xinqiao-audit-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cli("demo", cls.folder / "vault", "--students", 200, "--seed", 7, home=cls.folder, vault=cls.folder / "vault")

    def open(self, page, **options):
        vault = self.home / "demo"
        shutil.copytree(self.folder / "vault", vault)
        app = self.start("--vault", vault, "--page", page, **options)
        app.find("password text").set_text(PASSWORD)
        app.key("Return")
        app.find("list item", "Audit")
        return app

    def test_enter_and_tick_off(self):
        app = self.open("audit")
        app.click("button", "Enter a disclosure…")
        dialog = app.find("dialog", "Enter a Disclosure")
        app.click("button", "Save", within=dialog)
        app.wait("label", "This must not be empty.")
        dialog.find("text", lambda name: name.startswith("What")).set_text("Talk with the class teacher")
        dialog.find("text", "To whom").set_text("Class teacher")
        app.click("button", "Save", within=dialog)
        app.wait_gone("dialog", "Enter a Disclosure")
        cell = app.find(None, "2026-0001")
        app.wait(None, "Talk with the class teacher")
        cell.click()
        app.key("Return")
        shown = app.find("dialog", "Disclosure")
        app.click("button", "It Came Back", within=shown)
        app.wait(None, lambda name: name.endswith("Came back") and name.startswith("●"))
        self.assertQuiet(app)

    def test_trail(self):
        app = self.open("audit")
        app.click("page tab", "Audit trail")
        app.wait(None, lambda name: name in ("Written", "Changed"))
        app.click("button", "Verify the trail")
        app.wait("label", lambda name: name.startswith("Unbroken: "), timeout=60)
        app.click("button", "Find a code…")
        dialog = app.find("dialog", "Find an Old Code") if app.has("dialog", "Find an Old Code") else app.find("alert", "Find an Old Code")
        dialog.find("text", "Audit code").set_text("0000-0000")
        app.click("button", "Find", within=dialog)
        app.wait("label", lambda name: "No row of today" in name)
        self.assertQuiet(app)

    def test_broken_chain(self):
        """Somebody changed a row with another program: the first bad one is named, and shown."""
        vault = self.home / "broken"
        code = json.loads(cli("--json", "create", "--name", "江城市第三中学", home=self.home, vault=vault, secret=STRONG))["recovery_code"]
        key = base64.b32decode(code.replace("-", ""))[:32].hex()
        sql = "DROP TRIGGER audit_is_append_only_update; UPDATE audit SET at = at + 60 WHERE id = 3;"
        subprocess.run(["sqlcipher", str(vault / "vault.db")], input=f"PRAGMA key = \"x'{key}'\";\n{sql}\n", check=True, text=True,
                       capture_output=True)
        app = self.start("--vault", vault, "--page", "audit")
        app.find("password text").set_text(STRONG)
        app.key("Return")
        app.click("button", "Verify the trail", timeout=60)
        app.wait("label", lambda name: name.startswith("The audit trail is broken at row 3"), timeout=60)
        app.click("button", "Show the Row")
        app.wait(None, "3")
        self.assertQuiet(app)

    def test_a_letter_asks_first(self):
        app = self.open("referrals")
        app.click("button", lambda name: "医院" in name or "中心" in name)
        app.click("page tab", "Letter")
        pdf = self.home / "letter.pdf"
        app.answer_file(pdf)
        app.click("button", "Save as PDF…")
        dialog = app.find("dialog", "Before It Leaves")
        app.click("button", "Continue", within=dialog)
        app.wait("label", lambda name: name.startswith("Type your password"))
        dialog.find("text", "Your password").set_text("not the password")
        app.click("button", "Continue", within=dialog)
        app.wait("label", lambda name: "password" in name and name.startswith(("The password", "Wrong")), timeout=60)
        self.assertFalse(pdf.exists())
        dialog.find("text", "Your password").set_text(PASSWORD)
        app.click("button", "Continue", within=dialog)
        app.until(pdf.exists, "the letter")
        text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
        self.assertIn("Copy 2026-0001", text)
        self.assertQuiet(app)


if __name__ == "__main__":
    import unittest
    unittest.main()
