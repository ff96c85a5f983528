"""Makes reports.json: the curves of reports by scikit-learn, and statistical tests by scipy, statsmodels and their written formulas.

Run with a Python that has scikit-learn, scipy and statsmodels: python test/golden/make-reports.py
"""

import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import scipy
import sklearn
import statsmodels
from scipy import stats
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LinearRegression
from sklearn.metrics import (
    PredictionErrorDisplay,
    average_precision_score,
    confusion_matrix,
    precision_recall_curve,
    roc_auc_score,
    roc_curve,
)
from statsmodels.stats.anova import AnovaRM
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
parts = [part(2, 120), part(4, 150)]


def residual_bins(residuals):
    """Bins of a width of 1, 2 or 5 times a power of ten, at least 2 deviations over n^0.4, that start on a multiple of it."""
    ideal = 2 * residuals.std() / len(residuals) ** 0.4
    power = 10.0 ** np.floor(np.log10(ideal))
    width = next(step * power for step in (1, 2, 5, 10) if step * power >= ideal)
    first = np.floor(residuals.min() / width)
    edges = (first + np.arange(np.floor(residuals.max() / width) - first + 2)) * width
    return {"edges": edges.tolist(), "heights": np.histogram(residuals, edges)[0].tolist()}


def regression(rows):
    x = rng.normal(size=(rows, 3))
    y = np.round(x @ [3, -2, 0.5] + rng.normal(size=rows) * (1 + np.abs(x[:, 0])), 3)
    predicted = LinearRegression().fit(x[: rows // 2], y[: rows // 2]).predict(x)
    display = PredictionErrorDisplay(y_true=y, y_pred=predicted)
    residuals = display.y_true - display.y_pred
    return {
        "truth": y.tolist(),
        "predicted": predicted.tolist(),
        "residuals": residuals.tolist(),
        "mean": float(residuals.mean()),
        "bins": residual_bins(residuals),
    }


def anova(scores):
    runs, folds = np.shape(scores)
    rows = [(r, f, scores[r][f]) for r in range(runs) for f in range(folds)]
    table = AnovaRM(pd.DataFrame(rows, columns=["run", "fold", "score"]), "score", "fold", within=["run"]).fit().anova_table
    return [float(table["F Value"].iloc[0]), float(table["Pr > F"].iloc[0])]


def tukey(scores):
    """Pairs after that analysis: what folds have in common is taken out, the rest is the spread."""
    scores = np.array(scores)
    runs, folds = scores.shape
    rest = scores - scores.mean(axis=1, keepdims=True) - scores.mean(axis=0) + scores.mean()
    degrees = (runs - 1) * (folds - 1)
    unit = np.sqrt((rest**2).sum() / degrees / folds)
    means = scores.mean(axis=1)
    return [
        float(stats.studentized_range.sf(abs(means[a] - means[b]) / unit, runs, degrees))
        for a, b in itertools.combinations(range(runs), 2)
    ]


def outcome(result):
    return [float(result.statistic), float(result.pvalue)]


SIDES = ("two-sided", "greater", "less")
tied = [[0.75, 0.5, 1, 0.25, 0.5, 0.75, 1, 0.5], [0.5, 0.5, 0.5, 0.5, 0.25, 0.5, 0.5, 0.75]]
many = [np.round(0.7 + 0.1 * rng.normal(size=60), 2).tolist() for _ in range(2)]
odd = np.round(rng.exponential(size=40), 3).tolist()
tests |= {
    "plain": {side: outcome(stats.ttest_rel(runs[1], runs[2], alternative=side)) for side in SIDES},
    "wilcoxon": [
        # Exact where scipy is; of ties every one of the 2^n signs is tried; of many the normal distribution.
        *[
            {"runs": pair, "side": side, "outcome": outcome(stats.wilcoxon(*pair, alternative=side, method=method))}
            for pair, method in (
                ([runs[0], runs[3]], "exact"),
                ([runs[1][:6], runs[0][:6]], "exact"),
                (tied, stats.PermutationMethod(n_resamples=2**13)),
                (many, "asymptotic"),
            )
            for side in SIDES
        ],
    ],
    "anova": [anova(runs[:n]) for n in (3, 4)],
    "tukey": [tukey(runs[:n]) for n in (3, 4)],
    "range": [
        [q, k, df, float(stats.studentized_range.sf(q, k, df))]
        for q in (0.3, 2.0, 3.7, 8.0)
        for k, df in ((2, 2), (3, 4), (6, 18), (10, 81), (4, 500))
    ],
    "shapiro": [
        {"values": values, "outcome": outcome(stats.shapiro(values))}
        for values in ([0.1, 0.4, 0.5], runs[0][:4], runs[1][:5], runs[2][:6], runs[3], many[0][:11], many[1][:12], many[0], odd, tied[0])
    ],
    "levene": [outcome(stats.levene(*groups)) for groups in (runs, runs[:2], [many[0], odd[:30], runs[0]])],
    "bartlett": [outcome(stats.bartlett(*groups)) for groups in (runs, runs[:2], [many[0], odd[:30], runs[0]])],
    "spread": [many[0], odd[:30], runs[0]],
}
result = {
    "made": {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "parts": parts,
    "regression": regression(200),
    "tests": tests,
}
Path(__file__).with_name("reports.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
