"""The rules of the house that a compiler does not check."""

import json
import pathlib
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

TOP = pathlib.Path(__file__).resolve().parents[2]
TOP_LEVEL = {"app", "data", "ui", "po", "packaging", "tests", "meson.build", "README.md"}
TOP_LEVEL_ALLOWED = {".ci", "LICENSE", "meson.options", ".clang-format", ".gitignore", ".gitattributes", ".editorconfig"}
LINES_MAXIMUM = 500
# A room includes only rooms below it: each with what it may include besides itself.
GROUND = {"base", "vault"}
FLOORS = {
    "base": set(),
    "vault": {"base"},
    "sheet": {"base"},
    "people": GROUND | {"sheet"},
    "calendar": GROUND | {"people"},
    "assess": GROUND | {"people", "sheet"},
    "care": GROUND | {"people", "calendar"},
    "referral": GROUND | {"people", "calendar"},
    "report": GROUND | {"people", "calendar", "assess", "care", "referral"},
    "cli": GROUND | {"people", "calendar", "assess", "care", "referral", "report", "sheet"},
}


def ours(path):
    """What git would keep: no build folders, no caches, no leftovers of an editor."""
    parts = path.relative_to(TOP).parts
    return not (parts[0].startswith("build") or parts[0] == ".git" or "__pycache__" in parts or ".cache" in parts
                or path.name.endswith("~"))


def tracked(*patterns):
    """The project's files that match one of the patterns; all of them without one."""
    found = sorted(path for path in TOP.rglob("*") if path.is_file() and ours(path))
    return [path for path in found
            if not patterns or any(path.relative_to(TOP).match(pattern) for pattern in patterns)]


def sources():
    return [path for path in tracked("*.c", "*.cc", "*.h") if path.relative_to(TOP).parts[0] in ("app", "ui")]


def text(path):
    return path.read_text(encoding="utf-8")


def name(path):
    return str(path.relative_to(TOP))


