"""Runs the test files that are named and prints the counts in the form that `cargo xtask test` reads."""

import sys
import unittest
import warnings

# The clients warn of their own deprecated methods, which are called on purpose.
warnings.simplefilter("ignore")
suite = unittest.defaultTestLoader.loadTestsFromNames(sys.argv[1:])
runner = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, warnings="ignore")
result = runner.run(suite)
bad = len(result.failures) + len(result.errors) + len(result.skipped) + len(result.unexpectedSuccesses)
print(f"# pass {result.testsRun - len(result.failures) - len(result.errors) - len(result.skipped)}")
print(f"# fail {bad}")
sys.exit(0 if result.wasSuccessful() else 1)
