"""Measures scikit-learn on one thread: peer.py <module> <class> <arguments as JSON> <predict or predict_proba> <target> <folder> <columns>;
prints a Measurement."""
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import importlib, json, resource, sys, time
import numpy as np, sklearn

module, name, arguments, method, target, folder, columns = sys.argv[1:]


def read(file):
    return np.fromfile(os.path.join(folder, file + ".f64"))


def timed_once(work):
    cpu, start = time.process_time(), time.perf_counter()
    result = work()
    return result, time.perf_counter() - start, time.process_time() - cpu


# Work of milliseconds is done ten times, and the least counts, on both sides.
def timed(work):
    runs = [timed_once(work)]
    while runs[0][2] < 0.2 and len(runs) < 10:
        runs.append(timed_once(work))
    return runs[0][0], min(run[1] for run in runs), min(run[2] for run in runs)


x, test = (np.ascontiguousarray(read(file).reshape(int(columns), -1).T) for file in ("x", "test-x"))
y, truth = read(target), read("test-" + target)
for _ in range(3):
    warm = getattr(importlib.import_module(module), name)(**json.loads(arguments)).fit(x[:1000], y[:1000])
    getattr(warm, method)(x[:1000])
model = getattr(importlib.import_module(module), name)(**json.loads(arguments))
_, fit, fit_cpu = timed(lambda: model.fit(x, y))
predicted, predict, predict_cpu = timed(lambda: getattr(model, method)(test))
if method == "predict_proba":
    predicted = predicted.argmax(axis=1)
score = (predicted == truth).mean() if target == "codes" else 1 - ((truth - predicted) ** 2).sum() / ((truth - truth.mean()) ** 2).sum()
print(json.dumps(dict(
    fitSeconds=fit, fitCpuSeconds=fit_cpu, predictSeconds=predict, predictCpuSeconds=predict_cpu,
    peakMegabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, score=float(score), version=sklearn.__version__)))
