"""The PDFs read back by poppler: text, fonts, metadata, and whether every character is really there."""

import os
import random
import re
import subprocess
import sys
import unittest

sys.path.insert(0, __file__.rsplit("/", 1)[0])
import reports  # noqa: E402  (beside this file)

PROGRAMS = reports.BUILD / "tests" / "report"


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=300, **options).stdout


def grey(pdf, page, dpi=72):
    """(width, height, pixels) of a page, 0 black to 255 white."""
    raw = run("pdftoppm", "-r", dpi, "-gray", "-f", page, "-l", page, pdf)
    _, size, _, pixels = raw.split(b"\n", 3)
    width, height = map(int, size.split())
    return width, height, pixels


def ink(picture, left, top, width, height):
    across, _, pixels = picture
    return sum(255 - value for row in range(top, top + height) for value in pixels[row * across + left:row * across + left + width])


class Glyphs(reports.Folder):
    """No character is lost on the way into a PDF, whatever others are in it."""

    def missing(self, text):
        source = self.folder / "text.txt"
        pdf = self.folder / "glyphs.pdf"
        source.write_text(text + "\n", encoding="utf-8")
        run(PROGRAMS / "sample-glyphs", source, pdf)
        pages = int(re.search(rb"Pages:\s+(\d+)", run("pdfinfo", pdf))[1])
        lost, at = [], 0
        for page in range(1, pages + 1):
            picture = grey(pdf, page)
            # 44 points from the top; a row takes 20: 14 of drawing, 2 before (not on the first), 4 after.
            top = 44
            while at < len(text) and top + 14 <= 842 - 58:
                for column in range(min(25, len(text) - at)):
                    if ink(picture, 46 + column * 20, top - 1, 20, 16) < 200:
                        lost.append(text[at + column])
                at += min(25, len(text) - at)
                top += 20
        self.assertEqual(at, len(text))
        return "".join(lost)

    def common(self):
        found = []
        for first in range(0xB0, 0xD8):
            for second in range(0xA1, 0xFF):
                try:
                    found.append(bytes([first, second]).decode("gb2312"))
                except UnicodeDecodeError:
                    continue
        return found

    def test_alone(self):
        self.assertEqual(self.missing("如"), "")
        self.assertEqual(self.missing("不论后来如何如"), "")

    def test_together(self):
        self.assertEqual(self.missing("".join(self.common()[:1500])), "")

    def test_by_chance(self):
        chance = random.Random(7)
        common = self.common()
        for _ in range(12):
            self.assertEqual(self.missing("".join(chance.sample(common, 60))), "")


class Principal(reports.Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        environment = {**os.environ, "LANGUAGE": "en", "XINQIAO_KDF": "minimum"}
        for name in ("one", "two"):
            (cls.folder / name).mkdir()
            run(PROGRAMS / "sample-term", cls.folder / name, env=environment)
        cls.pdf = cls.folder / "one" / "principal-term.pdf"
        cls.text = run("pdftotext", "-layout", cls.pdf, "-").decode()

    def test_metadata(self):
        information = run("pdfinfo", "-isodates", self.pdf).decode()
        self.assertRegex(information, r"Title:\s+Student mental health: summary of the term\n")
        self.assertRegex(information, r"Author:\s+江城市第三中学\n")
        self.assertRegex(information, r"CreationDate:\s+2026-11-23T")
        self.assertRegex(information, r"Page size:\s+595\.276 x 841\.89 pts \(A4\)")

    def test_two_to_four_pages(self):
        pages = int(re.search(rb"Pages:\s+(\d+)", run("pdfinfo", self.pdf))[1])
        self.assertIn(pages, range(2, 5))
        for page in range(1, pages + 1):
            self.assertRegex(self.text, rf"{page} ?/ ?{pages}\n")

    def test_text_can_be_searched(self):
        for wanted in ("江城市第三中学", "七年级", "Where the risk lies", "For the principal to decide", "Audit code", "Principal:"):
            self.assertIn(wanted, self.text)

    def test_structure(self):
        tree = run("pdfinfo", "-struct-text", self.pdf).decode()
        for tag in ("H1", "H2", "Table", "TR", "TH", "TD", "Figure"):
            self.assertRegex(tree, rf"(?m)^\s*{tag}\b")

    def test_fonts_are_embedded(self):
        fonts = run("pdffonts", self.pdf).decode().splitlines()[2:]
        self.assertEqual(len(fonts), 2)
        for line in fonts:
            self.assertRegex(line, r"NotoSansCJK.* yes yes yes ")
        self.assertLess(self.pdf.stat().st_size, 400_000)

    def test_no_name(self):
        self.assertNotIn("无名氏", self.text)

    def test_same_bytes(self):
        for path in sorted((self.folder / "one").iterdir()):
            other = self.folder / "two" / path.name
            self.assertEqual(path.read_bytes(), other.read_bytes(), path.name)

    def test_nothing_is_drawn_outside_the_margins(self):
        for page in (1, 2, 3):
            picture = grey(self.pdf, page)
            width, height, _ = picture
            for area in ((0, 0, 40, height), (width - 40, 0, 40, height), (0, 0, width, 40), (0, height - 25, width, 25)):
                self.assertEqual(ink(picture, *area), 0, (page, area))

    def test_first_page_is_full(self):
        picture = grey(self.pdf, 1)
        blank = [top for top in range(44, 760, 12) if ink(picture, 46, top, 500, 12) == 0]
        self.assertLess(len(blank), 12)


if __name__ == "__main__":
    unittest.main()
