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
target = pathlib.Path(__file__).with_name("aggregations.json")
target.write_text(json.dumps(dict(numpy=np.__version__, cases=cases)) + "\n")
