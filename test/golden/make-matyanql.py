"""Writes matyanql.json: expressions and what Python makes of them. Run from the project: python test/golden/make-matyanql.py

An entry is [expression, repr of its value] or [expression, null, name of the error]. The run and the metric that expressions
speak of are written along. Python's own eval is the oracle, with the two rules of the query language: a missing name after a dot is
None, and there are no complex numbers.
"""
import ast, json, math, pathlib, platform, random, string, warnings
from datetime import datetime, timedelta

warnings.simplefilter("ignore")

run_facts = {
    "hash": "a1b2c3", "name": "Baseline", "description": "first try", "experiment": "mnist", "tags": ["best", "cnn"],
    "createdAt": 1738281600.5, "endedAt": 1738285200.5, "active": False, "archived": False,
    "params": {
        "hparams": {"lr": 0.01, "bs": 32, "opt": "adam", "layers": [64, 32], "drop": None, "amp": True, "nested": {"a": {"b": 3}}},
        "seed": 7, "note": "naïve ünïcode 😀", "ratio": 0.5, "zero": 0, "empty": "", "flag": False, "list": [1, 2, 3], "neg": -7,
        "big": 9007199254740991, "format": "png", "constructor": "relu", "words": ["alpha", "beta"], "__system_params": {"cpu": 4},
    },
}
metric_facts = {"name": "loss", "context": {"subset": "train", "k": 1}, "last": 0.25, "lastStep": 99, "first": 2.5, "firstStep": 0,
                "min": 0.2, "max": 2.5, "count": 100}
val_facts = dict(metric_facts, context={"subset": "val"}, last=0.5)


class Dotted(dict):
    def __getattribute__(self, name):
        if name in ("get", "keys", "values", "items") and name not in self.keys_of():
            return {"values": lambda: list(dict.values(self)), "get": lambda *a: dict.get(self, *a),
                    "keys": lambda: dict.keys(self), "items": lambda: list(dict.items(self))}[name]
        if name.startswith("__") or name == "keys_of":
            return dict.__getattribute__(self, name)
        return wrap(dict.get(self, name))

    def keys_of(self):
        return list(dict.keys(self))

    def __getitem__(self, key):
        return wrap(dict.__getitem__(self, key))


def wrap(value):
    if isinstance(value, dict):
        return Dotted(value)
    return [wrap(v) for v in value] if isinstance(value, list) else value


class View:
    def __init__(self, fields, items=None):
        self.__dict__["fields"], self.__dict__["items"] = fields, items

    def __getattribute__(self, name):
        if name.startswith("__"):
            return object.__getattribute__(self, name)
        fields = object.__getattribute__(self, "__dict__")["fields"]
        return fields[name] if name in fields else None

    def __getitem__(self, key):
        items = object.__getattribute__(self, "__dict__")["items"]
        if items is None:
            raise TypeError("no items")
        return items(key)

    def __bool__(self):
        return bool(object.__getattribute__(self, "__dict__")["fields"])


def series_view(facts):
    return View({"name": facts["name"], "context": Dotted(facts["context"]), "last": facts["last"], "last_step": facts["lastStep"],
                 "first": facts["first"], "first_step": facts["firstStep"], "min": facts["min"], "max": facts["max"],
                 "count": facts["count"]})


def metric_of(key):
    name, *context = key if isinstance(key, tuple) else (key,)
    for facts in (metric_facts, val_facts):
        if facts["name"] == name and (not context or facts["context"] == context[0]):
            return series_view(facts)
    return View({})


def run_view():
    p = run_facts["params"]
    own = {"hash": run_facts["hash"], "name": run_facts["name"], "description": run_facts["description"],
           "experiment": run_facts["experiment"], "tags": run_facts["tags"], "created_at": run_facts["createdAt"],
           "creation_time": run_facts["createdAt"], "end_time": run_facts["endedAt"],
           "duration": run_facts["endedAt"] - run_facts["createdAt"], "active": False, "archived": False, "is_archived": False,
           "metrics": View({}, metric_of)}
    fields = {k: wrap(v) for k, v in p.items()}

    def item(key):
        if key in p:
            return wrap(p[key])
        at = p
        for part in key.split("."):
            at = at[part]
        return wrap(at)
    return View({**fields, **own}, item)


run = run_view()
metric = series_view(metric_facts)
metric.__dict__["fields"]["run"] = run

