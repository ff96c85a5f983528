"""Writes hyperopt.json: what hyperopt's samplers reach on known functions, and which trials Optuna's MedianPruner gives up.
Run from the project: python test/golden/make-hyperopt.py (some minutes)"""
import json, math, pathlib, warnings
import hyperopt, numpy as np, optuna
from hyperopt import Trials, fmin, hp, rand, tpe

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
P = 1e-4 * np.array([[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
                     [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]])
C = np.array([1, 1.2, 3, 3.2])


def hartmann(v):
    x = np.array([v[f"x{i}"] for i in range(6)])
    return float(-(C * np.exp(-(A * (x - P) ** 2).sum(1))).sum())


def mixed(v):
    return float((np.log10(v["rate"]) + 2.5) ** 2 + ((v["depth"] - 7) / 5) ** 2 + (np.log10(v["width"]) - 1.3) ** 2
                 + (v["share"] - 0.7) ** 2 + dict(a=0.3, b=0, c=0.6, d=0.45)[v["kind"]])


problems = dict(
    hartmann=(hartmann, {f"x{i}": hp.uniform(f"x{i}", 0, 1) for i in range(6)}),
    mixed=(mixed, dict(rate=hp.loguniform("rate", math.log(1e-5), 0), depth=hp.quniform("depth", 1, 20, 1),
                       width=hp.qloguniform("width", 0, math.log(1000), 1), share=hp.uniform("share", -2, 3),
                       kind=hp.choice("kind", ["a", "b", "c", "d"]))),
)
seeds = range(31)
reached = {}
for problem, (objective, space) in problems.items():
    reached[problem] = {}
    for name, algo in dict(tpe=tpe.suggest, rand=rand.suggest).items():
        best = {50: [], 100: []}
        for seed in seeds:
            trials = Trials()
            fmin(objective, space, algo=algo, max_evals=100, trials=trials, rstate=np.random.default_rng(seed), show_progressbar=False)
            losses = trials.losses()
            for n in best:
                best[n].append(min(losses[:n]))
        reached[problem][name] = {str(n): float(np.median(v)) for n, v in best.items()}
print(json.dumps(reached, indent=1))

rng = np.random.default_rng(2)
pruned = []
for direction in ("minimize", "maximize"):
    study = optuna.create_study(direction=direction, pruner=optuna.pruners.MedianPruner(), sampler=optuna.samplers.RandomSampler(seed=0))
    trials = []
    for number in range(40):
        trial, level = study.ask(), rng.normal()
        curve, decisions = [], []
        for step in (1, 2, 5, 10, 20)[: int(rng.integers(1, 6))]:
            value = math.nan if rng.random() < 0.1 else float(level + rng.normal() / step)
            trial.report(value, step)
            curve.append([step, None if math.isnan(value) else value])
            decisions.append(bool(trial.should_prune()))
            if decisions[-1]:
                break
        failed = not decisions[-1] and rng.random() < 0.1
        if failed:
            study.tell(trial, state=optuna.trial.TrialState.FAIL)
        elif decisions[-1]:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
        else:
            study.tell(trial, float(level))
        trials.append(dict(curve=curve, decisions=decisions, finished=not failed and not decisions[-1]))
    pruned.append(dict(direction=direction, trials=trials))

out = dict(versions=dict(hyperopt=hyperopt.__version__, optuna=optuna.__version__, numpy=np.__version__), seeds=len(seeds), medianBest=reached, pruned=pruned)
pathlib.Path(__file__).with_name("hyperopt.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
