"""Real windows for tests: an X server and a message bus of our own, the program as it was built, and its
accessibility tree to look at and to act on.

    import harness

    class Shell(harness.WindowTest):
        def test_something(self):
            app = self.start(vault)
            app.find("password text").set_text("…")
            app.click("button", "Open")
            app.wait("list item", "Today")
            app.screenshot("today")

Nothing of the user's is read or written: HOME and all XDG folders are the test's own. The window is drawn by cairo, so that
pictures do not depend on a graphics card. Words are English unless a language is asked for.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
BUILD = pathlib.Path(os.environ.get("XQ_TEST_BUILD", TESTS.parent / "build"))
PROGRAM = BUILD / "ui" / "xinqiao"
CLI = BUILD / "app" / "cli" / "xinqiao-cli"
FIXTURES = pathlib.Path(os.environ.get("XQ_TEST_FIXTURES", TESTS / "fixtures"))
TIMEOUT = float(os.environ.get("XQ_TEST_TIMEOUT", "20"))
PICTURES = os.environ.get("XQ_TEST_PICTURES") or None


class Stage:
    """The X server and the bus that all windows of this process are on; begun once, ended with the process."""

    display = None
    bus = None
    processes = []

    @classmethod
    def begin(cls, width=1600, height=1000):
        if cls.display is not None:
            return
        reader, writer = os.pipe()
        server = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
                                  pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            cls.display = f":{pipe.readline().strip()}"
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                               env={**os.environ, "DISPLAY": cls.display, "GTK_A11Y": "none"})
        cls.bus = bus.stdout.readline().strip()
        cls.processes = [server, bus]
        os.environ.update(DISPLAY=cls.display, DBUS_SESSION_BUS_ADDRESS=cls.bus)
        for name in ("WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS"):
            os.environ.pop(name, None)

    @classmethod
    def end(cls):
        for process in reversed(cls.processes):
            process.terminate()
            process.wait(10)
            if process.stdout is not None:
                process.stdout.close()
        cls.display, cls.bus, cls.processes = None, None, []


def atspi():
    """The accessibility library, which looks for its bus when it is first imported."""
    Stage.begin()
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
    # A window that has just gone is asked for its things once more, which is no news to whoever takes pictures.
    GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)
    return Atspi


class Widget:
    """One thing of the accessibility tree."""

    def __init__(self, app, node):
        self.app = app
        self.node = node

    @property
    def name(self):
        return self.node.get_name() or ""

    @property
    def role(self):
        return self.node.get_role_name()

    def has(self, state):
        return self.node.get_state_set().contains(getattr(atspi().StateType, state))

    @property
    def showing(self):
        return self.has("SHOWING")

    @property
    def sensitive(self):
        return self.has("SENSITIVE")

    @property
    def text(self):
        text = self.node.get_text_iface()
        interface = atspi().Text
        return interface.get_text(text, 0, interface.get_character_count(text)) if text else self.name

    def children(self):
        found = []
        for index in range(self.node.get_child_count()):
            child = self.node.get_child_at_index(index)
            if child is not None:
                found.append(Widget(self.app, child))
        return found

    def walk(self):
        yield self
        for child in self.children():
            yield from child.walk()

    def parent(self):
        node = self.node.get_parent()
        return Widget(self.app, node) if node is not None else None

    def find(self, role=None, name=None, **options):
        return self.app.find(role, name, within=self, **options)

    def act(self):
        """Its first action; what has none is clicked on."""
        actions = self.node.get_action_iface()
        if actions is not None and actions.get_n_actions() > 0:
            actions.do_action(0)
        else:
            self.click()

    def click(self):
        """With the pointer, in its middle."""
        interface = atspi().Component
        place = interface.get_extents(self.node.get_component_iface(), atspi().CoordType.WINDOW)
        subprocess.run(["xdotool", "mousemove", "--window", self.app.window_id(), str(place.x + place.width // 2),
                        str(place.y + place.height // 2), "click", "1"], env=self.app.environment, check=True)

    def focus(self):
        self.node.get_component_iface().grab_focus()

    def set_text(self, text):
        """Types as an input method would: any character, at once."""
        editable = self.node.get_editable_text_iface()
        if editable is None:
            raise AssertionError(f"{self} cannot be typed into")
        editable.set_text_contents(text)

    def __repr__(self):
        return f"<{self.role} “{self.name}”>"


class App:
    """The program, running."""

    def __init__(self, home, *arguments, language="en", dark=False, size=(1200, 800), now="2026-11-23T09:00:00", environment=None):
        Stage.begin()
        self.home = pathlib.Path(home)
        self.answers = self.home / "answers"
        self.log = self.home / "log"
        self.arguments = [str(argument) for argument in arguments]
        self.environment = self._environment(language, now, environment or {})
        self._write_preferences(dark, size)
        self.process = None

    def _environment(self, language, now, more):
        for name in ("config", "data", "cache", "state", "run"):
            (self.home / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        locale = {"en": "en_US.UTF-8"}.get(language, f"{language}.UTF-8")
        kept = {name: os.environ[name] for name in ("PATH", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "ASAN_OPTIONS", "LSAN_OPTIONS",
                                                    "UBSAN_OPTIONS") if name in os.environ}
        return {
            **kept, "HOME": str(self.home), "TZ": "Asia/Shanghai", "LC_ALL": locale, "LANGUAGE": language,
            "XDG_CONFIG_HOME": str(self.home / "config"), "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CACHE_HOME": str(self.home / "cache"), "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_RUNTIME_DIR": str(self.home / "run"), "XQ_LOCALE_DIR": str(BUILD / "po"),
            "GSK_RENDERER": "cairo", "GDK_BACKEND": "x11", "GDK_DEBUG": "no-portals", "GTK_A11Y": "atspi", "NO_AT_BRIDGE": "0",
            "GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local", "G_DEBUG": "gc-friendly", "G_ENABLE_DIAGNOSTIC": "1",
            "XINQIAO_KDF": "minimum", "XINQIAO_NOW": now, "XINQIAO_FILE_ANSWERS": str(self.answers), **more,
        }

    def _write_preferences(self, dark, size):
        folder = self.home / "config" / "xinqiao"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "window.ini").write_text(f"[window]\nwidth={size[0]}\nheight={size[1]}\n"
                                           f"colours={'dark' if dark else 'light'}\n", encoding="utf-8")

    # -- life

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([str(PROGRAM), *self.arguments], env=self.environment, stdout=log, stderr=log)
        return self

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def wait_end(self, timeout=TIMEOUT):
        return self.process.wait(timeout)

    def complaints(self):
        """What the toolkit complained of."""
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return [line for line in text.splitlines() if "-CRITICAL **" in line or "-WARNING **" in line or "ERROR:" in line
                or "runtime error" in line]

    # -- looking

    def root(self):
        desktop = atspi().get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process.pid:
                return Widget(self, child)
        return None

    def find_all(self, role=None, name=None, within=None, showing=True):
        """All that fit. @role is the accessibility role's name, @name the whole accessible name, or a function of it."""
        root = within or self.root()
        found = []
        if root is None:
            return found
        try:
            for widget in root.walk():
                if role is not None and widget.role != role:
                    continue
                if callable(name) and not name(widget.name):
                    continue
                if isinstance(name, str) and widget.name != name:
                    continue
                if showing and not widget.showing:
                    continue
                found.append(widget)
        except Exception:  # the tree changed while it was walked: whoever waits looks again
            pass
        return found

    def until(self, test, what, timeout=TIMEOUT):
        """Waits until @test gives something true and returns that."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"The program has ended ({self.process.returncode}) while waiting for {what}:\n{self.tail()}")
            result = test()
            if result:
                return result
            time.sleep(0.05)
        raise AssertionError(f"Waited {timeout:.0f} s in vain for {what}.\n{self.outline()}\n{self.tail()}")

    def find(self, role=None, name=None, within=None, showing=True, timeout=TIMEOUT):
        return self.until(lambda: next(iter(self.find_all(role, name, within, showing)), None), f"{role} “{name}”", timeout)

    wait = find

    def wait_gone(self, role=None, name=None, within=None, timeout=TIMEOUT):
        self.until(lambda: not self.find_all(role, name, within), f"{role} “{name}” to go", timeout)

    def has(self, role=None, name=None, within=None):
        return bool(self.find_all(role, name, within))

    def outline(self):
        """The tree as text, for a test that failed and for whoever writes one."""
        lines = []

        def add(widget, depth):
            marks = "" if widget.showing else " (hidden)"
            lines.append(f"{'  ' * depth}{widget.role} “{widget.name}”{marks}")
            for child in widget.children():
                add(child, depth + 1)

        root = self.root()
        try:
            if root is not None:
                add(root, 0)
        except Exception:
            pass
        return "\n".join(lines)

    def tail(self):
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-30:])

    # -- acting

    def click(self, role, name=None, within=None, timeout=TIMEOUT):
        """Activates what is found, once it can be."""
        widget = self.until(lambda: next((widget for widget in self.find_all(role, name, within) if widget.sensitive), None),
                            f"{role} “{name}” that can be used", timeout)
        widget.act()
        return widget

    def fill(self, name, text, role="text"):
        self.find(role, name).set_text(text)

    def window_id(self):
        """The main window: popovers have windows too, but no name."""
        def look():
            done = subprocess.run(["xdotool", "search", "--onlyvisible", "--all", "--pid", str(self.process.pid), "--name", "."],
                                  env=self.environment, capture_output=True, text=True, check=False)
            return done.stdout.split()
        return self.until(look, "the window")[0]

    def take_focus(self):
        """There is no window manager: the keyboard is given to the window by hand."""
        def focused():
            return subprocess.run(["xdotool", "getwindowfocus"], env=self.environment, capture_output=True, text=True,
                                  check=False).stdout.strip()
        window = self.window_id()
        if focused() != window:
            subprocess.run(["xdotool", "windowfocus", window], env=self.environment, check=False, stderr=subprocess.DEVNULL)
            self.until(lambda: focused() == window, "the keyboard")
            time.sleep(0.3)  # until the toolkit has noticed

    def key(self, *keys):
        """Presses keys as xdotool names them: "ctrl+l", "Return"."""
        self.take_focus()
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], env=self.environment, check=True)

    def type(self, text):
        """Types on the keyboard into what has the focus."""
        self.take_focus()
        subprocess.run(["xdotool", "type", "--delay", "8", text], env=self.environment, check=True)

    def answer_file(self, *paths):
        """The next file dialogs choose these; "" cancels."""
        with open(self.answers, "a", encoding="utf-8") as file:
            file.writelines(f"{path}\n" for path in paths)

    def screenshot(self, path):
        """The window as a picture. A bare name goes to $XQ_TEST_PICTURES, or nowhere without it."""
        path = pathlib.Path(path)
        if len(path.parts) == 1:
            if PICTURES is None:
                return
            path = pathlib.Path(PICTURES) / path
        path = path.with_suffix(".png")
        path.parent.mkdir(parents=True, exist_ok=True)
        time.sleep(0.4)  # animations and the last frame
        shell = subprocess.run(["xdotool", "getwindowgeometry", "--shell", self.window_id()], env=self.environment,
                               capture_output=True, text=True, check=True).stdout
        place = dict(line.split("=", 1) for line in shell.splitlines())
        # Of the whole screen: what pops up is a window of its own.
        subprocess.run(["import", "-window", "root", "-crop", "{WIDTH}x{HEIGHT}+{X}+{Y}".format(**place), "+repage", str(path)],
                       env=self.environment, check=True)


class WindowTest(unittest.TestCase):
    """A test with a home of its own; windows that it started are closed, and their complaints are failures."""

    def setUp(self):
        if not PROGRAM.exists():
            self.skipTest("the window is not built")
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="xinqiao-test-"))
        self.apps = []
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.addCleanup(self._close)

    def start(self, *arguments, **options):
        app = App(self.home, *arguments, **options).start()
        self.apps.append(app)
        app.until(app.root, "the program on the accessibility bus")
        app.take_focus()
        return app

    def _close(self):
        for app in self.apps:
            app.stop()

    def assertQuiet(self, app):
        self.assertEqual(app.complaints(), [])

    def make_vault(self, name="vault", password="trustno1 but me", organisation="江城市第三中学", profile="school"):
        """A new vault by the command line; gives its folder."""
        folder = self.home / name
        secret = self.home / "password"
        secret.write_text(password + "\n", encoding="utf-8")
        subprocess.run([str(CLI), "--vault", str(folder), "--password-file", str(secret), "create", "--profile", profile, "--name",
                        organisation], check=True, capture_output=True, env={**os.environ, "XINQIAO_KDF": "minimum"})
        return folder

    def unlock(self, app, password="trustno1 but me"):
        app.find("password text").set_text(password)
        app.click("button", "Open")
        app.wait("list", "Pages")
        time.sleep(0.6)  # the change of scenes hands the focus on once more


def tearDownModule():
    Stage.end()