names = {"run": run, "metric": metric, "datetime": datetime, "timedelta": timedelta, "math": math, "string": string}
allowed = ("abs all any bool chr dict divmod enumerate filter float hex int isinstance len list map max min oct bin ord pow range repr "
           "reversed round set frozenset sorted str sum tuple zip callable").split()
globals_ = {"__builtins__": {name: __builtins__.__dict__[name] for name in allowed}, **names}


class MissingIsNone(ast.NodeTransformer):
    def visit_Attribute(self, node):
        self.generic_visit(node)
        name = ast.Constant(node.attr)
        return ast.copy_location(ast.Call(ast.Name("getattr_", ast.Load()), [node.value, name, ast.Constant(None)], []), node)


def entry(expression):
    try:
        tree = ast.fix_missing_locations(MissingIsNone().visit(ast.parse(expression, mode="eval")))
        value = eval(compile(tree, "query", "eval"), {**globals_, "getattr_": getattr})
        if isinstance(value, complex):
            raise TypeError("complex")
        return [expression, repr(value), bool(value)]
    except Exception as error:
        return [expression, None, type(error).__name__]


expressions = pathlib.Path(__file__).with_name("matyanql-expressions.txt").read_text(encoding="utf8").splitlines()
expressions = [line for line in expressions if line.strip() and not line.startswith("#")]

# Numbers of all sizes through every operator: signs, floors, roundings, formats.
draw = random.Random(20260401)
ints = [0, 1, -1, 2, -2, 3, 7, -7, 10, 255, -256, 10**6, 2**31, -(2**53), 2**53 + 1, 2**64, 10**20, -(10**25)]
floats = [0.0, -0.0, 0.1, -0.1, 0.5, 1.5, 2.5, -2.5, 1e-7, 123456.789, 1e15, 1e16, 1e17, 1.0, -3.0, 1e22, 1e300, 5e-324, 1 / 3, 2.675, 1.005]
numbers = ints + floats + [True, False]


def number():
    return draw.choice(numbers)


def shown(value):
    return f"({value!r})"


generated = []
for sign in "+ - * / // % == < >= !=".split():
    generated += [f"{shown(number())} {sign} {shown(number())}" for _ in range(45)]
generated += [f"{shown(number())} ** {shown(draw.choice([0, 1, 2, 3, -1, -2, 0.5, 2.0, True, 10]))}" for _ in range(60)]
generated += [f"round({shown(number())}, {draw.randint(-3, 6)})" for _ in range(80)]
generated += [f"round({shown(number())})" for _ in range(30)]
generated += [f"str({shown(draw.choice(floats) * 10 ** draw.randint(-25, 25))})" for _ in range(60)]
generated += [f"divmod({shown(number())}, {shown(number())})" for _ in range(40)]
generated += [f"int({shown(number())})" for _ in range(20)]
generated += [f"math.floor({shown(number())}) + math.ceil({shown(number())})" for _ in range(20)]
texts = ["", "a", "abc", "Loss", "val_loss", "naïve", "😀x", "a,b,,c", "  x y  ", "AbC dEf", "123", "ß"]
for _ in range(80):
    text = draw.choice(texts)
    call = draw.choice(["upper()", "lower()", "title()", "strip()", "split()", "split(',')", "isdigit()", "isalpha()", "capitalize()",
                        "swapcase()", "zfill(6)", "center(7, '*')", "find('a')", "replace('a', 'bb')", "partition('b')", "rsplit(',', 1)",
                        "startswith('a')", "endswith(('c', 'x'))", "count('')", "ljust(5)", "splitlines()", "islower()", "isupper()"])
    generated.append(f"{text!r}.{call}")
    generated.append(f"{text!r}[{draw.choice(['', -2, 1, 0])}:{draw.choice(['', -1, 3, 10])}:{draw.choice(['', 1, -1, 2])}]")
    generated.append(f"{text!r} < {draw.choice(texts)!r}")

out = {
    "made with": f"Python {platform.python_version()}",
    "run": run_facts, "metrics": [metric_facts, val_facts],
    "expressions": [entry(e) for e in expressions],
    "generated": [entry(e) for e in dict.fromkeys(generated)],
}
pathlib.Path(__file__).with_name("matyanql.json").write_text(
    "{\n" + ",\n".join(f" {json.dumps(k)}: " + (json.dumps(v, ensure_ascii=False) if not isinstance(v, list) or k == "metrics" else
                       "[\n" + ",\n".join("  " + json.dumps(e, ensure_ascii=False) for e in v) + "\n ]") for k, v in out.items()) + "\n}\n",
    encoding="utf8")
print(len(out["expressions"]), len(out["generated"]))
