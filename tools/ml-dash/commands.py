"""What people do with the real `ml-dash` command line against a running Millrace; versions without one have nothing to do.

Usage: python commands.py <url>. Ends with 0 and one line of JSON when every command said what it should.
"""

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from ml_dash import Experiment

URL = sys.argv[1].rstrip("/")
checked = []


def call(*words, says=(), cwd=None, ends=(0,)):
    program = [sys.executable, "-m", "ml_dash.cli", *words]
    done = subprocess.run(program, capture_output=True, text=True, cwd=cwd, timeout=90, stdin=subprocess.DEVNULL)
    text = done.stdout + done.stderr
    missing = [part for part in says if part not in text]
    if done.returncode not in ends or missing:
        raise SystemExit(f"FAILED ml-dash {' '.join(words)} ({done.returncode}): lacks {missing}\n{text}")
    checked.append(words[0])
    return text


def local_run(root):
    """A run kept on disk by the client itself, for `upload`."""
    exp = Experiment(prefix="local/disk/folder/kept", dash_root=str(root), tags=["offline"])
    with exp.run as run:
        run.params.set(lr=0.5, model={"depth": 3})
        run.log("kept on disk")
        for step in range(3):
            run.metrics("train").log(loss=1.0 / (step + 1), step=step)
        run.files("notes").save_text("a note", to="note.txt")
        run.tracks("robot/pose").append(x=1.0, _ts=1.0)


def main():
    if importlib.util.find_spec("ml_dash.cli") is None:
        print(json.dumps({"checked": 0, "why": "this version has no command line of its own"}))
        return
    to = ["--dash-url", URL]
    call("login", *to, "--auth-url", URL, "--no-browser", says=["Logged in successfully"])
    call("profile", *to, "--json", says=['"username": "local"', '"source": "server"'])
    call("profile", *to, "--json", "--cached", says=['"username": "local"', '"exp"'])
    call("create", "-p", "local/made", "-d", "by hand", *to, says=["Project created successfully"])
    call("create", "-p", "local/made", *to, says=["Project created successfully"])
    call("api", "-q", "me { username }", "--jq", ".me.username", *to, says=["local"])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / ".dash"
        local_run(root)
        call("upload", str(root), *to, says=["1"], cwd=folder)
        call("list", *to, says=["disk", "made"])
        call("list", "-p", "local/disk", *to, says=["kept"])
        # Writing to disk is the client's own affair, and broken in some versions; that it finds the experiment is ours.
        call("download", str(Path(folder) / "back"), "-p", "local/disk/*", *to, says=["Found 1 experiment(s)"], cwd=folder, ends=(0, 1))
        entries = Path(folder) / "entries.jsonl"
        entries.write_text('{"timestamp": 1.5, "x": 1}\n{"timestamp": 2.5, "x": 2}\n')
        place = "local/disk/kept/robot/pose"
        call("upload", "--tracks", str(entries), "--remote-path", place, *to, says=["2"], cwd=folder)
        call("list", "-p", "local/disk/kept", "--tracks", *to, cwd=folder)
        call("download", "--tracks", place, "-o", str(Path(folder) / "pose.jsonl"), *to, says=["downloaded successfully"])
        lines = [json.loads(line) for line in (Path(folder) / "pose.jsonl").read_text().splitlines()]
        if lines != [{"timestamp": 1.5, "x": 1}, {"timestamp": 2.5, "x": 2}]:
            raise SystemExit(f"FAILED download --tracks: {lines}")
        columns = Path(folder) / "pose.parquet"
        call("download", "--tracks", place, "-o", str(columns), "--format", "parquet", *to, says=["downloaded successfully"])
        if not columns.read_bytes().startswith(b"PAR1"):
            raise SystemExit("FAILED download --tracks --format parquet")
    call("remove", "-p", "local/made", "-y", *to, says=["deleted from namespace"])
    print(json.dumps({"checked": len(checked)}))


main()
