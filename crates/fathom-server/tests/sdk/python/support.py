"""The program with the small library beside this folder, on a free port, for one test class."""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

LIBRARY = Path(__file__).parent.parent / "library"
# What stays is searched for the key in the end, see `cargo xtask test secrets`.
TRACES = os.environ.get("FATHOM_TRACES")
# The key that every client here has.
KEY = os.environ.get("FATHOM_PLANTED_KEY", "any key")


class Relay:
    """Passes everything on to the program, keeps what the program says, and notices whether the key was shown to it."""

    def __init__(self, address, folder):
        self.program = address
        self.replies = open(Path(folder) / "replies", "ab")
        self.saw_key = False
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:{}".format(self.server.getsockname()[1])
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            host, port = self.program.rsplit(":", 1)
            program = socket.create_connection((host, int(port)))
            threading.Thread(target=self.copy, args=(client, program, self.look), daemon=True).start()
            threading.Thread(target=self.copy, args=(program, client, self.replies.write), daemon=True).start()

    def copy(self, source, target, notice):
        try:
            while piece := source.recv(65536):
                notice(piece)
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            source.close()
            target.close()

    def look(self, piece):
        self.saw_key = self.saw_key or KEY.encode() in piece

    def close(self):
        self.server.close()
        self.replies.flush()


class WithProgram(unittest.TestCase):
    """Starts the program once for the class and stops it afterwards."""

    flags = ()

    @classmethod
    def setUpClass(cls):
        cls.data = tempfile.mkdtemp(prefix="fathom-sdk-", dir=TRACES)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FATHOM_")}
        arguments = ["serve", "--listen", "127.0.0.1:0", "--library", str(LIBRARY), "--data", cls.data, *cls.flags]
        cls.log = open(Path(cls.data) / "log", "w")
        cls.program = subprocess.Popen(
            [os.environ["FATHOM_PROGRAM"], *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=cls.log,
            text=True,
        )
        line = cls.program.stdout.readline()
        prefix = "Fathom is ready on "
        if not line.startswith(prefix):
            raise RuntimeError(f"the program did not start: {line!r}")
        address = line[len(prefix) :].strip().removeprefix("http://")
        cls.relay = Relay(address, cls.data)
        cls.base = f"http://{cls.relay.address}"

    @classmethod
    def tearDownClass(cls):
        cls.program.kill()
        cls.program.wait()
        cls.program.stdout.close()
        cls.log.close()
        cls.relay.close()
        if not TRACES:
            shutil.rmtree(cls.data, ignore_errors=True)
        if not cls.relay.saw_key:
            raise RuntimeError("no client has shown the key")


def page(name):
    """The address of a country's page."""
    return f"https://example.org/countries/{name}"
