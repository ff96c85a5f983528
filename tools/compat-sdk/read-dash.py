"""Prints what the ml-dash package reads in a folder: python read-dash.py <root> <prefix> <scratch>"""
import json, pathlib, sys
from ml_dash.storage import LocalStorage

root, prefix, scratch = sys.argv[1:]
owner, project = prefix.split("/")[:2]
storage = LocalStorage(pathlib.Path(root))
place = dict(owner=owner, project=project, prefix=prefix)


def fields(row):
    return {k: v for k, v in row["data"].items() if k != "_ts"}


metrics = {}
for folder in sorted((pathlib.Path(root) / prefix / "metrics").iterdir()):
    rows = storage.read_metric_data(**place, metric_name=folder.name)
    stats = storage.get_metric_stats(**place, metric_name=folder.name)
    metrics[folder.name] = dict(rows=[fields(r) for r in rows["data"]], indexes=[r["index"] for r in rows["data"]],
                                more=rows["hasMore"], name=stats["name"], total=stats["totalDataPoints"])
files = []
for entry in storage.list_files(**place):
    copy = storage.read_file(**place, file_id=entry["id"], dest_path=str(pathlib.Path(scratch) / entry["filename"]))
    files.append(dict(path=entry["path"], filename=entry["filename"], tags=entry["tags"], text=pathlib.Path(copy).read_text()))
logs = [json.loads(line) for line in (pathlib.Path(root) / prefix / "logs" / "logs.jsonl").read_text().splitlines()]
tracks = [t["topic"] for t in storage.list_tracks(**place)]
# Going on where we ended.
landed = storage.append_to_metric(**place, metric_name="train", data={"loss": 0.0, "step": 99})
storage.write_log(**place, message="from Python", level="info", timestamp="2026-01-01T00:00:00Z")
storage.write_parameters(**place, data={"seen": True})
print(json.dumps(dict(params=storage.read_parameters(**place), metrics=metrics, files=files,
                      logs=[(l["sequenceNumber"], l["level"], l["message"]) for l in logs], tracks=tracks, landed=landed["index"])))
