"""The program with the small library beside this folder, on a free port, for one test class."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

LIBRARY = Path(__file__).parent.parent / "library"


class WithProgram(unittest.TestCase):
    """Starts the program once for the class and stops it afterwards."""

    flags = ()

    @classmethod
    def setUpClass(cls):
        cls.data = tempfile.mkdtemp(prefix="fathom-sdk-")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FATHOM_")}
        arguments = ["serve", "--listen", "127.0.0.1:0", "--library", str(LIBRARY), "--data", cls.data, *cls.flags]
        cls.program = subprocess.Popen(
            [os.environ["FATHOM_PROGRAM"], *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        line = cls.program.stdout.readline()
        prefix = "Fathom is ready on "
        if not line.startswith(prefix):
            raise RuntimeError(f"the program did not start: {line!r}")
        cls.base = line[len(prefix) :].strip()

    @classmethod
    def tearDownClass(cls):
        cls.program.kill()
        cls.program.wait()
        cls.program.stdout.close()
        shutil.rmtree(cls.data, ignore_errors=True)


def page(name):
    """The address of a country's page."""
    return f"https://example.org/countries/{name}"
