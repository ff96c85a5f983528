"""Makes reports.json: the curves of reports by scikit-learn, and statistical tests by scipy, statsmodels and their written formulas.

Run with a Python that has scikit-learn, scipy and statsmodels: python test/golden/make-reports.py
"""

import itertools
import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy import stats
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, confusion_matrix, precision_recall_curve, roc_auc_score, roc_curve
from statsmodels.stats.multitest import multipletests

rng = np.random.RandomState(11)


def probabilities(rows, classes, truth):
    scores = rng.normal(size=(rows, classes)) + 1.2 * np.eye(classes)[truth]
    powers = np.exp(scores)
    return np.round(powers / powers.sum(axis=1, keepdims=True), 3)  # rounded, so that scores tie


def part(classes, rows):
    truth = rng.randint(0, classes, rows)
    given = probabilities(rows, classes, truth)
    curves = []
    for k in [1] if classes == 2 else range(classes):
        hit = (truth == k).astype(int)
        fpr, tpr, _ = roc_curve(hit, given[:, k])
        precision, recall, _ = precision_recall_curve(hit, given[:, k])
        calibration = {}
        for strategy in ("uniform", "quantile"):
            observed, predicted = calibration_curve(hit, given[:, k], n_bins=7, strategy=strategy)
            calibration[strategy] = {"observed": observed.tolist(), "predicted": predicted.tolist()}
        curves.append(
            {
                "class": k,
                "roc": {"fpr": fpr.tolist(), "tpr": tpr.tolist(), "auc": roc_auc_score(hit, given[:, k])},
                "pr": {
                    "precision": precision.tolist(),
                    "recall": recall.tolist(),
                    "ap": average_precision_score(hit, given[:, k]),
                },
                "calibration": calibration,
            }
        )
    return {
        "classes": classes,
        "truth": truth.tolist(),
        "probabilities": given.tolist(),
        "confusion": confusion_matrix(truth, given.argmax(axis=1), labels=range(classes)).tolist(),
        "curves": curves,
    }


def corrected(first, second, alternative):
    """Nadeau and Bengio, with test rows to training rows as 1 : k − 1."""
    k = len(first)
    d = np.array(first) - np.array(second)
    t = d.mean() / np.sqrt((1 / k + 1 / (k - 1)) * d.var(ddof=1))
    p = {"two-sided": 2 * stats.t.sf(abs(t), k - 1), "greater": stats.t.sf(t, k - 1), "less": stats.t.cdf(t, k - 1)}
    return float(t), float(p[alternative])


runs = [np.round(0.8 + shift + 0.03 * rng.normal(size=10), 3).tolist() for shift in (0.06, 0.02, 0.0, -0.05)]
runs[1][3] = runs[2][3]  # a tie
pairs = list(itertools.combinations(range(4), 2))
plain = [corrected(runs[a], runs[b], "two-sided")[1] for a, b in pairs]
ranks = np.mean([stats.rankdata([run[f] for run in runs]) for f in range(10)], axis=0)
unit = np.sqrt(4 * 5 / (6 * 10))
tests = {
    "runs": runs,
    "pairs": [
        {"first": a, "second": b, "alternative": alternative, "outcome": corrected(runs[a], runs[b], alternative)}
        for (a, b), alternative in zip(pairs, ["two-sided", "greater", "less"] * 2)
    ],
    "corrections": {
        name: multipletests(plain, method=method)[1].tolist()
        for name, method in {"holm": "holm", "bonferroni": "bonferroni", "benjamini_hochberg": "fdr_bh"}.items()
    },
    "friedman": [list(map(float, stats.friedmanchisquare(*runs[:n]))) for n in (3, 4)],
    "nemenyi": [
        float(stats.studentized_range.sf(abs(ranks[a] - ranks[b]) / unit * np.sqrt(2), 4, np.inf)) for a, b in pairs
    ],
}
result = {
    "made": {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "parts": [part(2, 120), part(4, 150)],
    "tests": tests,
}
Path(__file__).with_name("reports.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
