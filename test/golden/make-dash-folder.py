"""
Writes the folder dash/, as the ml-dash package (0.6.27 and 0.11.0 write the same) leaves it in local mode. Run from the project:
python test/golden/make-dash-folder.py
"""
import pathlib, shutil, sys, tempfile
from ml_dash import Experiment

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).with_name("dash"))
shutil.rmtree(root, ignore_errors=True)
with Experiment(prefix="ann/digits/cnn/py", readme="from Python", tags=["a"], bindrs=["b"], metadata={"gpu": 1},
                dash_root=str(root)).run as exp:
    exp.params.set(lr=0.1, model={"name": "cnn", "layers": [1, 2]})
    exp.log("ready")
    exp.logs.warn("hot", gpu=1)
    for step in range(3):
        exp.metrics("train").log(loss=1 / (step + 1), step=step)
    exp.metrics("train").log(loss=float("nan"), step=3)
    exp.metrics.log(epoch=1, eval=dict(loss=2.0))
    exp.files("models").save_json({"lr": 0.1}, to="config.json")
    with tempfile.TemporaryDirectory() as scratch:
        weights = pathlib.Path(scratch) / "weights.bin"
        weights.write_bytes(bytes(range(8)))
        exp.files("models", description="d", tags=["best"], metadata={"epoch": 1}, bindrs=["v1"]).save(str(weights))
        exp.flush()
    exp.tracks("robot/arm").append(q=[1.0, 2.0], _ts=1.5)
    exp.tracks("robot/arm").append(q=[3.0, 4.0], _ts=2.5)
for lock in root.rglob(".*.lock"):
    lock.unlink()
