"""Writes nets.json: networks that scikit-learn trained from given weights, batch by batch in order. Run from the project:
python test/golden/make-nets.py"""
import json, pathlib, warnings
import numpy as np, scipy, sklearn
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("ignore")
rng = np.random.default_rng(23)
n, p, fresh = 70, 4, 10
X = np.round(rng.normal(size=(n, p)) * [1, 20, 0.5, 300] + [0, 100, 0, -2], 6)
Q = np.round(rng.normal(size=(fresh, p)) * [1, 20, 0.5, 300] + [0, 100, 0, -2], 6)
y = np.round(np.sin(X[:, 0]) * 40 + X[:, 1] * X[:, 2] + X[:, 3] / 10 + 1000, 3)


class Given(MLPRegressor):
    """Begins with the weights it is given instead of random ones."""

    def _init_coef(self, fan_in, fan_out, dtype):
        return next(self.given)


cases = []
for activation, hidden, batch, epochs, rate in [
    ("relu", 16, 32, 20, 0.001),
    ("tanh", 5, 7, 15, 0.01),
    ("sigmoid", 8, 70, 40, 0.05),
    ("identity", 3, 16, 10, 0.01),
    ("relu", 1, 1, 3, 0.001),
]:
    w1, b1 = rng.uniform(-0.5, 0.5, (p, hidden)), rng.uniform(-0.5, 0.5, hidden)
    w2, b2 = rng.uniform(-0.5, 0.5, (hidden, 1)), rng.uniform(-0.5, 0.5, 1)
    inputs, target = StandardScaler().fit(X), StandardScaler().fit(y[:, None])
    net = Given(hidden_layer_sizes=(hidden,), activation="logistic" if activation == "sigmoid" else activation, alpha=0, batch_size=batch,
                learning_rate_init=rate, max_iter=epochs, shuffle=False, tol=0, n_iter_no_change=10**6)
    net.given = iter([(w1.copy(), b1.copy()), (w2.copy(), b2.copy())])
    net.fit(inputs.transform(X), target.transform(y[:, None])[:, 0])
    answers = target.inverse_transform(net.predict(inputs.transform(Q))[:, None])[:, 0]
    weights = np.concatenate([net.coefs_[0].ravel(), net.intercepts_[0], net.coefs_[1].ravel(), net.intercepts_[1]])
    cases.append(dict(
        name=f"{activation}, {hidden} units, {epochs} epochs in batches of {batch}",
        options=dict(hidden=hidden, activation=activation, learningRate=rate, epochs=epochs, batchSize=batch),
        start=np.concatenate([w1.ravel(), b1, w2.ravel(), b2]).tolist(), weights=weights.tolist(), answers=answers.tolist()))

out = dict(versions=dict(sklearn=sklearn.__version__, numpy=np.__version__, scipy=scipy.__version__),
           x=X.tolist(), queries=Q.tolist(), y=y.tolist(), cases=cases)
pathlib.Path(__file__).with_name("nets.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
