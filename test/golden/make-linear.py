"""Writes linear.json: small problems and scikit-learn's answers. Run from the project: python test/golden/make-linear.py"""
import json, pathlib, warnings
import numpy as np, scipy, sklearn
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

warnings.simplefilter("ignore")
rng = np.random.default_rng(11)
r = lambda a, digits=6: np.round(np.asarray(a, float), digits)
n, p, fresh = 60, 5, 12
X = r(rng.normal(size=(n, p)) * [1, 2, 0.5, 1, 3] + [0, 1, 0, -2, 5], 6)
Q = r(rng.normal(size=(fresh, p)) * [1, 2, 0.5, 1, 3] + [0, 1, 0, -2, 5], 6)
y = r(X @ [1.5, -2, 0, 0.3, 0.7] + 4 + rng.normal(size=n), 3)
w = r(rng.uniform(0.1, 3, n), 3)
w[:3] = 0
z = X @ [1, -0.8, 0.5, 0, 0.2] + rng.logistic(size=n) - 1
two = (z > np.median(z) + 0.5).astype(int)
three = np.digitize(z, np.quantile(z, [0.3, 0.75]))
wide = r(rng.normal(size=(6, 9)), 3)
wide_y = r(rng.normal(size=6), 3)
dependent = np.column_stack([X, X[:, 0] * 2 - X[:, 1], np.full(n, 3.0)])
scaled = X * [1, 1e4, 1e-3, 1, 1]
data = dict(X=X, Q=Q, y=y, w=w, two=two, three=three, wide=wide, wideY=wide_y, dependent=dependent, scaled=scaled)

least = []


def linear(name, model, x, t, weights=None, **ours):
    model.fit(data[x], data[t], sample_weight=None if weights is None else data[weights])
    least.append(dict(name=name, x=x, y=t, weights=weights, ours=ours, coef=model.coef_.tolist(), intercept=float(model.intercept_)))


linear("ordinary", LinearRegression(), "X", "y")
linear("ordinary, weighted", LinearRegression(), "X", "y", "w")
linear("ordinary, no intercept", LinearRegression(fit_intercept=False), "X", "y", fitIntercept=False)
linear("ordinary, wide: least norm", LinearRegression(), "wide", "wideY")
linear("ordinary, dependent and constant columns", LinearRegression(), "dependent", "y")
linear("ordinary, columns of unlike scale", LinearRegression(tol=1e-12), "scaled", "y")
linear("ordinary, positive", LinearRegression(positive=True), "X", "y", positive=True)
linear("ordinary, positive, weighted, no intercept", LinearRegression(positive=True, fit_intercept=False), "X", "y", "w", positive=True, fitIntercept=False)
for solver in ["svd", "cholesky", "lsqr", "sparse_cg", "sag", "saga"]:
    linear(f"ridge by {solver}", Ridge(alpha=2.0, solver=solver, tol=1e-12, max_iter=100000, random_state=0), "X", "y", alpha=2)
linear("ridge, weighted", Ridge(alpha=1.0), "X", "y", "w", alpha=1)
linear("ridge, no intercept", Ridge(alpha=1.0, fit_intercept=False), "X", "y", alpha=1, fitIntercept=False)
linear("ridge, wide", Ridge(alpha=0.5), "wide", "wideY", alpha=0.5)
linear("ridge, dependent columns", Ridge(alpha=0.1), "dependent", "y", alpha=0.1)
linear("ridge, positive", Ridge(alpha=1.0, positive=True, tol=1e-12, max_iter=10000), "X", "y", alpha=1, positive=True)

logistic = []


def classify(name, t, weights=None, agree=1e-6, x="X", sk=None, **ours):
    model = LogisticRegression(**(sk or {}))
    model.fit(data[x], data[t], sample_weight=None if weights is None else data[weights])
    q = data["Q"] if x == "X" else data[x][:12]
    logistic.append(dict(name=name, x=x, y=t, weights=weights, ours=ours, agree=agree, queries=q.tolist(),
                         coef=model.coef_.tolist(), intercept=model.intercept_.tolist(),
                         probabilities=model.predict_proba(q).tolist()))


tight = dict(tol=1e-9, max_iter=5000)
for t in ["two", "three"]:
    classify(f"{t}: default stop of lbfgs", t, sk=dict(), agree=1e-6)
    classify(f"{t}: l2, tight", t, sk=tight, tolerance=1e-9, maxIterations=5000)
    classify(f"{t}: l2, C 0.05, no intercept", t, sk=dict(tight, C=0.05, fit_intercept=False), c=0.05, tolerance=1e-9, maxIterations=5000, fitIntercept=False)
    classify(f"{t}: l2, weighted", t, "w", sk=tight, tolerance=1e-9, maxIterations=5000)
    classify(f"{t}: l2, balanced", t, sk=dict(tight, class_weight="balanced"), tolerance=1e-9, maxIterations=5000, classWeight="balanced")
    classify(f"{t}: l2, balanced and weighted", t, "w", sk=dict(tight, class_weight="balanced"), tolerance=1e-9, maxIterations=5000, classWeight="balanced")
    classify(f"{t}: stopped after 5 iterations", t, sk=dict(max_iter=5), maxIterations=5)
    saga = dict(solver="saga", tol=1e-12, max_iter=200000, random_state=0)
    classify(f"{t}: l1", t, sk=dict(saga, l1_ratio=1.0, C=0.3), penalty="l1", c=0.3, tolerance=1e-10, maxIterations=5000)
    classify(f"{t}: elastic net, weighted", t, "w", sk=dict(saga, l1_ratio=0.5, C=0.5), penalty="elasticnet", l1Ratio=0.5, c=0.5, tolerance=1e-10, maxIterations=5000)
    classify(f"{t}: no penalty", t, sk=dict(tight, C=np.inf), penalty="none", tolerance=1e-9, maxIterations=5000, agree=1e-5)

bayes = []
for name, t, smoothing, weights in [("two", "two", 1e-9, None), ("three", "three", 1e-9, None), ("smoothed", "three", 0.1, None), ("weighted", "two", 1e-9, "w")]:
    m = GaussianNB(var_smoothing=smoothing).fit(X, data[t], sample_weight=None if weights is None else data[weights])
    bayes.append(dict(name=name, y=t, smoothing=smoothing, weights=weights, prior=m.class_prior_.tolist(), mean=m.theta_.tolist(),
                      variance=m.var_.tolist(), probabilities=m.predict_proba(Q).tolist()))

neighbours = []
for algorithm in ["brute", "kd_tree", "ball_tree"]:
    for metric in ["minkowski", "manhattan", "chebyshev"]:
        for weights in ["uniform", "distance"]:
            kw = dict(n_neighbors=4, weights=weights, algorithm=algorithm, metric=metric, leaf_size=5)
            query = np.vstack([Q, X[:2]])
            c = KNeighborsClassifier(**kw).fit(X, three)
            distance, index = c.kneighbors(query)
            neighbours.append(dict(algorithm=algorithm, metric=metric, weights=weights, queries=query.tolist(), index=index.tolist(),
                                   distance=r(distance, 12).tolist(), probabilities=r(c.predict_proba(query), 12).tolist(),
                                   values=r(KNeighborsRegressor(**kw).fit(X, y).predict(query), 12).tolist()))

versions = dict(sklearn=sklearn.__version__, numpy=np.__version__, scipy=scipy.__version__)
out = dict(versions=versions, data={k: v.tolist() for k, v in data.items()}, least=least, logistic=logistic, bayes=bayes, neighbours=neighbours)
pathlib.Path(__file__).with_name("linear.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
