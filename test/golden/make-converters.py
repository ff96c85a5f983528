"""Writes converters.json: columns and what scikit-learn makes of them. Run from the project: python test/golden/make-converters.py"""
import json, math, pathlib, warnings
import imblearn, numpy as np, pandas as pd, sklearn
from imblearn.over_sampling import SMOTE
from sklearn.decomposition import PCA
from sklearn.feature_selection import VarianceThreshold
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import (
    Binarizer, MaxAbsScaler, MinMaxScaler, Normalizer, OneHotEncoder, OrdinalEncoder, PolynomialFeatures, StandardScaler)

warnings.simplefilter("ignore")
rng = np.random.default_rng(5)
n, train = 60, 40


def cell(v):
    if v is None or (isinstance(v, float) and math.isnan(v)):
        return None
    return float(v) if isinstance(v, (np.floating, float, np.integer, int)) else str(v)


def column_wise(frame):
    return {c: [cell(v) for v in frame[c]] for c in frame}


numbers = pd.DataFrame({
    "usual": np.round(rng.normal(10, 3, n), 4),
    "large": np.round(rng.normal(1e6, 1, n), 4),
    "constant": np.full(n, .3),
    "ties": rng.integers(0, 4, n).astype(float),
    "empty": np.full(n, np.nan),
})
numbers.loc[rng.choice(n, 10, replace=False), "usual"] = np.nan
numbers.loc[rng.choice(n, 15, replace=False), "ties"] = np.nan
words = pd.DataFrame({
    "letter": rng.choice(list("abcdef") + [np.nan], n, p=[.3, .25, .2, .1, .06, .04, .05]),
    "pair": rng.choice(["no", "yes"], n),
    "empty": [np.nan] * n,
}, dtype=object).replace("nan", np.nan)


def case(converter, frame, params, more=None):
    """Learnt from the first rows; transformed are all of them, or those first ones alone where others are refused."""
    out = dict(params=params, columns=list(frame.columns))
    try:
        fitted = converter(**params, **(more or {})).set_output(transform="pandas").fit(frame[:train])
    except ValueError:
        return dict(out, refused="fit")
    try:
        return dict(out, output=column_wise(fitted.transform(frame)))
    except ValueError:
        return dict(out, refused="transform", output=column_wise(fitted.transform(frame[:train])))


scaler = [case(StandardScaler, numbers[["usual", "large", "constant", "ties"]], p) for p in (
    {}, dict(with_mean=False), dict(with_std=False), dict(with_mean=False, with_std=False))]

imputer = []
for keep in [False, True]:
    for flag in [False, True]:
        flags = dict(keep_empty_features=keep, add_indicator=flag)
        for strategy in ["mean", "median", "most_frequent"]:
            imputer.append(case(SimpleImputer, numbers, dict(strategy=strategy, **flags)))
        imputer.append(case(SimpleImputer, numbers, dict(strategy="constant", fill_value=-1.5, **flags)))
        for p in (dict(strategy="most_frequent"), dict(strategy="constant", fill_value="none")):
            imputer.append(case(SimpleImputer, words[["letter", "pair"]], dict(**p, **flags)))
imputer.append(case(SimpleImputer, words, dict(strategy="most_frequent", keep_empty_features=True)))
imputer.append(case(SimpleImputer, words, dict(strategy="most_frequent")))

both = words[["letter", "pair"]]
encoder = []
for params in (
    {}, dict(drop="first"), dict(drop="if_binary"), dict(min_frequency=4), dict(min_frequency=.2),
    dict(max_categories=3), dict(max_categories=2), dict(max_categories=1), dict(max_categories=7), dict(max_categories=6),
    dict(min_frequency=4, max_categories=3, drop="first"), dict(min_frequency=4, handle_unknown="infrequent_if_exist"),
    dict(max_categories=3, drop="if_binary", handle_unknown="infrequent_if_exist"),
    dict(handle_unknown="ignore"), dict(handle_unknown="infrequent_if_exist"),
):
    encoder.append(case(OneHotEncoder, both, params, dict(sparse_output=False)))
written = [
    (dict(categories=[["c", "a", "b"], ["yes", "no"]], handle_unknown="ignore"), "[['c', 'a', 'b'], ['yes', 'no']]", None),
    (dict(categories=[["c", "a", "b"], ["yes", "no"]], handle_unknown="ignore", drop=["a", "no"]), "[['c', 'a', 'b'], ['yes', 'no']]", "['a', 'no']"),
    (dict(categories=[["c", "a", "b"], ["yes", "no"]]), "[['c', 'a', 'b'], ['yes', 'no']]", None),
    (dict(drop=["b", "yes"]), None, "['b', 'yes']"),
    (dict(drop=["z", "yes"]), None, "['z', 'yes']"),
]
for params, categories, drop in written:
    out = case(OneHotEncoder, both, params, dict(sparse_output=False))
    out["params"] = {k: v for k, v in params.items() if k == "handle_unknown"}
    if categories is not None:
        out["params"]["categories"] = categories
    if drop is not None:
        out["params"]["drop"] = drop
    encoder.append(out)

