"""The window under Wayland, in a compositor of the test's own: opened, locked by key and by the session, with nothing left to see.

That it locks by itself when nobody touches the computer is tried with the clock of the watch alone (test-idle-display.c).
"""

import subprocess
import time
import unittest

import harness

PASSWORD = "trustno1 but me"
NAME = "褚琬珺"


class WaylandApp(harness.App):
    """Keys and pictures go by the compositor; the rest is told through the accessibility tree as everywhere."""

    def take_focus(self):
        """The only window has it."""

    def key(self, *keys):
        for key in keys:
            *held, last = key.split("+")
            subprocess.run(["wtype", *(word for name in held for word in ("-M", name)), "-k", last], env=self.environment, check=True)

    def type(self, text):
        subprocess.run(["wtype", text], env=self.environment, check=True)

    def picture(self, path):
        time.sleep(0.5)  # the last frame
        subprocess.run(["grim", str(path)], env=self.environment, check=True)
        return path


class Wayland(harness.WindowTest):
    def setUp(self):
        super().setUp()
        self.vault = self.make_vault(password=PASSWORD)
        roster = self.home / "roster.csv"
        roster.write_text(f"学号,姓名,性别,班级\n20260001,{NAME},女,初一(1)班\n", encoding="utf-8-sig")
        subprocess.run([str(harness.CLI), "--vault", str(self.vault), "--password-file", str(self.home / "password"), "import",
                        "roster", str(roster)], check=True, capture_output=True)
        self.app = self.open_in_compositor()

    def open_in_compositor(self):
        display = {"XDG_RUNTIME_DIR": str(self.home / "run"), "WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman",
                   "WLR_LIBINPUT_NO_DEVICES": "1"}
        app = WaylandApp(self.home, "--vault", self.vault, environment={**display, "GDK_BACKEND": "wayland"})
        app.environment.pop("DISPLAY", None)
        # It ends with its only client, which ends when nobody writes to it any more.
        compositor = subprocess.Popen(["cage", "--", "sh", "-c", "echo $WAYLAND_DISPLAY; exec cat"], env=app.environment, text=True,
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(compositor.communicate)
        self.addCleanup(app.stop)
        app.environment["WAYLAND_DISPLAY"] = compositor.stdout.readline().strip()
        app.start()
        app.until(app.root, "the program on the accessibility bus")
        return app

    def differing(self, one, other):
        """How many points of two pictures differ."""
        done = subprocess.run(["compare", "-metric", "AE", "-fuzz", "2%", str(one), str(other), "null:"], capture_output=True, text=True,
                              check=False)
        return float(done.stderr.split()[0])

    def show_people(self):
        self.app.find("password text").set_text(PASSWORD)
        self.app.click("button", "Open")
        self.app.wait("list", "Pages")
        self.app.key("ctrl+2")
        self.app.wait("label", NAME)
        return self.app.picture(self.home / "open.png")

    def assertNothingLeft(self, before, shown):
        self.app.wait("password text", "Password")
        self.assertFalse([widget for widget in self.app.root().walk() if NAME in widget.name])
        locked = self.app.picture(self.home / "locked.png")
        # The caret blinks; a table is not a caret.
        self.assertLess(self.differing(before, locked), 2000)
        self.assertGreater(self.differing(shown, locked), 20000)

    def test_locked_by_key_and_by_session(self):
        app = self.app
        app.wait("password text", "Password")
        before = app.picture(self.home / "before.png")
        shown = self.show_people()
        app.key("ctrl+l")
        self.assertNothingLeft(before, shown)
        shown = self.show_people()
        subprocess.run(["gdbus", "emit", "--session", "--object-path", "/org/gnome/ScreenSaver", "--signal",
                        "org.gnome.ScreenSaver.ActiveChanged", "true"], env=app.environment, check=True)
        self.assertNothingLeft(before, shown)
        self.assertQuiet(app)


if __name__ == "__main__":
    harness.Stage.begin()
    unittest.main()
