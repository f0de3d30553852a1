"""What goes with the lock, whoever asks for it: menus, dialogs of the desktop's, the clipboard."""

import subprocess
import time
import unittest

import harness

PASSWORD = "trustno1 but me"
COPIED = "褚琬珺的电话"
SECONDS = 30


class Lock(harness.WindowTest):
    def setUp(self):
        super().setUp()
        self.app = self.start("--vault", self.make_vault(password=PASSWORD))
        self.unlock(self.app, PASSWORD)

    def lock_the_session(self):
        """As the desktop says it: the keyboard may be with a dialog."""
        subprocess.run(["gdbus", "emit", "--session", "--object-path", "/org/gnome/ScreenSaver", "--signal",
                        "org.gnome.ScreenSaver.ActiveChanged", "true"], env=self.app.environment, check=True)
        self.app.wait("password text", "Password")

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
