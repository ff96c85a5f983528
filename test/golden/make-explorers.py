"""Writes explorers.json: columns and what pandas and scikit-learn say of them. Run from the project: python test/golden/make-explorers.py"""
import json, math, pathlib
import numpy as np, pandas as pd, scipy, sklearn
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.inspection import permutation_importance

rng = np.random.default_rng(11)
n = 80


def cell(v):
    if v is None or v is pd.NA or (isinstance(v, float) and not math.isfinite(v)):
        return None
    if isinstance(v, (np.integer, int)):
        return int(v)
    return float(v) if isinstance(v, (np.floating, float)) else str(v)


base = rng.normal(size=n)
numbers = pd.DataFrame({
    "wide": np.round(base * 1e6 + 5e8, 3),
    "near": np.round(base + rng.normal(size=n) * .5, 4),
    "curved": np.round(np.exp(2 * base), 6),
    "ties": rng.integers(0, 5, n).astype(float),
    "falling": np.round(-base + rng.normal(size=n), 2),
    "constant": np.full(n, .1),
    "one": np.where(np.arange(n) == 7, 3.5, np.nan),
    "none": np.full(n, np.nan),
})
numbers.loc[rng.choice(n, 12, replace=False), "near"] = np.nan
numbers.loc[rng.choice(n, 9, replace=False), "ties"] = np.nan
numbers["two"] = np.where(np.arange(n) % 40 == 3, np.arange(n), np.nan)
words = pd.DataFrame({
    "city": rng.choice(["Lima", "Quito", "Arica", None], n, p=[.4, .3, .2, .1]),
    "empty": [None] * n,
}, dtype=object)
frame = pd.concat([numbers, words], axis=1)


def described(percentiles, columns):
    out = frame[columns].describe(percentiles=[p / 100 for p in percentiles], include="all")
    return dict(percentiles=percentiles, columns=columns, index=[str(i) for i in out.index],
                rows=[[cell(v) for v in out.loc[i]] for i in out.index])


describe = [
    described([25, 50, 75], list(numbers.columns)),
    described([5, 95], ["wide", "ties", "near"]),
    described([0, 1, 33, 100], ["curved", "falling", "one"]),
    described([25, 50, 75], ["near", "city", "empty", "ties"]),
    described([10, 50, 90], ["city"]),
]

correlations = []
for method in ["pearson", "spearman", "kendall"]:
    for least in ([1, 2, 70, 75] if method != "kendall" else [1]):
        out = numbers.corr(method=method, min_periods=least)
        correlations.append(dict(method=method, minPeriods=least, matrix=[[cell(v) for v in out.loc[i]] for i in out.index]))

# Pandas takes the degrees of freedom into account only where no value is missing.
full = [c for c in numbers if numbers[c].notna().all()]
covariances = []
for columns, freedom, least in [(list(numbers), 1, 1), (list(numbers), 1, 70), (full, 2, 1), (full, 5, 1)]:
    out = numbers[columns].cov(min_periods=least, ddof=freedom)
    covariances.append(dict(freedom=freedom, minPeriods=least, columns=columns, matrix=[[cell(v) for v in out.loc[i]] for i in out.index]))

# A model that is a formula, so that both sides explain the very same one.
weights = np.array([3.0, -1.5, 0.4, 0.0])
x = np.round(rng.normal(size=(150, 4)), 4)
z = x @ weights
y_class = (z + rng.normal(size=150) > 0).astype(int)
y_number = np.round(z + rng.normal(size=150), 4)


class Sign(ClassifierMixin, BaseEstimator):
    classes_ = np.array([0, 1])

    def fit(self, *_):
        return self

    def predict(self, x):
        return (np.asarray(x) @ weights > 0).astype(int)


class Plane(RegressorMixin, BaseEstimator):
    def fit(self, *_):
        return self

    def predict(self, x):
        return np.asarray(x) @ weights


def importance(model, y, scoring):
    out = permutation_importance(model, x, y, scoring=scoring, n_repeats=4000, random_state=0)
    return dict(scoring=scoring, means=out.importances_mean.tolist(), stds=out.importances_std.tolist())


permutation = dict(
    repeats=4000, weights=weights.tolist(), x=x.tolist(), classes=y_class.tolist(), numbers=y_number.tolist(),
    classification=[importance(Sign(), y_class, s) for s in ["accuracy", "balanced_accuracy"]],
    regression=[importance(Plane(), y_number, s) for s in ["r2", "neg_mean_squared_error", "neg_mean_absolute_error"]],
)
versions = dict(pandas=pd.__version__, sklearn=sklearn.__version__, numpy=np.__version__, scipy=scipy.__version__)
out = dict(versions=versions,
           numbers={c: [cell(v) for v in numbers[c]] for c in numbers},
           words={c: [None if v is None else v for v in words[c]] for c in words},
           describe=describe, correlations=correlations, covariances=covariances, permutation=permutation)
path = pathlib.Path(__file__).with_name("explorers.json")
path.write_text(json.dumps(out, separators=(",", ":"), allow_nan=False) + "\n")
