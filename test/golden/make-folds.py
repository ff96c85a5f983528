"""Writes folds.json: which fold scikit-learn puts each row in where nothing is drawn at random.
Run from the project: python test/golden/make-folds.py"""
import json, pathlib, warnings
import numpy as np, sklearn
from sklearn.model_selection import GroupKFold, KFold, LeaveOneOut, StratifiedGroupKFold, StratifiedKFold

warnings.simplefilter("ignore")
rng = np.random.default_rng(5)


def folds(splitter, y, groups=None):
    fold = np.empty(len(y), int)
    for k, (_, held) in enumerate(splitter.split(np.zeros((len(y), 1)), y, groups)):
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
groupings = dict(
    even=np.arange(60) % 12,
    blocks=np.repeat(np.arange(15), 4),
    uneven=rng.choice(25, 211, p=np.arange(1, 26) / 325),
    lopsided=np.sort(rng.choice(11, 84, p=np.array([40] + [3] * 10) / 70)),
)
grouped = [
    dict(name=name, folds=k, y=y.tolist(), groups=groups.tolist(), plain=folds(GroupKFold(k), y, groups), stratified=folds(StratifiedGroupKFold(k), y, groups))
    for (name, y), groups in zip(targets.items(), groupings.values()) for k in (2, 5, 10)
]
one_out = [dict(rows=n, fold=folds(LeaveOneOut(), np.zeros(n))) for n in (2, 9, 40)]
out = dict(versions=dict(sklearn=sklearn.__version__, numpy=np.__version__), plain=plain, stratified=stratified, grouped=grouped, oneOut=one_out)
pathlib.Path(__file__).with_name("folds.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
