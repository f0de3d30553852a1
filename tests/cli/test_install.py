"""What an installation puts where the desktop looks for it."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PLACES = (
    "bin/xinqiao", "bin/xinqiao-cli",
    "share/applications/io.github.xinqiao.Xinqiao.desktop",
    "share/metainfo/io.github.xinqiao.Xinqiao.metainfo.xml",
    "share/icons/hicolor/scalable/apps/io.github.xinqiao.Xinqiao.svg",
    "share/icons/hicolor/symbolic/apps/io.github.xinqiao.Xinqiao-symbolic.svg",
    "share/locale/zh_CN/LC_MESSAGES/xinqiao.mo", "share/locale/zh_TW/LC_MESSAGES/xinqiao.mo",
    "share/man/man1/xinqiao.1", "share/man/man1/xinqiao-cli.1",
)


class Install(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="xinqiao-install-"))
        self.addCleanup(shutil.rmtree, self.root)
        subprocess.run(["meson", "install", "-C", os.environ["XQ_TEST_BUILD"], "--no-rebuild", "--destdir", self.root],
                       check=True, capture_output=True)
        self.files = [path for path in self.root.rglob("*") if path.is_file()]

    def place(self, name):
        found = [path for path in self.files if str(path).endswith("/" + name)]
        self.assertEqual(len(found), 1, f"{name}: {found}")
        return found[0]

    def test_everything_is_there(self):
        self.assertEqual(sorted(self.place(name) for name in PLACES), sorted(self.files))

    def test_desktop_entry_starts_what_is_installed(self):
        entry = self.place("share/applications/io.github.xinqiao.Xinqiao.desktop")
        subprocess.run(["desktop-file-validate", str(entry)], check=True)
        words = entry.read_text(encoding="utf-8")
        self.assertIn("\nExec=xinqiao\n", words)
        self.assertIn("\nName[zh_CN]=", words)
        self.assertIn("\nName[zh_TW]=", words)

    def test_installed_program_runs_by_itself(self):
        program = self.place("bin/xinqiao-cli")
        done = subprocess.run([str(program), "instruments", "list"], check=True, capture_output=True, text=True,
                              env={"PATH": "/usr/bin:/bin", "HOME": str(self.root), "LC_ALL": "C.UTF-8"})
        self.assertIn("phq9", done.stdout)


if __name__ == "__main__":
    unittest.main()
