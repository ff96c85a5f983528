"""Writes tuning.json: what Optuna reaches on known functions, and its parameter importances.
Run from the project: python test/golden/make-tuning.py (some minutes)"""
import json, pathlib, warnings
import numpy as np, optuna

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
P = 1e-4 * np.array([[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
                     [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]])
C = np.array([1, 1.2, 3, 3.2])


def hartmann(trial):
    x = np.array([trial.suggest_float(f"x{i}", 0, 1) for i in range(6)])
    return float(-(C * np.exp(-(A * (x - P) ** 2).sum(1))).sum())


def mixed(trial):
    """Floats on a linear and a log scale, integers, a category."""
    rate = trial.suggest_float("rate", 1e-5, 1, log=True)
    depth = trial.suggest_int("depth", 1, 20)
    width = trial.suggest_int("width", 1, 1000, log=True)
    share = trial.suggest_float("share", -2, 3)
    kind = trial.suggest_categorical("kind", ["a", "b", "c", "d"])
    return float((np.log10(rate) + 2.5) ** 2 + ((depth - 7) / 5) ** 2 + (np.log10(width) - 1.3) ** 2 + (share - 0.7) ** 2 + dict(a=0.3, b=0, c=0.6, d=0.45)[kind])


seeds = range(31)
samplers = {
    "tpe": lambda s: optuna.samplers.TPESampler(seed=s),
    "tpe-independent": lambda s: optuna.samplers.TPESampler(seed=s, multivariate=False),
    "random": lambda s: optuna.samplers.RandomSampler(seed=s),
    "evolution": lambda s: optuna.samplers.NSGAIISampler(seed=s),
    "quasi-random": lambda s: optuna.samplers.QMCSampler(seed=s, scramble=True),
}
reached = {}
for problem, objective in dict(hartmann=hartmann, mixed=mixed).items():
    reached[problem] = {}
    for name, make in samplers.items():
        best = {50: [], 100: []}
        for seed in seeds:
            study = optuna.create_study(sampler=make(seed))
            study.optimize(objective, n_trials=100)
            values = [t.value for t in study.trials]
            for n in best:
                best[n].append(min(values[:n]))
        reached[problem][name] = {str(n): float(np.median(v)) for n, v in best.items()}
print(json.dumps(reached, indent=1))

importance = []
for seed, n in [(0, 40), (1, 120)]:
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    study.optimize(mixed, n_trials=n)
    shares = optuna.importance.get_param_importances(study, evaluator=optuna.importance.PedAnovaImportanceEvaluator())
    importance.append(dict(trials=[dict(params=t.params, value=t.value) for t in study.trials], shares=shares))

out = dict(versions=dict(optuna=optuna.__version__, numpy=np.__version__), seeds=len(seeds), medianBest=reached, importance=importance)
pathlib.Path(__file__).with_name("tuning.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
