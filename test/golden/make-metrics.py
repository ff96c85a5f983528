"""Writes metrics.json: inputs and what scikit-learn says of them. Run from the project: python test/golden/make-metrics.py"""
import json, math, pathlib, warnings
import numpy as np, scipy, sklearn
from sklearn import metrics as m

warnings.simplefilter("ignore")
rng = np.random.default_rng(7)


def number(v):
    v = float(v)
    return None if math.isnan(v) else v


def attempt(f):
    try:
        return number(f())
    except ValueError:
        return None


def classification(name, truth, p):
    truth, p = np.asarray(truth), np.asarray(p, float)
    k = p.shape[1]
    hat = p.argmax(1)
    average = "binary" if k == 2 else "macro"
    roc = (lambda: m.roc_auc_score(truth, p[:, 1])) if k == 2 else (
        lambda: m.roc_auc_score(truth, p, multi_class="ovr", labels=np.arange(k)))
    out = dict(
        accuracy=m.accuracy_score(truth, hat),
        balancedAccuracy=m.balanced_accuracy_score(truth, hat),
        precision=m.precision_score(truth, hat, average=average),
        recall=m.recall_score(truth, hat, average=average),
        f1=m.f1_score(truth, hat, average=average),
        rocAuc=attempt(roc),
        logLoss=m.log_loss(truth, p, labels=np.arange(k)),
        hammingDistance=m.hamming_loss(truth, hat),
        cohenKappa=m.cohen_kappa_score(truth, hat),
        matthewsCorrCoef=m.matthews_corrcoef(truth, hat),
    )
    case = dict(name=name, truth=truth.tolist(), probabilities=p.tolist(),
                expected={key: None if v is None else number(v) for key, v in out.items()},
                confusion=m.confusion_matrix(truth, hat, labels=np.arange(k)).tolist())
    if k == 2 and len(set(truth.tolist())) == 2:
        fpr, tpr, thr = m.roc_curve(truth, p[:, 1])
        case["roc"] = dict(fpr=fpr.tolist(), tpr=tpr.tolist(), thresholds=[None if math.isinf(t) else t for t in thr.tolist()])
    return case


def soft(n, k, digits=None, shift=1.0):
    truth = rng.integers(0, k, n)
    z = rng.normal(size=(n, k))
    z[np.arange(n), truth] += shift
    p = np.exp(z)
    p /= p.sum(1, keepdims=True)
    if digits is not None:
        p = np.round(p, digits)
        p[:, -1] = 1 - p[:, :-1].sum(1)
    return truth, p


cases = [
    classification("binary", *soft(60, 2)),
    classification("binary with tied scores", *soft(80, 2, 1)),
    classification("five classes", *soft(120, 5)),
    classification("three classes with ties", *soft(90, 3, 1)),
    classification("binary, one class in the truth", [0, 0, 0, 0], [[.9, .1], [.2, .8], [.6, .4], [.5, .5]]),
    classification("binary, one class predicted", [0, 1, 0, 1], [[.9, .1], [.8, .2], [.6, .4], [.5, .5]]),
    classification("binary, one class in both", [0, 0, 0], [[.9, .1], [.8, .2], [.6, .4]]),
    classification("binary, always wrong", [0, 1, 0, 1], [[.1, .9], [.9, .1], [.3, .7], [.8, .2]]),
    classification("binary, sure and wrong", [0, 1, 1], [[0, 1], [1, 0], [0, 1]]),
    classification("three classes, one missing from the truth", [0, 1, 0, 1, 1], [[.7, .2, .1], [.2, .7, .1], [.1, .2, .7], [.4, .3, .3], [.1, .8, .1]]),
    classification("three classes, one missing from both", [0, 1, 0, 1], [[.7, .2, .1], [.2, .7, .1], [.3, .6, .1], [.1, .8, .1]]),
    classification("three classes, rows do not sum to one", [0, 1, 2], [[.7, .2, .2], [.2, .7, .3], [.1, .2, .9]]),
    classification("one row", [1], [[.3, .7]]),
]


def regression(name, truth, hat):
    truth, hat = np.asarray(truth, float), np.asarray(hat, float)
    kept = truth != 0
    size = np.abs(truth) + np.abs(hat)
    smape = np.where(size == 0, 0, 2 * np.abs(truth - hat) / np.where(size == 0, 1, size))
    out = dict(
        meanAbsoluteError=m.mean_absolute_error(truth, hat),
        meanSquaredError=m.mean_squared_error(truth, hat),
        rootMeanSquaredError=m.root_mean_squared_error(truth, hat),
        medianAbsoluteError=m.median_absolute_error(truth, hat),
        r2=m.r2_score(truth, hat),
        explainedVariance=m.explained_variance_score(truth, hat),
        mape=100 * m.mean_absolute_percentage_error(truth[kept], hat[kept]) if kept.any() else math.nan,
        smape=100 * smape.mean(),
    )
    return dict(name=name, truth=truth.tolist(), predicted=hat.tolist(), expected={k: number(v) for k, v in out.items()})


y = rng.normal(size=101) * 50 + 3
numbers = [
    regression("odd number of rows", y, y + rng.normal(size=101)),
    regression("even number of rows, biased", y[:100], y[:100] * .9 + 4),
    regression("constant truth, perfect", [2, 2, 2], [2, 2, 2]),
    regression("constant truth, wrong", [2, 2, 2], [2, 3, 2]),
    regression("constant truth, constant error", [2, 2, 2], [3, 3, 3]),
    regression("one row", [4], [5]),
    regression("zeros in the truth", [0, 1, 0, -2], [0, 2, 3, -1]),
    regression("all zeros", [0, 0], [0, 0]),
]
versions = dict(sklearn=sklearn.__version__, numpy=np.__version__, scipy=scipy.__version__)
path = pathlib.Path(__file__).with_name("metrics.json")
path.write_text(json.dumps(dict(versions=versions, classification=cases, regression=numbers), separators=(",", ":")) + "\n")
