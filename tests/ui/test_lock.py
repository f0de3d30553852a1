"""What goes with the lock, whoever asks for it: menus, dialogs of the desktop's, the clipboard."""

import json
import os
import subprocess
import time
import unittest

import harness
from portal import Portal

PASSWORD = "trustno1 but me"
COPIED = "褚琬珺的电话"
SECONDS = 30


class Lock(harness.WindowTest):
    def setUp(self):
        super().setUp()
        self.vault = self.make_vault(password=PASSWORD)
        self.open()

    def open(self, **options):
        self.app = self.start("--vault", self.vault, **options)
        self.unlock(self.app, PASSWORD)

    def open_with_portal(self):
        """As on a desktop that has dialogs of its own for files and printing."""
        self.app.stop()
        portal = Portal()
        self.addCleanup(portal.close)
        self.open(environment={"GDK_DEBUG": "portals"})
        return portal

    def lock_the_session(self):
        """As the desktop says it: the keyboard may be with a dialog."""
        subprocess.run(["gdbus", "emit", "--session", "--object-path", "/org/gnome/ScreenSaver", "--signal",
                        "org.gnome.ScreenSaver.ActiveChanged", "true"], env=self.app.environment, check=True)
        self.app.wait("password text", "Password")

    def begin_to_print(self):
        self.app.key("ctrl+7")
        self.app.wait("image", lambda name: name.startswith("Page 1 of"))
        self.app.click("button", "Print…")

    def cli(self, *words):
        done = subprocess.run([str(harness.CLI), "--vault", str(self.vault), "--password-file", str(self.home / "password"), "--json",
                               *words], check=True, capture_output=True, text=True, env={**os.environ, "XINQIAO_KDF": "minimum"})
        return json.loads(done.stdout)

    def assertNotPrinted(self):
        """The ledger says so; asked of the vault once the window is gone."""
        self.app.stop()
        said = [len(self.cli("disclosures", "list", "--state", state)) for state in ("out", "failed")]
        self.assertEqual(said, [0, 1])

    def windows(self):
        return [child.role for child in self.app.root().children() if child.showing]

    def search_entry(self):
        self.app.key("ctrl+k")
        return self.app.find("entry", "Search people and actions")

    def copy(self, text):
        self.search_entry().set_text(text)
        self.app.key("ctrl+a", "ctrl+c")
        self.app.key("Escape")

    def paste(self):
        entry = self.search_entry()
        entry.set_text("")
        self.app.key("ctrl+v")
        time.sleep(0.5)
        text = entry.text
        entry.set_text("")
        self.app.key("Escape")
        return text

    def test_menus_and_file_dialogs_close(self):
        app = self.app
        app.key("F10")
        app.wait("menu item")
        self.lock_the_session()
        self.assertFalse(app.has("menu item"))
        self.unlock(app, PASSWORD)
        app.key("ctrl+2")
        app.click("button", lambda name: name.startswith("Import"))
        app.until(lambda: len(self.windows()) > 1, "the file dialog")
        self.lock_the_session()
        app.until(lambda: len(self.windows()) == 1, "the end of the file dialog")
        self.unlock(app, PASSWORD)
        self.assertQuiet(app)

    def test_print_dialog_closes(self):
        app = self.app
        self.begin_to_print()
        app.until(lambda: len(self.windows()) > 1, "the print dialog")
        self.lock_the_session()
        app.until(lambda: len(self.windows()) == 1, "the end of the print dialog")
        self.unlock(app, PASSWORD)
        self.assertQuiet(app)
        self.assertNotPrinted()

    def test_file_dialog_of_the_desktop_closes(self):
        portal = self.open_with_portal()
        app = self.app
        app.key("ctrl+2")
        app.click("button", lambda name: name.startswith("Import"))
        app.until(lambda: portal.asked == ["OpenFile"], "the desktop's file dialog")
        self.lock_the_session()
        app.until(lambda: portal.asked == ["OpenFile", "Close"], "the end of the desktop's file dialog")
        self.unlock(app, PASSWORD)
        self.assertQuiet(app)

    def test_print_dialog_of_the_desktop_closes_and_prints_nothing(self):
        portal = self.open_with_portal()
        app = self.app
        self.begin_to_print()
        app.until(lambda: portal.asked == ["PreparePrint"], "the desktop's print dialog")
        self.lock_the_session()
        app.until(lambda: portal.asked == ["PreparePrint", "Close"], "the end of the desktop's print dialog")
        portal.agree()  # too late, or a desktop that does not close it
        self.unlock(app, PASSWORD)
        self.assertEqual(portal.asked, ["PreparePrint", "Close"], "the vault was locked, and its pages were printed all the same")
        self.assertQuiet(app)
        self.assertNotPrinted()

    def write_roster(self, rows):
        roster = self.home / "roster.csv"
        lines = [f"{20260001 + row},测试{row},女,初一({row % 40 + 1})班" for row in range(rows)]
        roster.write_text("\n".join(["学号,姓名,性别,班级", *lines]), encoding="utf-8-sig")
        return roster

    def is_open_or_asked(self):
        """Asks again as often as the vault is still held by what comes to its end."""
        try:
            for field in self.app.find_all("password text", "Password"):
                field.set_text(PASSWORD)
            for button in self.app.find_all("button", "Open"):
                if button.sensitive:
                    button.act()
        except Exception:  # gone meanwhile
            pass
        return self.app.has("list", "Pages")

    def test_import_is_stopped_whole_and_said(self):
        app = self.app
        app.key("ctrl+2")
        app.answer_file(self.write_roster(100000))
        app.click("button", lambda name: name.startswith("Import"))
        app.click("button", "Import", within=app.find("dialog", lambda name: name != "Reading the table", timeout=60))
        app.wait("label", "Importing the roster")
        self.lock_the_session()
        app.until(self.is_open_or_asked, "the end of the import, and an open vault", 60)
        said = app.find("label", lambda name: name.startswith("“Importing the roster”")).name
        app.screenshot("lock-import")
        self.assertQuiet(app)
        app.stop()
        stopped = said == "“Importing the roster” was stopped when the vault was locked. Nothing half done was left; begin it again."
        self.assertTrue(stopped or said == "“Importing the roster” came to its end all the same when the vault was locked.", said)
        self.assertEqual(self.cli("info")["rows"]["person"], 0 if stopped else 100000)
        self.assertTrue(self.cli("audit", "verify"))

    def test_clipboard_is_emptied(self):
        self.copy(COPIED)
        copied_at = time.monotonic()
        self.assertEqual(self.paste(), COPIED)
        time.sleep(max(0, copied_at + SECONDS + 2 - time.monotonic()))
        self.assertEqual(self.paste(), "", "still there after half a minute")
        self.copy(COPIED)
        self.assertEqual(self.paste(), COPIED)
        self.app.key("ctrl+l")
        self.unlock(self.app, PASSWORD)
        self.assertEqual(self.paste(), "", "still there after the lock")
        self.assertQuiet(self.app)


if __name__ == "__main__":
    harness.Stage.begin()
    unittest.main()
