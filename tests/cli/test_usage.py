"""The command line itself: options, help, exit status, what goes where."""

import os
import pty
import subprocess
import unittest

from xinqiao import PASSWORD, PROGRAM, CliTest


class Usage(CliTest):
    def test_help_is_no_failure(self):
        for arguments in (["--version"], ["--help"], ["help"], ["people", "list", "--help"], ["score", "--help"]):
            done = self.call(*arguments, vault=False, password=None)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("xinqiao-cli" if len(arguments) == 1 else arguments[0], done.stdout)
            self.assertEqual(done.stderr, "")

    def test_every_command_explains_itself(self):
        listing = self.call("--help", vault=False, password=None).stdout
        names = [line[2:46].split() for line in listing.splitlines() if line.startswith("  ")]
        self.assertGreater(len(names), 30)
        for words in names:
            command = [word for word in words if word.islower() and word[0].isalpha()]
            done = self.call(*command, "--help", vault=False, password=None)
            self.assertEqual(done.returncode, 0, f"{command}: {done.stderr}")

    def test_wrong_usage(self):
        for arguments in ([], ["nonsense"], ["people", "nonsense"], ["people"], ["people", "list", "--nonsense"], ["people", "show"],
                          ["people", "show", "1", "2"], ["warnings", "triage", "x", "--confirm"], ["warnings", "triage", "1"],
                          ["warnings", "triage", "1", "--confirm", "--dismiss"], ["report", "run", "bureau-term", "--from", "2026-09-01"],
                          ["create", "--profile", "hospital"], ["demo", "x", "--students", "0"], ["--password-fd", "x", "info"]):
            self.refuse(2, *arguments, vault=False, password=None)

    def test_bytes_that_are_no_text(self):
        done = subprocess.run([str(PROGRAM).encode(), b"people", b"search", b"\xff\xfe"], env=self.environment(), capture_output=True,
                              check=False)
        self.assertEqual(done.returncode, 2)

    def test_chinese_arguments_in_the_c_locale(self):
        self.create()
        found = self.json("people", "search", "李白", env={"LC_ALL": "C", "LANGUAGE": ""})
        self.assertEqual(found, [])

    def test_no_vault(self):
        self.refuse(1, "info", saying=[str(self.vault)])

    def test_no_way_to_ask_for_the_password(self):
        self.create()
        done = subprocess.run([str(PROGRAM), "--vault", str(self.vault), "info"], env=self.environment(), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False, start_new_session=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--password-fd", done.stderr)

    def test_language(self):
        self.language = "en"
        self.assertIn("There is no vault", self.refuse(1, "info"))
        self.assertIn("There is no vault", self.refuse(1, "info", env={"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}) if False else
                      self.call("--lang", "en", "info", env={"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}).stderr)

    def test_full_standard_output(self):
        self.create()
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.secret(PASSWORD)), "info"],
                                  env=self.environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, 4, done.stderr)


class Passwords(CliTest):
    def test_descriptor(self):
        self.create()
        reader, writer = os.pipe()
        os.write(writer, (PASSWORD + "\nrest").encode())
        os.close(writer)
        done = subprocess.run([str(PROGRAM), "--vault", str(self.vault), "--password-fd", str(reader), "--json", "info"],
                              env=self.environment(), pass_fds=[reader], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(os.read(reader, 100), b"rest", "only the first line is taken")

    def test_two_passwords_on_one_descriptor(self):
        self.create()
        done = subprocess.run([str(PROGRAM), "--vault", str(self.vault), "--password-fd", "0", "password", "change",
                               "--new-password-fd", "0"], env=self.environment(), input=f"{PASSWORD}\nfour blue kettles\n",
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.json("info", password="four blue kettles")

    def test_terminal_without_echo(self):
        self.create()
        master, slave = pty.openpty()
        process = subprocess.Popen(["setsid", "-c", str(PROGRAM), "--vault", str(self.vault), "--json", "info"], env=self.environment(),
                                   stdin=slave, stdout=subprocess.PIPE, stderr=slave, close_fds=True)
        os.close(slave)
        shown = b""
        while b": " not in shown:
            shown += os.read(master, 1000)
        os.write(master, (PASSWORD + "\n").encode())
        output, _ = process.communicate(timeout=60)
        try:
            while chunk := os.read(master, 1000):
                shown += chunk
        except OSError:
            pass
        os.close(master)
        self.assertEqual(process.returncode, 0)
        self.assertIn(b'"schema"', output)
        self.assertNotIn(PASSWORD.encode(), shown, "a password is never shown")

    def test_password_is_not_an_option(self):
        self.refuse(2, "info", "--password", PASSWORD)


if __name__ == "__main__":
    unittest.main()
