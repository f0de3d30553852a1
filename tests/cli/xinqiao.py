"""Runs xinqiao-cli as it was built, in a home of its own, at a time of its own."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
BUILD = pathlib.Path(os.environ.get("XQ_TEST_BUILD", TESTS.parent / "build"))
FIXTURES = pathlib.Path(os.environ.get("XQ_TEST_FIXTURES", TESTS / "fixtures"))
SAMPLES = FIXTURES / "samples"
PROGRAM = BUILD / "app" / "cli" / "xinqiao-cli"
PASSWORD = "seven grey herons"
NOW = "2026-11-23T09:00:00"
ORGANISATION = "江城市第三中学"


class CliTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="xinqiao-test-"))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.vault = self.home / "vault"
        self.language = "zh_CN"
        self.now = NOW

    def environment(self, **more):
        """Nothing of the user's is read or written; the slots are as cheap as they may be."""
        kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}
        return {**kept, "HOME": str(self.home), "TZ": "Asia/Shanghai", "LC_ALL": f"{self.language}.UTF-8", "LANGUAGE": self.language,
                "XDG_RUNTIME_DIR": str(self.home), "XQ_LOCALE_DIR": str(BUILD / "po"), "XINQIAO_KDF": "minimum",
                "XINQIAO_NOW": self.now, "G_DEBUG": "gc-friendly", **more}

    def secret(self, text, name="secret"):
        """A file with a password on its first line."""
        path = self.home / name
        path.write_text(text + "\n", encoding="utf-8")
        return path

    def call(self, *arguments, password=PASSWORD, vault=True, env=None, stdin=None, cwd=None):
        command = [str(PROGRAM)]
        if vault:
            command += ["--vault", str(self.vault)]
        if password is not None:
            command += ["--password-file", str(self.secret(password))]
        return subprocess.run(command + [str(argument) for argument in arguments], env=self.environment(**(env or {})),
                              input=stdin, stdin=subprocess.DEVNULL if stdin is None else None, cwd=cwd,
                              capture_output=True, text=True, check=False, timeout=300)

    def run_ok(self, *arguments, **options):
        """Standard output of a run that must succeed."""
        done = self.call(*arguments, **options)
        self.assertEqual(done.returncode, 0, f"{arguments}: {done.stderr}")
        return done.stdout

    def json(self, *arguments, **options):
        """The one document that a run prints; nothing else may be there."""
        return json.loads(self.run_ok("--json", *arguments, **options))

    def refuse(self, code, *arguments, saying=(), **options):
        """A run that must fail with @code, in words that hold @saying, and with nothing on standard output."""
        done = self.call("--json", *arguments, **options)
        self.assertEqual(done.returncode, code, f"{arguments}: {done.stdout}{done.stderr}")
        self.assertEqual(done.stdout, "")
        self.assertTrue(done.stderr.startswith("xinqiao-cli: ") or code == 2, done.stderr)
        for words in saying:
            self.assertIn(words, done.stderr)
        return done.stderr

    def create(self, **options):
        return self.json("create", "--profile", options.pop("profile", "school"), "--name", options.pop("name", ORGANISATION), **options)

    def demo(self, students=120, seed=7, terms=2, profile="school"):
        """A demo vault; its password is the demo's."""
        made = self.json("demo", self.vault, "--students", students, "--seed", seed, "--terms", terms, "--profile", profile,
                         vault=False, password=None)
        return made

    def demo_json(self, *arguments):
        return self.json(*arguments, password="demo")


class DemoTest(CliTest):
    """Tests that only read, or change little, share one demo vault: a copy each."""

    students = 200
    terms = 2
    seed = 7
    made = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="xinqiao-demo-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        environment = {"PATH": os.environ["PATH"], "HOME": str(cls.folder), "TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8",
                       "XQ_LOCALE_DIR": str(BUILD / "po"), "XINQIAO_KDF": "minimum", "XINQIAO_NOW": NOW}
        done = subprocess.run([str(PROGRAM), "--json", "demo", str(cls.folder / "vault"), "--students", str(cls.students), "--seed",
                               str(cls.seed), "--terms", str(cls.terms)], env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        cls.made = json.loads(done.stdout)

    def setUp(self):
        super().setUp()
        shutil.copytree(self.folder / "vault", self.vault)

    def json(self, *arguments, **options):
        return super().json(*arguments, **{"password": "demo", **options})

    def run_ok(self, *arguments, **options):
        return super().run_ok(*arguments, **{"password": "demo", **options})

    def refuse(self, code, *arguments, **options):
        return super().refuse(code, *arguments, **{"password": "demo", **options})
