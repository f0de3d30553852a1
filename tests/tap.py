"""Runs one file of unittest tests and speaks TAP: python3 tests/tap.py tests/cli/test_people.py"""

import importlib.util
import pathlib
import sys
import unittest


class TapResult(unittest.TestResult):
    """Says each result as it comes; what went wrong follows as comments."""

    def __init__(self):
        super().__init__()
        self.number = 0
        self.failed = False

    def _say(self, good, test, remark="", trace=""):
        self.number += 1
        print(f"{'ok' if good else 'not ok'} {self.number} {test.id()}{remark}")
        for line in trace.splitlines():
            print(f"# {line}")
        sys.stdout.flush()
        self.failed = self.failed or not good

    def addSuccess(self, test):
        super().addSuccess(test)
        self._say(True, test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._say(True, test, remark=f" # SKIP {reason}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._say(False, test, trace=self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self._say(False, test, trace=self.errors[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            trace = (self.failures + self.errors)[-1][1] if self.failures or self.errors else ""
            self._say(False, subtest, trace=trace)


def main(path):
    path = pathlib.Path(path).resolve()
    sys.path[:0] = [str(path.parent), str(path.parent.parent)]
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    print(f"# {path.name}: {suite.countTestCases()} tests")
    result = TapResult()
    suite.run(result)
    print(f"1..{result.number}")
    return 1 if result.failed or result.number == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
