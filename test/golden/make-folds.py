"""Writes folds.json: which fold scikit-learn puts each row in where nothing is drawn at random.
Run from the project: python test/golden/make-folds.py"""
import json, pathlib, warnings
import numpy as np, sklearn
from sklearn.model_selection import KFold, StratifiedKFold

warnings.simplefilter("ignore")
rng = np.random.default_rng(5)


def folds(splitter, y):
    fold = np.empty(len(y), int)
    for k, (_, held) in enumerate(splitter.split(np.zeros((len(y), 1)), y)):
        fold[held] = k
    return fold.tolist()


plain = [dict(rows=n, folds=k, fold=folds(KFold(k), np.zeros(n))) for n, k in [(10, 2), (11, 3), (20, 20), (103, 7), (50, 4)]]
targets = dict(
    even=np.arange(60) % 3,
    blocks=np.repeat([2, 0, 1], [31, 17, 12]),
    skewed=rng.choice(5, 211, p=[0.6, 0.25, 0.1, 0.04, 0.01]),
    rare=np.array([0] * 40 + [1] * 3 + [0] * 40 + [2]),
)
stratified = [dict(name=name, folds=k, y=y.tolist(), fold=folds(StratifiedKFold(k), y)) for name, y in targets.items() for k in (2, 5, 10)]
out = dict(versions=dict(sklearn=sklearn.__version__, numpy=np.__version__), plain=plain, stratified=stratified)
pathlib.Path(__file__).with_name("folds.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
