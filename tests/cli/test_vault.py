"""create, info, check, password change, recover, audit; and the vault in strange hands."""

import base64
import re
import subprocess
import unittest

from xinqiao import ORGANISATION, PASSWORD, CliTest

NEW = "four blue kettles"


class Vault(CliTest):
    def test_create(self):
        made = self.create()
        self.assertEqual(set(made), {"vault", "organisation", "recovery_code"})
        self.assertEqual(made["vault"], str(self.vault))
        self.assertEqual(made["organisation"]["name"], ORGANISATION)
        self.assertIsInstance(made["organisation"]["id"], int)
        self.assertRegex(made["recovery_code"], r"^([A-Z2-7]{4}-){13}[A-Z2-7]{4}$")
        self.assertEqual(sorted(path.name for path in self.vault.iterdir() if not path.name.endswith(("-wal", "-shm", "lock"))),
                         ["keyslots.json", "keyslots.json.bak", "vault.db"])

    def test_create_says_the_code_as_text(self):
        text = self.run_ok("create", "--name", ORGANISATION)
        self.assertRegex(text, r"([A-Z2-7]{4}-){13}[A-Z2-7]{4}")

    def test_create_refuses(self):
        self.refuse(1, "create", password="12345678")
        self.assertFalse(self.vault.exists() and any(self.vault.iterdir()), "nothing is left of a refused vault")
        self.create()
        self.refuse(1, "create", saying=[str(self.vault)])

    def test_profiles(self):
        for profile in ("school", "college", "enterprise"):
            self.vault = self.home / profile
            self.create(profile=profile)
            info = self.json("info")
            self.assertEqual([one["profile"] for one in info["organisations"]], [profile])

    def test_info(self):
        self.create()
        info = self.json("info")
        self.assertEqual(set(info), {"vault", "schema", "cipher", "organisations", "rows", "audit_head", "slots", "opened_by"})
        self.assertEqual((info["slots"], info["opened_by"]), (["password"], "password"))
        self.assertGreaterEqual(info["schema"], 6)
        self.assertRegex(info["cipher"], r"^4\.")
        self.assertEqual(info["rows"]["organisation"], 1)
        self.assertEqual(info["rows"]["person"], 0)
        self.assertGreater(info["rows"]["term"], 0)
        self.assertRegex(info["audit_head"], r"^[0-9A-F]{4}-[0-9A-F]{4}$")

    def test_check(self):
        self.create()
        self.assertEqual(self.json("check"), {"cipher": "ok", "integrity": "ok", "foreign_keys": "ok", "audit": "ok", "dangling": 0})

    def test_audit(self):
        self.create()
        verified = self.json("audit", "verify")
        self.assertEqual(verified["audit"], "ok")
        rows = self.json("audit", "list")
        self.assertEqual(len(rows), verified["rows"])
        self.assertEqual([row["id"] for row in rows], sorted((row["id"] for row in rows), reverse=True))
        self.assertEqual(set(rows[0]), {"id", "at", "action", "entity", "entity_id", "detail"})
        self.assertEqual(len(self.json("audit", "list", "--limit", "1")), 1)

    def test_wrong_password(self):
        self.create()
        self.refuse(3, "info", password="not this one")
        self.json("info")

    def test_password_change(self):
        self.create()
        self.json("password", "change", "--new-password-file", self.secret(NEW, "new"))
        self.refuse(3, "info")
        self.json("info", password=NEW)
        self.refuse(1, "password", "change", "--new-password-file", self.secret("123", "weak"), password=NEW)
        self.json("info", password=NEW)

    def test_recover(self):
        code = self.create()["recovery_code"]
        self.json("recover", "--code-file", self.secret(code.lower().replace("-", " "), "code"), "--new-password-file",
                  self.secret(NEW, "new"), password=None)
        self.refuse(3, "info")
        self.json("info", password=NEW)

    def test_recover_without_keyslots(self):
        code = self.create()["recovery_code"]
        (self.vault / "keyslots.json").unlink()
        self.json("recover", "--code-file", self.secret(code, "code"), "--new-password-file", self.secret(NEW, "new"), password=None)
        self.json("info", password=NEW)

    def test_recover_with_a_wrong_code(self):
        code = self.create()["recovery_code"]
        wrong = ("B" if code[0] == "A" else "A") + code[1:]
        for text in (wrong, code[:-5], "nonsense"):
            self.refuse(3, "recover", "--code-file", self.secret(text, "code"), "--new-password-file", self.secret(NEW, "new"),
                        password=None)
        self.json("info")

    def test_damaged(self):
        self.create()
        database = self.vault / "vault.db"
        raw = bytearray(database.read_bytes())
        raw[:4096] = bytes(4096)
        database.write_bytes(raw)
        self.refuse(3, "info")

    def test_emptied(self):
        """A power cut left a file without a byte: that is damage, not a vault in which nothing ever was."""
        code = self.create()["recovery_code"]
        (self.vault / "vault.db").write_bytes(b"")
        (self.vault / "vault.db-wal").write_bytes(b"what may be saved yet")
        self.refuse(3, "info")
        self.refuse(3, "check")
        self.refuse(3, "recover", "--code-file", self.secret(code, "code"), "--new-password-file", self.secret(NEW, "new"),
                    password=None)
        self.assertEqual((self.vault / "vault.db").stat().st_size, 0)
        self.assertTrue((self.vault / "vault.db-wal").exists())

    def test_damaged_slots(self):
        self.create()
        (self.vault / "keyslots.json").write_text("{", encoding="utf-8")
        self.json("info")  # its copy stands in
        for path in self.vault.glob("keyslots.json*"):
            path.write_text("{", encoding="utf-8")
        self.refuse(3, "info")

    def test_stock_sqlcipher(self):
        """As the README says: paper and vault.db alone."""
        code = self.create()["recovery_code"]
        key = base64.b32decode(code.replace("-", ""))[:32].hex()
        shell = subprocess.run(["sqlcipher", str(self.vault / "vault.db")], capture_output=True, text=True, check=False,
                               input=f"PRAGMA key = \"x'{key}'\";\nSELECT name FROM organisation;\n")
        self.assertIn(ORGANISATION, shell.stdout, shell.stderr)
        piped = subprocess.run(["sh", "-c", "printf %s \"$1\" | tr -d - | base32 -d | head -c 32 | od -An -v -tx1 | tr -d ' \\n'", "sh", code],
                               capture_output=True, text=True, check=True)
        self.assertEqual(piped.stdout, key)

    def test_passwords_are_nowhere(self):
        self.create()
        for path in self.vault.iterdir():
            self.assertNotIn(PASSWORD.encode(), path.read_bytes())

    def test_text_output(self):
        self.create()
        text = self.run_ok("info")
        self.assertIn(ORGANISATION, text)
        self.assertTrue(re.search(r"person 0", text), text)


if __name__ == "__main__":
    unittest.main()
