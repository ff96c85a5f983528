"""Logs a small training to Millrace with matyan's own client: pip install matyan-client, then python train.py [address]."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from matyan_client import Repo, Run
from matyan_client.objects import Distribution, Figure, Image, Text

address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"

# A picture of one red point, as any other bytes of a PNG.
POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000"
    "00907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)

run = Run(repo=address, experiment="first steps", log_system_params=True, capture_terminal_logs=True)
run.name = "a small training"
run.description = "logged by matyan-client"
run["hparams"] = {"lr": 0.01, "batch_size": 32}
run["hparams.optimizer"] = "adam"
run.add_tag("example")
print("training begins")
for step in range(200):
    loss = 1 / (1 + step)
    run.track(loss, name="loss", step=step, epoch=step // 50, context={"subset": "train"})
    run.track(loss * 1.1, name="loss", step=step, epoch=step // 50, context={"subset": "val"})
run.track(float("nan"), name="loss", step=200, context={"subset": "train"})
run.track(Image(POINT, caption="a point", format_="PNG"), name="samples", step=0)
run.track(Text("it learns"), name="notes", step=0)
run.track(Distribution([1, 2, 2, 3, 3, 3]), name="weights", step=0)
run.track(Figure({"data": [{"x": [1, 2], "y": [3, 4], "type": "scatter"}], "layout": {}}), name="curve", step=0)
run.log_info("half way", step=100)
with TemporaryDirectory() as folder:
    model = Path(folder) / "model.txt"
    model.write_text("weights")
    run.log_artifact(str(model), name="models/model.txt")
    run.close()

repo = Repo(address)
again = repo.get_run(run.hash)
print("name, tags:", again.props["name"], [tag["name"] for tag in again.props["tags"]])
print("metrics:", sorted((m["name"], m["context"].get("subset")) for m in again.metrics()))
print("objects:", {kind: [t["name"] for t in traces] for kind, traces in again.collect_sequence_info().items() if kind != "metric"})
print("artifacts:", [a["path"] for a in again.artifacts], again.get_artifact("models/model.txt"))
print("lr:", again["hparams.lr"], "optimizer:", again["hparams.optimizer"])
print("active:", again.props["active"], "ended after start:", again.props["end_time"] >= again.props["creation_time"])