minmax = [case(MinMaxScaler, numbers[["usual", "large", "constant", "ties"]], {}, dict(feature_range=(0, 1)))]
for low, high, clip in [(0, 1, True), (2, 5, False), (.25, .75, True)]:
    out = case(MinMaxScaler, numbers[["usual", "large", "constant", "ties"]], dict(feature_range=(low, high), clip=clip))
    out["params"] = dict(min_range=low, max_range=high, clip=clip)
    minmax.append(out)

ordinal = []
for params in (
    {}, dict(min_frequency=4), dict(min_frequency=.2), dict(max_categories=3), dict(max_categories=2),
    dict(max_categories=6), dict(min_frequency=4, max_categories=3), dict(handle_unknown="use_encoded_value", unknown_value=-1),
    dict(handle_unknown="use_encoded_value", unknown_value=np.nan), dict(handle_unknown="use_encoded_value", unknown_value=2),
    dict(max_categories=3, handle_unknown="use_encoded_value", unknown_value=9),
):
    out = case(OrdinalEncoder, both, params)
    out["params"] = {k: (None if isinstance(v, float) and math.isnan(v) else v) for k, v in params.items()}
    ordinal.append(out)
out = case(OrdinalEncoder, both, dict(categories=[["c", "a", "b", np.nan], ["yes", "no"]], handle_unknown="use_encoded_value", unknown_value=7))
out["params"] = dict(categories="[['c', 'a', 'b', nan], ['yes', 'no']]", handle_unknown="use_encoded_value", unknown_value=7)
ordinal.append(out)

mixed = rng.normal(0, 1, (n, 3))
features = pd.DataFrame(np.round(np.c_[mixed @ rng.normal(0, 2, (3, 5)) + rng.normal(0, .3, (n, 5)) + 4, rng.integers(0, 5, n)], 4),
                        columns=["f0", "f1", "f2", "f3", "f4", "f5"])
wide = pd.DataFrame(np.round(rng.normal(0, 1, (n, 8)), 4), columns=[f"w{i}" for i in range(8)])
pca = [case(PCA, features, p) for p in (
    dict(n_components=2), dict(n_components=2, whiten=True), dict(n_components=None), dict(n_components=.9), dict(n_components=.999),
    dict(n_components="mle"), dict(n_components=6, svd_solver="full"), dict(n_components=3, svd_solver="covariance_eigh"),
    dict(n_components=7))]
pca.append(case(PCA, wide, dict(n_components=None)))
pca.append(case(PCA, wide, dict(n_components="mle")))

# Random draws differ, so what is compared is which rows lie nearest, how many rows are made, and that they lie between the two.
label = np.where(features["f0"] > 6, "high", np.where(features["f1"] > 5.5, "mid", "low"))
smote = []
for strategy, k, classes in [("auto", 5, label), ("auto", 2, label), (.8, 3, np.where(label == "high", "high", "rest"))]:
    tool = SMOTE(sampling_strategy=strategy, k_neighbors=k, random_state=0)
    made, y = tool.fit_resample(features, classes)
    near = {}
    for c in np.unique(classes):
        rows = np.flatnonzero(classes == c)
        if (y == c).sum() > rows.size:
            own = features.to_numpy()[rows]
            near[str(c)] = rows[tool.nn_k_.fit(own).kneighbors(own, return_distance=False)[:, 1:]].tolist()
    smote.append(dict(params=dict(sampling_strategy=strategy, k_neighbors=k), classes=[str(c) for c in classes], neighbours=near,
                      sizes={str(c): int((y == c).sum()) for c in np.unique(y)}))

whole = features.assign(constant=.3)
more = dict(
    MaxAbsScaler=[case(MaxAbsScaler, numbers[["usual", "large", "constant", "ties"]], {}), case(MaxAbsScaler, wide, {})],
    Normalizer=[case(Normalizer, features, dict(norm=norm)) for norm in ["l1", "l2", "max"]],
    Binarizer=[case(Binarizer, features, dict(threshold=t)) for t in [0, 4.2]],
    VarianceThreshold=[case(VarianceThreshold, whole, dict(threshold=t)) for t in [0, 2, 4]]
    + [case(VarianceThreshold, numbers[["usual", "large", "constant", "ties"]], dict(threshold=1.1))],
    PolynomialFeatures=[case(PolynomialFeatures, features[["f0", "f1", "f2"]], p) for p in (
        {}, dict(degree=3), dict(degree=3, interaction_only=True), dict(degree=1, include_bias=False), dict(degree=4, include_bias=False))],
)

out = dict(versions=dict(imblearn=imblearn.__version__, sklearn=sklearn.__version__, pandas=pd.__version__, numpy=np.__version__), train=train,
           numbers=column_wise(numbers), words=column_wise(words),
           StandardScaler=scaler, SimpleImputer=imputer, OneHotEncoder=encoder, MinMaxScaler=minmax,
           OrdinalEncoder=ordinal, features=column_wise(pd.concat([features, wide], axis=1)), PCA=pca, SMOTE=smote, **more)
path = pathlib.Path(__file__).with_name("converters.json")
path.write_text(json.dumps(out, separators=(",", ":"), allow_nan=False) + "\n")
