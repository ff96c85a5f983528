"""Writes trees.json: small data sets and what scikit-learn says of them. Run from the project: python test/golden/make-trees.py"""
import json, pathlib
import numpy as np, sklearn
from sklearn.ensemble import (HistGradientBoostingClassifier, HistGradientBoostingRegressor,
                              RandomForestClassifier, RandomForestRegressor)
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

rng = np.random.default_rng(11)
SEEDS = 20


def columns(rows, cols):
    # multiples of 1/256 are the same in 32 bits, in which scikit-learn's trees read their columns
    return np.round(rng.normal(size=(rows, cols)) * 256) / 256


def blobs(rows, cols, classes):
    x = columns(rows, cols)
    score = np.stack([x @ rng.normal(size=cols) + np.sin(2 * x[:, k]) + rng.normal(size=rows) * 0.7 for k in range(classes)])
    return x, score.argmax(0)


def curve(rows, cols):
    x = columns(rows, cols)
    return x, np.round(np.sin(x[:, 0] * 2) * 3 + x[:, 1] ** 2 + x[:, 2] * x[:, 3] + rng.normal(size=rows) * 0.5, 4)


def numbers(a, digits=9):
    return [float(f"{v:.{digits}g}") for v in np.asarray(a, float).ravel()]


def table(name, x, y, train):
    data[name] = dict(x=[[None if np.isnan(v) else round(float(v), 10) for v in row] for row in x],
                      y=[float(v) for v in y], train=train)
    return name, x[:train], y[:train], x[train:], y[train:]


data, trees, forests, boosting = {}, [], [], []
three = table("three classes", *blobs(260, 5, 3), 200)
number = table("numbers", *curve(260, 5), 200)
weights = np.round(rng.uniform(0.2, 3, 200), 3)
weights[::17] = 0
counts = table("counts", (cx := columns(260, 4)), rng.poisson(np.exp(0.5 * cx[:, 0] - 0.4 * cx[:, 1] * (cx[:, 2] > 0))), 200)


def tree(make, table, params, ours, weighted=False):
    name, x, y, test, _ = table
    models = [make(random_state=s, **params).fit(x, y, sample_weight=weights if weighted else None) for s in range(8)]
    model = models[0]
    probabilities = hasattr(model, "predict_proba")
    answers = [m.predict_proba(test) if probabilities else m.predict(test) for m in models]
    if any(np.abs(a - answers[0]).max() > 1e-9 for a in answers):
        return print("ties between columns, left out:", name, params)
    trees.append(dict(data=name, kind="classes" if probabilities else "numbers", params=ours, weighted=weighted,
                      nodes=int(model.tree_.node_count), impurity=numbers([model.tree_.impurity[0]])[0],
                      predicted=numbers(answers[0])))


DC, DR = DecisionTreeClassifier, DecisionTreeRegressor
tree(DC, three, dict(max_depth=3), dict(maxDepth=3))
tree(DC, three, dict(criterion="entropy", max_depth=3, min_samples_leaf=11), dict(criterion="entropy", maxDepth=3, minSamplesLeaf=11))
tree(DC, three, dict(criterion="log_loss", max_depth=3, min_samples_leaf=6, class_weight="balanced"),
     dict(criterion="log_loss", maxDepth=3, minSamplesLeaf=6, classWeight="balanced"))
tree(DC, three, dict(max_leaf_nodes=7), dict(maxLeafNodes=7))
tree(DC, three, dict(min_impurity_decrease=0.015), dict(minImpurityDecrease=0.015))
tree(DC, three, dict(min_samples_leaf=15, ccp_alpha=0.012), dict(minSamplesLeaf=15, ccpAlpha=0.012))
tree(DC, three, dict(min_weight_fraction_leaf=0.06), dict(minWeightFractionLeaf=0.06), weighted=True)
tree(DC, three, dict(min_samples_split=0.2, min_samples_leaf=5), dict(minSamplesSplit=0.2, minSamplesLeaf=5), weighted=True)
tree(DR, number, dict(min_samples_leaf=7), dict(minSamplesLeaf=7))
tree(DR, number, dict(max_depth=5, min_samples_leaf=4), dict(maxDepth=5, minSamplesLeaf=4), weighted=True)
tree(DR, number, dict(max_leaf_nodes=15, min_samples_leaf=5), dict(maxLeafNodes=15, minSamplesLeaf=5))
tree(DR, number, dict(ccp_alpha=0.12, min_samples_leaf=6), dict(ccpAlpha=0.12, minSamplesLeaf=6))
tree(DR, number, dict(criterion="absolute_error", min_samples_leaf=6), dict(criterion="absolute_error", minSamplesLeaf=6))
tree(DR, number, dict(criterion="absolute_error", max_depth=4, min_samples_leaf=5),
     dict(criterion="absolute_error", maxDepth=4, minSamplesLeaf=5), weighted=True)
