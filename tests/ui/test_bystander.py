"""Somebody stands by: one key blanks, another masks every name, on every page, until the password is given."""

import json
import os
import subprocess
import time
import unittest

import harness

PASSWORD = "demo"
STUDENTS = 60


class Bystander(harness.WindowTest):
    def setUp(self):
        super().setUp()
        self.vault = self.home / "vault"
        self.secret = self.home / "password"
        self.secret.write_text(PASSWORD + "\n", encoding="utf-8")
        self.environment = {**os.environ, "XINQIAO_KDF": "minimum", "XINQIAO_NOW": "2026-11-23T09:00:00"}
        subprocess.run([str(harness.CLI), "demo", str(self.vault), "--students", str(STUDENTS), "--seed", "1"], check=True,
                       capture_output=True, env=self.environment)
        self.people = self.cli("people", "list")
        self.names = {one["name"] for one in self.people}
        for one in self.people:
            self.names |= {contact["name"] for contact in self.cli("people", "show", one["id"])["contacts"]}
        self.app = self.start("--vault", self.vault, size=(1500, 950))
        self.unlock(self.app, PASSWORD)

    def cli(self, *arguments):
        done = subprocess.run([str(harness.CLI), "--vault", str(self.vault), "--password-file", str(self.secret), "--json",
                               *map(str, arguments)], check=True, capture_output=True, text=True, env=self.environment)
        return json.loads(done.stdout)

    # -- looking

    def words(self):
        """Everything that a screen reader could say, hidden or not."""
        found = []
        for widget in self.app.root().walk():
            try:
                found += [widget.name, widget.node.get_description() or "", widget.text]
            except Exception:  # gone meanwhile
                pass
        return found

    def named(self):
        return sorted({f"{name}: {text[:80]}" for text in self.words() for name in self.names if name in text})

    def assertMasked(self, where):
        time.sleep(0.5)
        self.assertEqual(self.named(), [], f"named on {where}")

    def mask(self):
        self.app.key("ctrl+shift+h")
        self.app.wait("label", "Names are masked.")

    def go(self, number):
        self.app.key(f"ctrl+{number}")
        time.sleep(0.7)

    # -- masks

    def test_masked_everywhere(self):
        app = self.app
        self.go(2)
        self.assertTrue(self.named(), "names are seen at first")
        self.mask()
        for number, place in enumerate((row.name for row in app.find("list", "Pages").children()), 1):
            self.go(number)
            self.assertMasked(place)
            app.screenshot(f"masked-{number}")
        print([(t.role, t.name) for t in app.find_all("table row")[:3]])


if __name__ == "__main__":
    harness.Stage.begin()
    unittest.main()
