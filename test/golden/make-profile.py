"""Golden numbers for libs/tables/src/profile: pandas and scipy over a small table with holes, ties, constants and text.

Run: python test/golden/make-profile.py > test/golden/profile.json
"""
import json
import math
import sys

import numpy
import pandas
import scipy
import scipy.stats

random = numpy.random.default_rng(7)
n = 400
frame = pandas.DataFrame({
    "normal": random.normal(10, 3, n),
    "skewed": random.exponential(2, n),
    "far": 1e9 + random.normal(0, 0.5, n),
    "whole": random.integers(-50, 50, n),
    "constant": numpy.full(n, 4.25),
    "level": random.choice(["red", "green", "blue", "grey", "pink", "cyan"], n, p=[.3, .25, .2, .1, .1, .05]),
    "text": [" ".join(["wörd", "two", "three "][: 1 + i % 3]) + str(i % 250) for i in range(n)],
    "id": numpy.arange(n),
})
frame["mixed"] = frame["normal"] * 0.7 + random.normal(0, 2, n)
frame.loc[random.choice(n, 37, replace=False), "normal"] = numpy.nan
frame.loc[random.choice(n, 21, replace=False), "level"] = None
frame.loc[random.choice(n, 9, replace=False), "whole"] = numpy.nan
frame = pandas.concat([frame, frame.iloc[:3]], ignore_index=True)


def number(value):
    value = float(value)
    return value if math.isfinite(value) else None


numeric = ["normal", "skewed", "far", "whole", "constant", "id", "mixed"]
stats = {}
for name in numeric:
    column = frame[name]
    q1, q3 = column.quantile(0.25), column.quantile(0.75)
    low, high = q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)
    present = column.dropna().to_numpy()
    constant = present.min() == present.max()
    stats[name] = {
        "mean": number(column.mean()), "std": number(column.std()), "min": number(column.min()), "max": number(column.max()),
        "lower_bound": number(low), "upper_bound": number(high), "median": number(column.median()), "q1": number(q1), "q3": number(q3),
        "n_unique": int(column.nunique()), "outliers_count": int(((column < low) | (column > high)).sum()),
        "skew": 0.0 if constant else number(scipy.stats.skew(present - present.mean(), bias=False)),
        "kurtosis": 0.0 if constant else number(scipy.stats.kurtosis(present - present.mean(), bias=False)),
    }
    if name in ("normal", "skewed", "mixed"):
        assert abs(stats[name]["skew"] - column.skew()) < 1e-9 and abs(stats[name]["kurtosis"] - column.kurt()) < 1e-9
counts = frame["level"].value_counts()
text = frame["text"]
missing = frame.isna()
cells = frame.size
duplicates = int(frame.duplicated().sum())
json.dump({
    "made_with": {"pandas": pandas.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__},
    "csv": frame.to_csv(index=False),
    "numeric_stats": stats,
    "categorical_stats": {"level": {"n_unique": int(frame["level"].nunique()), "most_frequent": counts.index[0], "most_frequent_count": int(counts.iloc[0]),
                                    "top_5": [{"value": value, "count": int(count)} for value, count in counts.head(5).items()]}},
    "text_stats": {"text": {"avg_length": text.str.len().mean(), "median_length": text.str.len().median(), "min_length": int(text.str.len().min()),
                            "max_length": int(text.str.len().max()), "unique_count": int(text.nunique()), "unique_ratio": text.nunique() / len(text),
                            "avg_word_count": text.str.split().str.len().mean()}},
    "nan": {name: int(count) for name, count in missing.sum().items()},
    "duplicate_rows": duplicates,
    "rows_with_any_nan": int(missing.any(axis=1).sum()),
    "rows_with_multiple_nan": int((missing.sum(axis=1) > 1).sum()),
    "data_quality_score": 100 * (0.7 * (1 - missing.to_numpy().sum() / cells) + 0.3 * (1 - duplicates / len(frame))),
    "correlations": {a: {b: (None if math.isnan(r) else round(r, 4)) for b, r in row.items()} for a, row in frame[numeric].corr().to_dict().items()},
}, sys.stdout, indent=1)
