"""What a training script does with the real ML-Dash client against a running Millrace; every value read back is compared.

Usage: python session.py <url>. Ends with 0 and one line of JSON when all of it came back as it was logged.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import ml_dash
from ml_dash import Experiment
from ml_dash.auth.device_flow import DeviceFlowClient
from ml_dash.auth.token_storage import get_token_storage
from ml_dash.client import RemoteClient

URL = sys.argv[1].rstrip("/")
done = []


def same(what, got, expected):
    if got != expected:
        raise SystemExit(f"FAILED {what}: got {got!r}, expected {expected!r}")
    done.append(what)


def sign_in():
    flow = DeviceFlowClient(device_secret="a secret of this machine", ml_dash_server_url=URL, auth_server_url=URL)
    started = flow.start_device_flow()
    same("a code is shown", len(started.user_code.replace("-", "")), 8)
    token = flow.exchange_token(flow.poll_for_token(max_attempts=3))
    get_token_storage().store("ml-dash-token", token)
    same("the token has three parts", token.count("."), 2)


def experiment(prefix, **words):
    return Experiment(prefix=prefix, dash_url=URL, dash_root=None, **words)


def rows_of(metric):
    """Rows without their times, by whichever read this version of the client has."""
    if hasattr(metric, "read_rows"):
        rows = []
        for block in metric.iter_row_blocks(limit=2):
            names = [column.name for column in block.columns]
            rows += [dict(zip(names, row)) for row in block.rows]
    else:
        rows = [point["data"] for point in metric.read(start_index=0, limit=1000)["data"]]
    return [{name: value for name, value in row.items() if name != "_ts"} for row in rows]


def train():
    exp = experiment("ada/digits/sweep/lr/run-1", readme="first try", tags=["mnist", "cnn"], bindrs=["best"], metadata={"gpu": 2})
    with exp.run as run:
        run.params.set(lr=0.001, model={"name": "cnn", "layers": [8, 16], "drop": {"p": 0.5}})
        run.params.set(lr=0.002)
        same("params", run.params.get(), {"lr": 0.002, "model.name": "cnn", "model.layers": [8, 16], "model.drop.p": 0.5})
        same("params, nested", run.params.get(flatten=False)["model"]["drop"], {"p": 0.5})
        run.log("started", level="info", epoch=0)
        run.log("hot", level="WARN", metadata={"celsius": 91})
        if hasattr(run, "logs"):
            run.logs.error("out of luck", code=7)
        for step in range(5):
            run.metrics("train").log(loss=1 / (step + 1), step=step, note="even" if step % 2 == 0 else "odd")
        run.metrics("a/b").log(value=1.5)
        run.metrics.log(epoch=3, train=dict(acc=0.5), eval=dict(acc=0.25))
        for value in (1.0, 2.0, 3.0, 4.0):
            run.metrics("summary").buffer(loss=value)
        run.metrics.buffer.log_summary("mean", "std", "p95", "count")
        run.tracks("robot/pose").append(q=[0.1, 0.2], pose={"x": 1.0}, _ts=1.0)
        run.tracks("robot/pose").append(e=5, _ts=1.0)
        run.tracks("robot/pose").append(q=[0.3, 0.4], _ts=2.5)
        run.flush()
        check_metrics(run)
        check_tracks(run)
        check_files(run)
        check_logs(run)
        check_downloads(run)
    return exp


def check_metrics(run):
    train = rows_of(run.metrics("train"))
    same("rows of a metric", [row["step"] for row in train if "step" in row], [0, 1, 2, 3, 4])
    same("fields of any kind", train[1]["note"], "odd")
    same("a grouped row", train[-1], {"acc": 0.5, "epoch": 3})
    same("a name with a slash", rows_of(run.metrics("a/b")), [{"value": 1.5}])
    summary = rows_of(run.metrics("summary"))[0]
    same("a summary", [round(summary[f"loss.{key}"], 6) for key in ("mean", "std", "p95", "count")], [2.5, 1.290994, 3.85, 4.0])
    stats = run.metrics("train").stats()
    same("stats", [int(stats["totalDataPoints"]), stats["count"]], [6, 6])
    names = {metric["name"]: int(metric["totalDataPoints"]) for metric in run.metrics("train").list_all()}
    same("the list of metrics", names, {"None": 1, "a/b": 1, "eval": 1, "summary": 1, "train": 6})


def check_downloads(run):
    """What the command line's `download` asks for, where this version's library still can."""
    if hasattr(run.metrics("train"), "read_rows"):
        return
    client, id_ = run._client, run._experiment_id
    client.append_batch_to_metric(id_, "long", [{"i": i, "_ts": 1.5 + i} for i in range(10_000)])
    client.append_batch_to_metric(id_, "long", [{"i": 10_000}, {"i": 10_001}], description="counts", tags=["c"], metadata={"by": 1})
    stats = client.get_metric_stats(id_, "long")
    same("chunks", [stats["totalChunks"], int(stats["bufferedDataPoints"]), stats["description"]], [1, 2, "counts"])
    chunk = client.download_metric_chunk(id_, "long", 0)
    same("a chunk", [chunk["startIndex"], chunk["endIndex"], chunk["dataCount"]], [0, 9999, 10_000])
    same("a time", chunk["data"][4321]["data"]["_ts"], 4322.5)
    rest = client.get_metric_data(id_, "long", buffer_only=True)
    same("what follows it", [point["index"] for point in rest["data"]], [10_000, 10_001])
    page = client.get_metric_data(id_, "long", start_index=9_999, limit=2)
    same("a page", [page["total"], page["hasMore"], page["data"][0]["data"]["i"]], [2, True, 9_999])


def check_tracks(run):
    track = run.tracks("robot/pose")
    data = track.read()
    same("entries of a track", [entry["timestamp"] for entry in data["entries"]], [1.0, 2.5])
    same("fields of one time joined", data["entries"][0]["e"], 5)
    same("a slice of time", track.read(start_timestamp=2.0, columns=["q"])["entries"], [{"timestamp": 2.5, "q": [0.3, 0.4]}])
    same("lines of JSON", len(track.read(format="jsonl").decode().splitlines()), 2)
    parquet = track.read(format="parquet")
    same("a Parquet file", [parquet[:4], parquet[-4:]], [b"PAR1", b"PAR1"])
    film = track.read(format="mocap")
    same("frames", [film["metadata"]["frameCount"], [frame["time"] for frame in film["frames"]]], [2, [1.0, 2.5]])
    same("the list of tracks", [t["topic"] for t in run._client.list_tracks(run._experiment_id, "robot/*")], ["robot/pose"])


def check_files(run):
    run.files("configs").save_json({"lr": 0.002}, to="config.json")
    run.files("notes/deep").save_text("hello", to="hello.txt")
    run.flush()
    listed = {file["name"]: file for file in run.files().list()}
    same("files", sorted(listed), ["config.json", "hello.txt"])
    with tempfile.TemporaryDirectory() as folder:
        client, id_ = run._client, run._experiment_id
        to = client.download_file(id_, listed["hello.txt"]["id"], str(Path(folder) / "hello.txt"))
        same("the bytes of a file, checked by the client", Path(to).read_text(), "hello")
        local = Path(folder) / "model.bin"
        local.write_bytes(bytes(range(256)) * 40)
        run.files("models").upload(str(local), description="weights", tags=["best", "v1"], metadata={"epoch": 3})
        run.flush()
        model = next(file for file in run.files().list() if file["name"] == "model.bin")
        same("words about a file", [model["description"], model["tags"], model["metadata"]], ["weights", ["best", "v1"], {"epoch": 3}])
        updated = client.update_file(id_, model["id"], description="better", tags=["v2"])
        same("an update", [updated["description"], updated["tags"]], ["better", ["v2"]])
        same("found by glob", [f["path"] for f in client.search_files("**/model.bin", id_)], ["models/model.bin"])
        same("a soft delete", client.delete_file(id_, model["id"])["id"], model["id"])
        same("gone", client.search_files("**/model.bin", id_), [])


def check_logs(run):
    logs = run._client.query_logs(run._experiment_id, limit=10, order_by="sequenceNumber", order="asc")
    same("log lines", [line["message"] for line in logs["logs"]][:2], ["started", "hot"])
    same("numbers of lines", logs["logs"][0]["sequenceNumber"], 0)
    same("what a line carries", [logs["logs"][0]["metadata"], logs["logs"][1]["metadata"]], [{"epoch": 0}, {"celsius": 91}])
    warned = run._client.query_logs(run._experiment_id, level=["warn"], search="ho")
    same("lines of a level", [line["message"] for line in warned["logs"]], ["hot"])


def look_again(first):
    again = experiment("ada/digits/sweep/lr/run-1")
    again.run.start()
    same("the same prefix is the same experiment", again.id, first.id)
    again.metrics("late").log(x=1)
    again.run.fail()
    client = RemoteClient(URL, namespace="ada")
    found = client.get_experiment_by_path_graphql("digits", "sweep/lr/run-1")
    same("found by its path", [found["id"], found["status"], found["tags"]], [first.id, "FAILED", ["mnist", "cnn"]])
    by_name = client.get_experiment_graphql("digits", "run-1")
    same("its parameters in GraphQL", by_name["parameters"]["data"]["lr"], 0.002)
    page = client.list_experiments_graphql("digits", status="FAILED", namespace_slug="ada")
    same("a page of experiments", [page["totalCount"], page["experiments"][0]["trackCount"]], [1, 1])
    glob = client.search_experiments_graphql("a*/digits/run-?")
    same("a search", [experiment["displayPath"] for experiment in glob["experiments"]], ["sweep/lr/run-1"])
    same("projects", [p["slug"] for p in client.list_projects_graphql("ada")["projects"]], ["digits"])
    same("who I am", client.get_current_user()["username"], "local")
    fresh = RemoteClient(URL, namespace="ada")
    same("a status without the cache", fresh.update_experiment_status(first.id, "COMPLETED")["status"], "COMPLETED")
    two = experiment("ada/second")
    with two.run:
        two.params.set(a=1)
    same("a prefix of two parts", two.name, "second")
    same("a project deleted", client.delete_project("second")["experiments"], 1)


sign_in()
first = train()
look_again(first)
print(json.dumps({"version": getattr(ml_dash, "__version__", "?"), "checked": len(done)}))
