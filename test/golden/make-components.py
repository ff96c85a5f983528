"""Makes components.json: what scikit-learn answers with the catalogue's default parameters, and some others.

Run with a Python that has scikit-learn: python test/golden/make-components.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.base import is_classifier
from sklearn.datasets import load_diabetes, load_wine
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, r2_score
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor, NearestCentroid
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")


def dataset(loader):
    data = loader()
    order = np.random.RandomState(0).permutation(len(data.target))
    # Five digits keep the file small and are what both sides read.
    x = np.array([[float(f"{value:.5g}") for value in row] for row in data.data[order]])
    return x, data.target[order]


def scaled(x):
    return np.round((x - x.mean(axis=0)) / x.std(axis=0), 5)


wine_x, wine_y = dataset(load_wine)
wine_x = scaled(wine_x)
diabetes_x, diabetes_y = dataset(load_diabetes)
train_wine, train_diabetes = 120, 300

# Name of the component -> the estimator with the catalogue's defaults and the tolerance of its answers; None where random
# draws differ, as those of forests: there the score must agree.
classifiers = {
    "DecisionTreeClassifier": (DecisionTreeClassifier(criterion="entropy", max_depth=1, random_state=0), 1e-9),
    "DummyClassifier": (DummyClassifier(strategy="prior"), 1e-12),
    "GaussianNB": (GaussianNB(var_smoothing=1e-9), 1e-8),
    "HistGradientBoostingClassifier": (
        HistGradientBoostingClassifier(max_depth=1, early_stopping=False, random_state=0),
        1e-5,
    ),
    "KNeighborsClassifier": (KNeighborsClassifier(n_neighbors=5), 1e-9),
    "LogisticRegression": (LogisticRegression(tol=0.0, C=1.0, max_iter=100), 1e-4),
    "NearestCentroid": (NearestCentroid(), 1e-9),
    "RandomForestClassifier": (RandomForestClassifier(max_depth=2, max_leaf_nodes=2, random_state=0), None),
}
regressors = {
    "KNeighborsRegression": (KNeighborsRegressor(n_neighbors=5), 1e-9),
    "LinearRegression": (LinearRegression(), 1e-8),
    "RidgeRegression": (Ridge(alpha=1, max_iter=100, tol=0.001), 1e-8),
    "RandomForestRegression": (RandomForestRegressor(max_features="sqrt", random_state=0), None),
}
# The same with other parameters: component, its parameters where they are not the defaults, estimator, tolerance.
variants = [
    ("NearestCentroid", {"priors": "empirical"}, NearestCentroid(priors="empirical"), 1e-9),
]


def classified(name, params, model, tolerance):
    model.fit(wine_x[:train_wine], wine_y[:train_wine])
    answers = model.predict_proba(wine_x[train_wine:])
    # A component answers with the most probable class; `predict` may go by something else.
    score = accuracy_score(wine_y[train_wine:], model.classes_[answers.argmax(axis=1)])
    return case(name, params, "wine", tolerance, answers.T, score)


def regressed(name, params, model, tolerance):
    model.fit(diabetes_x[:train_diabetes], diabetes_y[:train_diabetes])
    answers = model.predict(diabetes_x[train_diabetes:])
    return case(name, params, "diabetes", tolerance, answers, r2_score(diabetes_y[train_diabetes:], answers))


def cases():
    for name, (model, tolerance) in classifiers.items():
        yield classified(name, {}, model, tolerance)
    for name, (model, tolerance) in regressors.items():
        yield regressed(name, {}, model, tolerance)
    for name, params, model, tolerance in variants:
        yield (classified if is_classifier(model) else regressed)(name, params, model, tolerance)


def case(name, params, data, tolerance, answers, score):
    return {
        "component": name,
        "params": params,
        "data": data,
        "tolerance": tolerance,
        "answers": None if tolerance is None else [float(f"{value:.12g}") for value in answers.ravel()],
        "score": float(score),
    }


def table(x, y, train):
    return {"x": x.tolist(), "y": [float(value) for value in y], "train": train}


result = {
    "made": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "data": {"wine": table(wine_x, wine_y, train_wine), "diabetes": table(diabetes_x, diabetes_y, train_diabetes)},
    "cases": list(cases()),
}
Path(__file__).with_name("components.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