class House(unittest.TestCase):
    maxDiff = None

    def assertNone(self, found, message):
        self.assertEqual(found, [], message)

    def test_top_level(self):
        there = {path.relative_to(TOP).parts[0] for path in tracked()}
        self.assertEqual(TOP_LEVEL - there, set(), "missing at the top level")
        self.assertEqual(there - TOP_LEVEL - TOP_LEVEL_ALLOWED, set(), "not wanted at the top level")

    def test_app_knows_no_window(self):
        bad = [name(path) for path in sources() if path.relative_to(TOP).parts[0] == "app"
               and re.search(r'#\s*include\s*[<"](gtk|gdk|adwaita|ui/)', text(path))]
        self.assertNone(bad, "app/ does not include the toolkit")

    def test_window_knows_no_sql(self):
        sql = re.compile(r'xq_database_(query|execute|get_)|sqlite3_|"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM) ')
        bad = [name(path) for path in sources() if path.relative_to(TOP).parts[:1] == ("ui",) and sql.search(text(path))]
        bad += [name(path) for path in sources() if path.relative_to(TOP).parts[:2] == ("app", "cli") and sql.search(text(path))]
        self.assertNone(bad, "SQL stands in the rooms only")

    def test_rooms_include_downwards(self):
        bad = []
        for path in sources():
            parts = path.relative_to(TOP).parts
            if parts[0] != "app" or len(parts) < 3:
                continue
            room = parts[1]
            for other in re.findall(r'#\s*include\s*"([a-z]+)/', text(path)):
                if other != room and other not in FLOORS[room]:
                    bad.append(f"{name(path)} includes {other}/")
        self.assertNone(bad, "a room includes only rooms below it")

    def test_no_file_is_two_rooms(self):
        bad = [f"{name(path)}: {len(text(path).splitlines())} lines" for path in sources()
               if len(text(path).splitlines()) > LINES_MAXIMUM]
        self.assertNone(bad, f"at most {LINES_MAXIMUM} lines a file")

    def test_functions_fit_a_screen(self):
        long, count = [], 0
        for path in sources():
            start = None
            for number, line in enumerate(text(path).splitlines(), 1):
                if line == "{":
                    start = number
                elif line == "}" and start is not None:
                    count += 1
                    if number - start - 1 > 60:
                        long.append(f"{name(path)}:{start} has {number - start - 1} lines")
                    start = None
        self.assertLessEqual(len(long), max(1, count * 15 // 1000), "\n".join(long))

    def test_every_source_is_built(self):
        listed = "\n".join(text(path) for path in tracked("meson.build"))
        bad = [name(path) for path in tracked("*.c", "*.cc") if f"'{path.name}'" not in listed
               and path.relative_to(TOP).parts[:2] not in (("tests", "bench"), ("tests", "fuzz"))
               and f"'{path.stem}'" not in listed and f"/{path.name}'" not in listed]
        self.assertNone(bad, "in no meson.build")

    def test_every_speaking_source_is_translated(self):
        listed = {line.strip() for line in text(TOP / "po" / "POTFILES").splitlines() if not line.startswith("#")}
        speaks = re.compile(r"(?<![A-Za-z0-9_])(?:_|N_|C_|NC_|ngettext) ?\(\s*\"")
        bad = [name(path) for path in sources() if speaks.search(text(path)) and name(path) not in listed]
        self.assertNone(bad, "not in po/POTFILES; run po/update")
        self.assertNone(sorted(entry for entry in listed if entry and not (TOP / entry).is_file()), "in po/POTFILES, but gone")

    def test_words_are_whole(self):
        """xgettext ends a word at a macro: gettext would look for the whole and find nothing."""
        broken = re.compile(r'(?<![A-Za-z0-9_])(?:_|N_|C_|NC_|ngettext) ?\(\s*(?:"(?:[^"\\]|\\.)*"[\s,]*)+(?<!,)\s*[A-Z]\w+\s*"')
        bad = [f"{name(path)}: {hit.group(0)[:60]}" for path in sources() for hit in broken.finditer(text(path))]
        self.assertNone(bad, "a translated word has a macro in its middle")

    def test_resources_are_there(self):
        for path in tracked("*.gresource.xml"):
            for entry in ElementTree.parse(path).iter("file"):
                folders = (path.parent, TOP / "data")
                made = entry.text.endswith(".ui") and any((folder / entry.text).with_suffix(".blp").is_file() for folder in folders)
                self.assertTrue(made or any((folder / entry.text).is_file() for folder in folders), f"{name(path)} lists {entry.text}")

    def test_data_is_well_formed(self):
        for path in tracked("*.json"):
            with self.subTest(path=name(path)):
                json.loads(text(path))
        for path in tracked("*.xml", "*.svg", "*.xml.in"):
            with self.subTest(path=name(path)):
                ElementTree.parse(path)

    def test_project_stands_alone(self):
        own_path = re.compile("/" + r"(work|root|home/[a-z]+)/")
        registry = re.compile(r"https?://(deb|ftp|snapshot|mirrors?|pypi|registry|proxy)\.", re.I)
        bad = []
        for path in tracked("*.c", "*.cc", "*.h", "*.py", "*.md", "*.build", "*.json", "*.sql", "*.po", "packaging/*", "tests/run", ".ci/run"):
            if path.suffix in (".png", ".xlsx"):
                continue
            body = text(path)
            if own_path.search(body) or registry.search(body):
                bad.append(name(path))
        self.assertNone(bad, "a machine's path or a registry's host")

    def test_no_loose_ends(self):
        loose = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
        bad = [name(path) for path in tracked("*.c", "*.cc", "*.h", "*.py", "*.sql", "*.build", "*.json") if loose.search(text(path))]
        self.assertNone(bad, "loose ends")


class Catalogues(unittest.TestCase):
    def statistics(self, language):
        done = subprocess.run(["msgfmt", "--statistics", "--check", "--output-file=/dev/null", str(TOP / "po" / f"{language}.po")],
                              capture_output=True, text=True, check=False, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def test_simplified_is_complete(self):
        self.assertNotRegex(self.statistics("zh_CN"), "untranslated|fuzzy")

    def test_traditional_is_complete(self):
        self.assertNotRegex(self.statistics("zh_TW"), "untranslated|fuzzy")

    def test_traditional_is_not_simplified(self):
        """Characters that only Simplified Chinese writes have no place in zh_TW."""
        simplified = set("个们这为发时会过说对学问关开书写长门间题员应实见车东马鸟龙飞话请谢让认识试诊断级经给统计线报导测评随访预约转")
        own = re.findall(r'^msgstr(?:\[\d\])? ((?:".*"\n)+)', text(TOP / "po" / "zh_TW.po") + "\n", re.M)
        found = {character for said in own for character in said} & simplified
        self.assertEqual(found, set())

    def test_catalogues_know_every_word(self):
        if shutil.which("xgettext") is None:
            self.skipTest("no xgettext")
        made = subprocess.run(["xgettext", "--files-from=po/POTFILES", "--from-code=UTF-8", "--output=-", "--keyword=_", "--keyword=N_",
                               "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=ngettext:1,2", "--keyword=g_dngettext:2,3"],
                              cwd=TOP, capture_output=True, text=True, check=False)
        self.assertEqual(made.returncode, 0, made.stderr)
        new = subprocess.run(["msgcmp", "--use-untranslated", str(TOP / "po" / "zh_CN.po"), "-"], input=made.stdout, cwd=TOP,
                             capture_output=True, text=True, check=False, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
        self.assertEqual(new.returncode, 0, new.stderr[-2000:])


class Desktop(unittest.TestCase):
    def test_desktop_entry_is_valid(self):
        for path in tracked("data/*.desktop.in", "data/*.desktop"):
            copy = pathlib.Path("/tmp") / f"xinqiao-{path.name.removesuffix('.in')}"
            shutil.copy(path, copy)
            self.addCleanup(copy.unlink)
            subprocess.run(["desktop-file-validate", str(copy)], check=True)

    def test_metainfo_is_valid(self):
        for path in tracked("data/*.metainfo.xml.in", "data/*.metainfo.xml"):
            done = subprocess.run(["appstreamcli", "validate", "--no-net", "--pedantic", str(path)], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout)


class Scripts(unittest.TestCase):
    def shells(self):
        return [path for path in tracked("packaging/*", "tests/*", ".ci/*", "po/*") if path.is_file()
                and path.read_bytes()[:9] in (b"#!/bin/sh", b"#!/bin/ba")]

    def test_shellcheck(self):
        self.assertTrue(self.shells())
        subprocess.run(["shellcheck", *map(str, self.shells())], check=True)

    def test_python_compiles(self):
        for path in tracked("*.py"):
            compile(text(path), str(path), "exec")


if __name__ == "__main__":
    unittest.main()
