"""Makes a log folder with the real SwanLab client, asks the real dashboard about it, and keeps both.

    python record.py <folder>   # writes <folder>/swanlog.tar.gz and <folder>/answers.json

Needs `pip install "swanlab[dashboard]" numpy pillow` in a virtual environment; made with swanlab 0.10.3 and swanboard 0.1.10b2. Nothing
of it is needed at run time: the two files are committed, and `npm run compat:swanlab` makes them anew where Python is at hand.
What names the machine is written over before the dashboard reads it.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request

PORT = 5593
BASE = f"http://127.0.0.1:{PORT}/api/v1"

LOG = """
import sys, numpy as np, swanlab
what = sys.argv[1]
if what == "first":
    run = swanlab.init(project="toy", experiment_name="first", description="the first one", mode="local", logdir="swanlog",
                       config={"lr": 0.1, "layers": [1, 2], "net": {"name": "mlp", "on": True}, "none": None})
    print("hello from the script")
    print("a second line")
    for step in range(1, 6):
        swanlab.log({"train/loss": 1 / step, "train/acc": step / 10, "lr": 0.1}, step=step)
    swanlab.log({"train/loss": 0.125}, step=3)
    swanlab.log({"deep/a/b": 3}, step=7)
    black, white = np.zeros((8, 8, 3), dtype=np.uint8), np.full((8, 8, 3), 255, dtype=np.uint8)
    swanlab.log({"pic": swanlab.Image(black, caption="black")}, step=1)
    swanlab.log({"pic": [swanlab.Image(black), swanlab.Image(white)]}, step=2)
    swanlab.log({"note": swanlab.Text("some words", caption="said")}, step=1)
    swanlab.log({"hum": swanlab.Audio(np.zeros((1, 800), dtype=np.float32), sample_rate=8000)}, step=1)
    run.finish()
elif what == "second":
    run = swanlab.init(project="toy", experiment_name="first", mode="local", logdir="swanlog", config={})
    for step in range(1600):
        swanlab.log({"long": float(np.sin(step / 20))}, step=step)
    swanlab.log({"train/loss": 0.5}, step=1)
    run.finish()
else:
    run = swanlab.init(project="toy", experiment_name="odd", mode="local", logdir="swanlog", config={"a b/c": "ü"})
    swanlab.log({"odd": float("nan")}, step=1)
    swanlab.log({"odd": 2.0}, step=2)
    swanlab.log({"odd": float("inf")}, step=3)
    print("before the end")
    run.finish(state="crashed", error="it broke")
"""

SERVE = """
import os, sys
os.environ["SWANLAB_LOG_DIR"] = os.path.abspath("swanlog")
from swanboard import SwanBoardRun
SwanBoardRun.run(path=os.path.abspath("swanlog"), host="127.0.0.1", port=int(sys.argv[1]))
"""


def ask(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE + path, data, {"content-type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            status, content = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, content = error.code, error.read()
    return {"method": method, "path": path, "body": body, "status": status, "answer": json.loads(content)}


def make_plain(folder):
    """Writes over what names this machine."""
    for run in folder.glob("run-*"):
        shutil.rmtree(run / "debug", ignore_errors=True)
        for binary in run.glob("*.swanlab"):
            binary.unlink()
        meta = run / "files" / "swanlab-metadata.json"
        system = json.loads(meta.read_text())
        system["runtime"].update(
            hostname="box", pid=1, cwd="/work", python_executable="/usr/bin/python3", command="python train.py",
            os="Linux", os_pretty="Linux", python_verbose="3.11",
        )
        system["hardware"]["cpu"]["brand"] = "a processor"
        system["swanlab"]["run_dir"] = "swanlog"
        meta.write_text(json.dumps(system, indent=2))
        (run / "files" / "requirements.txt").write_text("numpy==2.4.6\nswanlab==0.10.3\n")
        for log in (run / "console").glob("*.log"):
            log.write_text(re.sub(r"/[\w./-]{6,}", "/work/train.py", log.read_text()))


def record(ids):
    answers = [ask("GET", "/project"), ask("GET", "/project/charts"), ask("GET", "/project/summaries")]
    for i in ids:
        for part in ("", "/chart", "/status", "/summary", "/recent_log", "/requirements"):
            answers.append(ask("GET", f"/experiment/{i}{part}"))
    for i, tag in ((1, "train/loss"), (1, "train%2Facc"), (1, "lr"), (1, "deep/a/b"), (1, "pic"), (1, "note"), (1, "hum"),
                   (2, "long"), (2, "train/loss"), (3, "odd"), (1, "none")):
        answers.append(ask("GET", f"/experiment/{i}/tag/{tag}"))
    answers += [ask("GET", "/experiment/99"), ask("GET", "/experiment/x"), ask("GET", "/experiment/99/status")]
    return answers


def main():
    target = pathlib.Path(sys.argv[1]).resolve()
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work) / "swanlog"
        env = {**os.environ, "HOME": work, "SWANLAB_MODE": "local"}
        for what in ("first", "second", "third"):
            subprocess.run([sys.executable, "-c", LOG, what], cwd=work, env=env, check=True, stdout=subprocess.DEVNULL)
        make_plain(folder)
        server = subprocess.Popen([sys.executable, "-c", SERVE, str(PORT)], cwd=work, env=env, stdout=subprocess.DEVNULL)
        try:
            for _ in range(100):
                try:
                    ask("GET", "/project")
                    break
                except OSError:
                    time.sleep(0.2)
            charts = {chart["name"]: chart["id"] for chart in ask("GET", "/experiment/1/chart")["answer"]["data"]["charts"]}
            changes = [
                ask("PATCH", f"/chart/{charts['lr']}/status", {"status": 1}),
                ask("PATCH", f"/chart/{charts['train/acc']}/status", {"status": 1}),
                ask("PATCH", f"/chart/{charts['note']}/status", {"status": -1}),
                ask("PATCH", "/namespace/-1/opened", {"opened": 0, "experiment_id": 1}),
                ask("PATCH", "/experiment/2/show", {"show": False}),
            ]
            answers = record((1, 2, 3))
        finally:
            server.terminate()
            server.wait()
        with tarfile.open(target / "swanlog.tar.gz", "w:gz") as archive:
            archive.add(folder, "swanlog", filter=lambda entry: None if entry.name.endswith("-shm") else anonymous(entry))
        text = json.dumps({"changes": changes, "answers": answers}, ensure_ascii=False)
        (target / "answers.json").write_text(text.replace(str(folder), "swanlog") + "\n")


def anonymous(entry):
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


main()
