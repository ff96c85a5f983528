"""Writes aggregations.json: values and what numpy says of them. Run from the project: python test/golden/make-aggregations.py"""
import json, math, pathlib
import numpy as np

rng = np.random.default_rng(11)
inputs = {
    "one": [0.25],
    "two": [1.0, 2.0],
    "equal": [3.5] * 7,
    "even": list(rng.normal(size=100)),
    "odd": list(rng.exponential(size=101)),
    "large offset": list(1e9 + rng.normal(size=1000)),
    "tiny": list(1e-12 * rng.normal(size=50)),
    "holes": [float(v) if i % 3 else math.nan for i, v in enumerate(rng.uniform(-5, 5, size=60))],
    "descending": [float(v) for v in range(20, 0, -1)],
}
percentiles = [0, 2.5, 25, 50, 90, 95, 99, 100]
cases = []
for name, values in inputs.items():
    kept = np.array([v for v in values if not math.isnan(v)])
    expected = dict(
        mean=float(np.mean(kept)),
        std=float(np.std(kept, ddof=1)) if len(kept) > 1 else 0.0,
        min=float(np.min(kept)), max=float(np.max(kept)), count=len(kept),
        median=float(np.median(kept)), sum=math.fsum(kept),
        first=float(kept[0]), last=float(kept[-1]),
        **{f"p{p:g}": float(np.percentile(kept, p)) for p in percentiles},
    )
    cases.append(dict(name=name, values=[None if math.isnan(v) else float(v) for v in values], expected=expected))
histograms = []
for name, values, bins in [
    ("normal", rng.normal(size=500), 64),
    ("on the edges", np.array([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]), 10),
    ("one value", np.array([3.0, 3.0]), 4),
    ("whole numbers", rng.integers(0, 50, size=300).astype(float), 7),
]:
    hist, edges = np.histogram(values, bins=bins)
    histograms.append(dict(name=name, values=[float(v) for v in values], bins=bins, hist=[int(v) for v in hist],
                           range=[float(edges[0]), float(edges[-1])]))
target = pathlib.Path(__file__).with_name("aggregations.json")
target.write_text(json.dumps(dict(numpy=np.__version__, cases=cases, histograms=histograms)) + "\n")