tree(DR, counts, dict(criterion="poisson", max_depth=4, min_samples_leaf=6), dict(criterion="poisson", maxDepth=4, minSamplesLeaf=6))
tree(DR, counts, dict(criterion="poisson", max_leaf_nodes=8), dict(criterion="poisson", maxLeafNodes=8), weighted=True)


def forest(make, table, params, ours):
    name, x, y, test, truth = table
    models = [make(n_estimators=40, random_state=s, oob_score=True, **params).fit(x, y) for s in range(SEEDS)]
    forests.append(dict(data=name, kind="classes" if hasattr(models[0], "predict_proba") else "numbers", params=ours,
                        score=float(np.mean([m.score(test, truth) for m in models])),
                        oob=float(np.mean([m.oob_score_ for m in models])),
                        nodes=float(np.mean([t.tree_.node_count for m in models for t in m.estimators_]))))


large = table("four classes", *blobs(900, 5, 4), 400)
larger = table("more numbers", *curve(900, 5), 400)
RC, RR = RandomForestClassifier, RandomForestRegressor
forest(RC, large, {}, {})
forest(RC, large, dict(max_depth=6, class_weight="balanced_subsample", min_samples_leaf=3),
       dict(maxDepth=6, classWeight="balanced_subsample", minSamplesLeaf=3))
forest(RC, large, dict(criterion="entropy", max_leaf_nodes=30, max_samples=0.6, max_features="log2"),
       dict(criterion="entropy", maxLeafNodes=30, maxSamples=0.6, maxFeatures="log2"))
forest(RR, larger, {}, {})
forest(RR, larger, dict(max_features="sqrt", min_samples_leaf=2), dict(maxFeatures="sqrt", minSamplesLeaf=2))


def boost(make, table, params, ours):
    name, x, y, test, _ = table
    model = make(max_iter=25, early_stopping=False, random_state=0, **params).fit(x, y)
    probabilities = hasattr(model, "predict_proba")
    boosting.append(dict(data=name, kind="classes" if probabilities else "numbers", params={**ours, "maxIter": 25},
                         predicted=numbers(model.predict_proba(test) if probabilities else model.predict(test))))


bx, by = blobs(700, 4, 2)
two = table("two classes, more values than bins", bx, by, 560)
holes = bx[:360].copy()
holes[rng.random(holes.shape) < 0.15] = np.nan
holes[(by[:360] == 1) & (rng.random(360) < 0.5), 1] = np.nan
missing = table("missing values", holes, by[:360], 260)
gap = larger[1][:300].copy()
gap[rng.random(gap.shape) < 0.2] = np.nan
gaps = table("numbers with gaps", gap, larger[2][:300], 220)
GC, GR = HistGradientBoostingClassifier, HistGradientBoostingRegressor
boost(GC, two, {}, {})
boost(GC, two, dict(max_depth=3, l2_regularization=1.5, learning_rate=0.3), dict(maxDepth=3, l2Regularization=1.5, learningRate=0.3))
boost(GC, missing, dict(min_samples_leaf=5), dict(minSamplesLeaf=5))
boost(GC, missing, dict(class_weight="balanced", max_leaf_nodes=6), dict(classWeight="balanced", maxLeafNodes=6))
boost(GC, three, dict(max_leaf_nodes=8), dict(maxLeafNodes=8))
boost(GR, number, {}, {})
boost(GR, gaps, dict(max_leaf_nodes=None, min_samples_leaf=8, l2_regularization=0.5), dict(maxLeafNodes=None, minSamplesLeaf=8, l2Regularization=0.5))
boost(GR, larger, dict(max_depth=1, learning_rate=0.5), dict(maxDepth=1, learningRate=0.5))

out = dict(versions=dict(sklearn=sklearn.__version__, numpy=np.__version__), weights=[float(w) for w in weights],
           data=data, trees=trees, forests=forests, boosting=boosting)
path = pathlib.Path(__file__).with_name("trees.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
print(path, path.stat().st_size)
