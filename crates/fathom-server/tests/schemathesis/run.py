"""Runs schemathesis against the live program and says how it went in one line, as test runners do.

Started by `cargo xtask test api` with the Python of a virtual environment that holds requirements.txt.
FATHOM_PROGRAM names the program. Everything else is made here and goes away at the end, unless FATHOM_TRACES names a
folder: what stays there, replies included, is searched for FATHOM_PLANTED_KEY by `cargo xtask test secrets`.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
# The same requests every time.
SEED, EXAMPLES = 20261122, 25
DOCUMENT = "---\ntitle: {0}\nurl: https://example.org/{0}\n---\n# {0}\n\n## Exports\n\nThe exports of {0} are {1}.\n"
LIBRARY = {"Norway": "oil and fish", "Sweden": "cars and paper", "Finland": "paper and steel"}
KEYS = ["EXA_API_KEY", "TAVILY_API_KEY", "EXTRUCT_API_TOKEN"]


def main():
    traces = os.environ.get("FATHOM_TRACES")
    if traces:
        return put_to_the_test(pathlib.Path(tempfile.mkdtemp(dir=traces)))
    with tempfile.TemporaryDirectory() as folder:
        return put_to_the_test(pathlib.Path(folder))


def put_to_the_test(folder):
    library = folder / "library"
    library.mkdir()
    for name, exports in LIBRARY.items():
        (library / f"{name.lower()}.md").write_text(DOCUMENT.format(name, exports))
    with open(folder / "log", "w") as log:
        program = start(folder, library, log)
        try:
            base = program.stdout.readline().strip().removeprefix("Fathom is ready on ")
            operations = count_operations(base)
            failed = schemathesis(folder, base)
        finally:
            program.terminate()
            program.wait(timeout=30)
    panicked = "panicked" in (folder / "log").read_text()
    failed = failed or panicked or program.returncode != 0
    passed = 0 if failed else operations
    word = "FAILED" if failed else "ok"
    print(f"test result: {word}. {passed} passed; {operations - passed} failed; 0 ignored")
    return int(failed)


def start(folder, library, log):
    command = [os.environ["FATHOM_PROGRAM"], "serve", "--listen", "127.0.0.1:0"]
    command += ["--library", library, "--data", folder / "data", "--queue", "1000000"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("FATHOM_")}
    clean |= {name: os.environ.get("FATHOM_PLANTED_KEY", "planted-key") for name in KEYS}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=clean)


def count_operations(base):
    with urllib.request.urlopen(f"{base}/api/v1/openapi.json") as answer:
        paths = json.load(answer)["paths"]
    # The description itself is read and not tested.
    return sum(len(methods) for methods in paths.values()) - 1


def schemathesis(folder, base):
    """Whether anything failed. All checks are on."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{base}/api/v1/openapi.json"]
    command += ["--checks", "all", "--seed", str(SEED), "--max-examples", str(EXAMPLES)]
    command += ["--workers", "1", "--continue-on-failure", "--request-timeout", "30"]
    command += ["--generation-database", "none", "--no-color"]
    # Everything that was answered, written down.
    command += ["--report", "vcr", "--report-dir", str(folder)]
    hooks = {"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=os.environ | hooks).returncode != 0


if __name__ == "__main__":
    sys.exit(main())
