"""Makes explainers.json: partial dependence by scikit-learn and Shapley values by the shap package, for models written out in full.

Run with a Python that has scikit-learn and shap: python test/golden/make-explainers.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import shap
import sklearn
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.inspection import partial_dependence
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")
rng = np.random.RandomState(3)

ROWS, COLS = 60, 5
x = np.round(rng.normal(size=(ROWS, COLS)), 4)
x[:, 3] = rng.randint(0, 4, ROWS)  # few distinct numbers: they are the grid
x[:, 4] = np.round(x[:, 4] * 1000, 1)
weights = np.array([1.5, -0.7, 0.0, 0.4, 0.001])
class_weights = np.array([[0.9, -1.2, 0.3, 0.5, 0.0], [-0.4, 0.8, 0.0, -0.6, 0.001], [0.0, 0.1, -0.5, 0.2, 0.0]])


class Linear(RegressorMixin, BaseEstimator):
    def fit(self, _x, _y=None):
        self.fitted_ = True
        return self

    def predict(self, given):
        return np.asarray(given) @ weights + 2.0


class Softmax(ClassifierMixin, BaseEstimator):
    classes_ = np.array([0, 1, 2])

    def fit(self, _x, _y=None):
        self.fitted_ = True
        return self

    def predict_proba(self, given):
        scores = np.asarray(given) @ class_weights.T
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    def predict(self, given):
        return self.predict_proba(given).argmax(axis=1)


def nodes(tree):
    """A tree as both sides walk it: the child for `x[feature] <= threshold` is the left one; -1 has none."""
    inner = tree.tree_
    values = inner.value[:, 0, :]
    if values.shape[1] > 1:
        values = values / values.sum(axis=1, keepdims=True)
    return [
        {"feature": int(f), "threshold": float(t), "left": int(l), "right": int(r), "values": [float(v) for v in value]}
        for f, t, l, r, value in zip(
            inner.feature, inner.threshold, inner.children_left, inner.children_right, values
        )
    ]


linear, softmax = Linear().fit(x), Softmax().fit(x)
classes = softmax.predict(x + rng.normal(scale=0.3, size=x.shape))
tree_classes = DecisionTreeClassifier(max_depth=4, random_state=0).fit(x.astype(np.float32), classes)
tree_numbers = DecisionTreeRegressor(max_depth=4, random_state=0).fit(x.astype(np.float32), linear.predict(x) ** 2)


def dependence(model, response, resolution, low, high):
    cases = []
    for feature in range(COLS):
        found = partial_dependence(
            model,
            x,
            [feature],
            response_method=response,
            method="brute",
            grid_resolution=resolution,
            percentiles=(low, high),
        )
        cases.append({"grid": found["grid_values"][0].tolist(), "average": found["average"].tolist()})
    return {"resolution": resolution, "low": low, "high": high, "features": cases}


background, asked = x[:12], x[40:44]
asked[3, 1] = background[0, 1]


def shapley(predict, link):
    explainer = shap.KernelExplainer(predict, background, link=link)
    values = explainer.shap_values(asked, l1_reg=0, silent=True)
    values = np.asarray(values)
    if values.ndim == 2:
        values = values[:, :, None]
    # rows, features, targets -> rows, targets, features
    base = np.atleast_1d(explainer.expected_value)
    return {"link": link, "base": base.tolist(), "values": values.transpose(0, 2, 1).tolist()}


def gaps(predict):
    """Shapley values where three rows of the background share some of the asked row's values."""
    few = np.vstack([asked[0]] * 3)
    few[:, 0] += [1.0, 2.0, -1.0]
    few[:, 2] += [0.5, -0.5, 0.1]
    explainer = shap.KernelExplainer(predict, few)
    values = np.asarray(explainer.shap_values(asked[:1], l1_reg=0, silent=True))
    values = values[:, :, None] if values.ndim == 2 else values
    base = np.atleast_1d(explainer.expected_value)
    return {"background": few.tolist(), "base": base.tolist(), "values": values.transpose(0, 2, 1).tolist()}


as_float32 = lambda model, method: lambda given: getattr(model, method)(np.asarray(given).astype(np.float32))  # noqa: E731
result = {
    "made": {"scikit-learn": sklearn.__version__, "shap": shap.__version__, "numpy": np.__version__},
    "x": x.tolist(),
    "models": {
        "linear": {"weights": weights.tolist(), "bias": 2.0},
        "softmax": {"weights": class_weights.tolist()},
        "treeOfClasses": {"nodes": nodes(tree_classes)},
        "treeOfNumbers": {"nodes": nodes(tree_numbers)},
    },
    "dependence": {
        "linear": [dependence(linear, "auto", 50, 0.05, 0.95), dependence(linear, "auto", 7, 0.2, 0.6)],
        "softmax": [
            dependence(softmax, "predict_proba", 100, 0.05, 0.95),
            dependence(softmax, "predict_proba", 9, 0.0, 1.0),
        ],
    },
    "shapley": {
        "background": background.tolist(),
        "asked": asked.tolist(),
        "linear": [shapley(linear.predict, "identity")],
        "softmax": [shapley(softmax.predict_proba, "identity"), shapley(softmax.predict_proba, "logit")],
        "treeOfClasses": [shapley(as_float32(tree_classes, "predict_proba"), "identity")],
        "treeOfNumbers": [shapley(as_float32(tree_numbers, "predict"), "identity")],
        "gaps": gaps(softmax.predict_proba),
    },
}
Path(__file__).with_name("explainers.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
