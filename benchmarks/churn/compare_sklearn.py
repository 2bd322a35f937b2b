"""Compares Emrelay's classifiers with scikit-learn's, on a table that is unrelated to the churn log.

generate DIRECTORY SEED ROWS  writes accounts.parquet
compare SEED TRAIN EVALUATE   prints a Markdown row: the best Emrelay model, scikit-learn's HistGradientBoostingClassifier with
                              default parameters on the same split, and the largest deviation of Emrelay's metrics from
                              scikit-learn's. TRAIN and EVALUATE are the output directories of the jobs.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn import metrics
from sklearn.ensemble import HistGradientBoostingClassifier

RESAMPLES = 2000


def generate(directory, seed, rows):
    """Accounts of a shop. Renewal depends on interactions, nonlinear effects and thresholds of the columns, and on chance."""
    random = np.random.default_rng(seed)
    plan = random.choice(["free", "basic", "team", "company"], rows, p=[0.4, 0.3, 0.2, 0.1])
    country = random.choice(["AT", "BR", "CA", "DE", "ES", "FR", "IN", "JP", "MX", "NG", "PL", "US"], rows)
    device = random.choice(["phone", "desktop", "tablet"], rows, p=[0.5, 0.4, 0.1])
    days = random.integers(5, 1500, rows)
    base = random.gamma(2.0, 6.0, rows)
    slope = random.normal(0, 0.45, rows)
    logins_before = random.poisson(base * 3)
    logins_lately = random.poisson(base * np.exp(slope))
    tickets = random.poisson(0.8, rows)
    waiting = np.where(tickets > 0, random.exponential(20.0, rows), np.nan)
    satisfaction = np.clip(np.round(7.5 - 0.9 * tickets + random.normal(0, 1.8, rows)), 0, 10)
    spent = random.lognormal(3.0, 0.8, rows) * np.where(plan == "free", 0.15, 1.0)
    trend = (logins_lately + 1.0) / (logins_before / 3.0 + 1.0)
    score = (
        -1.9
        + 1.3 * np.maximum(0, -np.log(trend)) * np.where(plan == "company", 0.3, 1.0)
        + 0.9 * (np.nan_to_num(waiting) > 25) * (satisfaction < 6)
        + 0.7 * np.sin(days / 365.0 * 2 * np.pi)
        + np.where((plan == "free") & (device == "phone"), 0.8, 0.0)
        + np.where(np.isin(country, ["DE", "JP", "US"]), -0.5, 0.2)
        - 0.25 * np.log1p(spent)
        + random.normal(0, 0.5, rows)
    )
    renewed = random.random(rows) >= 1 / (1 + np.exp(-1.0 - 2.0 * score))
    table = pd.DataFrame(
        {
            "account": [f"acc-{seed}-{number:06d}" for number in range(rows)],
            "opened": pd.Timestamp("2025-01-01") - pd.to_timedelta(days, unit="D"),
            "plan": plan,
            "country": country,
            "device": device,
            "logins_before": logins_before,
            "logins_lately": logins_lately,
            "tickets": tickets,
            "hours_waiting": waiting,
            "satisfaction": satisfaction,
            "spent": spent,
            "newsletter": random.random(rows) < 0.4,
            "shoe_size": random.normal(41, 2.5, rows),
            "renewal": np.where(renewed, "renewed", "gone"),
        }
    )
    table["opened"] = table["opened"].dt.date
    for column, share in [("plan", 0.06), ("satisfaction", 0.35), ("spent", 0.08), ("country", 0.03)]:
        table[column] = table[column].mask(random.random(rows) < share)
    Path(directory).mkdir(parents=True)
    table.to_parquet(Path(directory) / "accounts.parquet", index=False)


def read_split(train, name):
    """The ids, labels and features of one part of the split."""
    table = pd.read_parquet(Path(train) / "split" / name)
    return table["id"].astype(str).to_numpy(), table["label"].to_numpy() > 0.5, table.drop(columns=["id", "label"])


def encode(training, held_out):
    """Encodes text as categories and dates as days, which scikit-learn requires."""
    both = pd.concat([training, held_out], ignore_index=True)
    for column in both.columns:
        if both[column].map(lambda value: hasattr(value, "year")).any():
            both[column] = (pd.to_datetime(both[column]) - pd.Timestamp("2000-01-01")).dt.days.astype(float)
        elif both[column].dtype == object or str(both[column].dtype).startswith("str"):
            both[column] = both[column].astype("category")
    return both.iloc[: len(training)], both.iloc[len(training) :]


def interval(labels, emrelay, sklearn, metric):
    """The 95 % confidence interval of the difference (paired bootstrap)."""
    random = np.random.default_rng(1)
    differences = []
    for _ in range(RESAMPLES):
        drawn = random.integers(0, len(labels), len(labels))
        if labels[drawn].any() and not labels[drawn].all():
            differences.append(metric(labels[drawn], emrelay[drawn]) - metric(labels[drawn], sklearn[drawn]))
    return np.quantile(differences, [0.025, 0.975])


def max_deviation(evaluation, predictions, labels):
    """The largest deviation of Emrelay's metrics from scikit-learn's metrics of the same predictions."""
    largest = 0.0
    for name, reported in evaluation["models"].items():
        probability = predictions[name].to_numpy()
        predicted = probability >= reported["threshold"]
        expected = {
            "auc": metrics.roc_auc_score(labels, probability),
            "auc_pr": metrics.average_precision_score(labels, probability),
            "brier": metrics.brier_score_loss(labels, probability),
            "log_loss": metrics.log_loss(labels, probability),
            "f1": metrics.f1_score(labels, predicted),
            "weighted_f1": metrics.f1_score(labels, predicted, average="weighted"),
            "precision": metrics.precision_score(labels, predicted, zero_division=0),
            "recall": metrics.recall_score(labels, predicted),
            "accuracy": metrics.accuracy_score(labels, predicted),
        }
        largest = max(largest, *(abs(reported[metric] - value) for metric, value in expected.items()))
    return largest


def compare(seed, train, evaluate):
    training_ids, training_labels, training = read_split(train, "training")
    ids, labels, held_out = read_split(train, "held-out")
    if set(training_ids) & set(ids):
        sys.exit("an id is in both parts of the split")
    training, held_out = encode(training, held_out)
    model = HistGradientBoostingClassifier(random_state=int(seed), categorical_features="from_dtype")
    model.fit(training, training_labels)
    sklearn = model.predict_proba(held_out)[:, 1]

    evaluation = json.loads((Path(evaluate) / "metrics.json").read_text())
    predictions = pd.read_csv(Path(evaluate) / "predictions.csv", dtype={"id": str}, quoting=csv.QUOTE_MINIMAL)
    predictions = predictions.set_index("id").loc[ids]
    if not np.array_equal(predictions["label"].to_numpy() > 0.5, labels):
        sys.exit("the labels in predictions.csv differ from the split")
    emrelay = predictions[evaluation["best"]].to_numpy()

    cells = [seed, str(len(labels)), str(labels.sum()), evaluation["best"]]
    for metric in (metrics.roc_auc_score, metrics.average_precision_score):
        low, high = interval(labels, emrelay, sklearn, metric)
        ours, theirs = metric(labels, emrelay), metric(labels, sklearn)
        cells += [f"{ours:.3f}", f"{theirs:.3f}", f"{ours - theirs:+.3f} ({low:+.3f} to {high:+.3f})"]
    cells.append(f"{max_deviation(evaluation, predictions, labels):.0e}")
    print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] == "generate":
        generate(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    elif len(sys.argv) == 5 and sys.argv[1] == "compare":
        compare(*sys.argv[2:])
    else:
        sys.exit(__doc__)
