"""Writes dice.json: rows, a model as numbers, and what dice_ml's searches come to on them: how many of the rows they find are of the
other class, how far those lie from the row in question, and how many inputs they change. The searches draw at random (two of the three),
so it is these properties that are compared, not rows. Run from the project: python test/golden/make-dice.py"""
import json, pathlib, warnings
import dice_ml, numpy as np, pandas as pd, sklearn

warnings.simplefilter("ignore")
rng = np.random.default_rng(11)
NUMBERS, COLOURS = ["age", "income", "hours"], ["red", "green", "blue"]
SHIFT = dict(red=0.0, green=0.9, blue=-0.9)
WEIGHTS, BIAS = [0.06, 0.00004, 0.05], -6.6


def rows(n):
    return pd.DataFrame(dict(
        age=rng.integers(18, 80, n).astype(float),
        income=np.round(rng.normal(60_000, 18_000, n), 2),
        hours=np.round(rng.uniform(5, 60, n), 1),
        colour=rng.choice(COLOURS, n),
    ))


class Model:
    """A logistic model with these weights."""

    def predict_proba(self, x):
        z = x[NUMBERS].astype(float).to_numpy() @ WEIGHTS + x["colour"].map(SHIFT).astype(float).to_numpy() + BIAS
        p = 1 / (1 + np.exp(-z))
        return np.column_stack([1 - p, p])

    def predict(self, x):
        return self.predict_proba(x).argmax(1)


model, train, asked = Model(), rows(300), rows(8)
ranges = {name: float(train[name].max() - train[name].min()) for name in NUMBERS}
data = dice_ml.Data(dataframe=train.assign(kind=model.predict(train)), continuous_features=NUMBERS, outcome_name="kind")
wrapped = dice_ml.Model(model=model, backend="sklearn")


def judged(method):
    valid, far, changed, found = 0, [], [], 0
    extra = dict(random_seed=7) if method == "random" else {}
    np.random.seed(7)
    for at in range(len(asked)):
        own = asked.iloc[at]
        searched = dice_ml.Dice(data, wrapped, method=method).generate_counterfactuals(
            asked.iloc[[at]], total_CFs=3, desired_class="opposite", verbose=False, **extra)
        for _, other in searched.cf_examples_list[0].final_cfs_df.iterrows():
            found += 1
            valid += int(model.predict(pd.DataFrame([other[NUMBERS + ["colour"]]]))[0] != model.predict(asked.iloc[[at]])[0])
            steps = [abs(float(other[name]) - own[name]) / ranges[name] for name in NUMBERS]
            steps.append(float(other["colour"] != own["colour"]))
            far.append(sum(steps))
            changed.append(sum(step > 1e-9 for step in steps))
    return dict(found=found, valid=valid, distance=float(np.mean(far)), changes=float(np.mean(changed)))


out = dict(
    versions=dict(dice_ml=__import__("importlib.metadata").metadata.version("dice-ml"), sklearn=sklearn.__version__, numpy=np.__version__),
    weights=WEIGHTS, bias=BIAS, shift=SHIFT,
    train={name: train[name].tolist() for name in train}, asked={name: asked[name].tolist() for name in asked},
    searches={method: judged(method) for method in ("random", "genetic", "kdtree")},
)
pathlib.Path(__file__).with_name("dice.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
