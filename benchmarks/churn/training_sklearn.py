"""Compares Emrelay's training with scikit-learn's: time and quality of a search over as many candidates and folds.

generate DIRECTORY SEED    writes users.parquet: activity of 22,278 users, of whom about 22 % leave
search TRAIN PREDICTIONS   searches the grids on the training rows of TRAIN, the output directory of Emrelay's training;
                           predicts its held-out rows and writes a Parquet file
compare SEED TRAIN EVALUATE PREDICTIONS
                           prints a Markdown row for each model
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

USERS = 22_278
RESAMPLES = 2000
# Mean number of events per user, and how much more frequent an event is among dissatisfied users (log scale).
PAGES = {
    "next_song": (80, 0.0), "home": (10, 0.1), "thumbs_up": (9, -0.15), "add_to_playlist": (5, -0.05),
    "add_friend": (3, -0.1), "roll_advert": (4, 0.5), "login": (3, 0.0), "logout": (2.5, 0.15),
    "thumbs_down": (2, 0.5), "downgrade": (1.5, 0.45), "settings": (1.2, 0.3), "help": (1.1, 0.25),
    "upgrade": (0.6, -0.1), "about": (0.5, 0.0), "save_settings": (0.4, 0.1), "error": (0.3, 0.2),
}  # fmt: skip
CANDIDATES = {
    "lr": (
        make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)),
        {"logisticregression__C": [0.001, 0.01, 0.1, 1, 10, 100]},
    ),
    "rf": (
        RandomForestClassifier(n_estimators=100, random_state=1, n_jobs=-1),
        {"max_features": ["sqrt", 0.3], "min_samples_leaf": [1, 4, 12]},
    ),
    "gbt": (
        HistGradientBoostingClassifier(random_state=1),
        {"learning_rate": [0.05, 0.1], "max_leaf_nodes": [7, 15, 31]},
    ),
}


def generate(directory, seed):
    """Skewed counts, their rates, and a few strong columns; two columns are informative by their difference only."""
    random = np.random.default_rng(seed)
    activity = random.gamma(0.9, 1.0, USERS)
    paid = random.random(USERS) < 1 / (1 + np.exp(0.8 - activity))
    dissatisfaction = random.normal(0, 1, USERS)
    days = random.integers(1, 62, USERS).astype(float)
    columns = {}
    for page, (mean, effect) in PAGES.items():
        expected = mean * activity * days / 20 * np.exp(effect * dissatisfaction + random.normal(0, 0.5, USERS))
        if page == "roll_advert":
            expected *= np.where(paid, 0.15, 2)
        columns[page] = random.poisson(expected).astype(float)
    total = sum(columns.values()) + 1
    columns |= {page + "_rate": 100 * columns[page] / total for page in PAGES}
    songs = columns["next_song"]
    weekly = songs / np.maximum(days / 7, 1)
    lately = np.exp(random.normal(0, 0.6, USERS) - 0.45 * dissatisfaction * (random.random(USERS) < 0.7))
    skipped = random.beta(2, 8, USERS)
    columns["songs_last_week"] = random.poisson(weekly * lately).astype(float)
    columns["trend"] = columns["songs_last_week"] / (weekly + 1)
    columns["days_since_last"] = np.minimum(
        random.exponential(2 + 6 / (1 + activity) * np.exp(0.4 * dissatisfaction)), days
    )
    columns["days_registered"] = random.gamma(2, 40, USERS)
    columns["sessions"] = random.poisson(activity * days / 6 + 0.5) + 1.0
    columns["songs_per_session"] = songs / columns["sessions"]
    columns["session_hours"] = random.lognormal(0.3, 0.8, USERS)
    columns["songs_completed"] = songs * (1 - skipped)
    columns["paid"] = paid.astype(float)
    columns["paid_days"] = np.where(paid, random.random(USERS) * days, 0)
    columns["adverts_per_song"] = columns["roll_advert"] / (songs + 1)
    columns["thumbs_ratio"] = (columns["thumbs_up"] + 1) / (columns["thumbs_down"] + 1)
    columns["errors_per_session"] = columns["error"] / columns["sessions"]
    columns["songs_deviation"] = random.lognormal(1, 1, USERS) * np.sqrt(activity)
    columns["longest_gap"] = random.exponential(days / 4 + 0.1)
    columns["noise"] = random.normal(0, 1, USERS)
    score = (
        0.5 * dissatisfaction
        + 0.9 * np.log1p(columns["days_since_last"])
        - 1.2 * np.log(columns["trend"] + 0.15)
        + 0.03 * songs * skipped
        + 1.5 * ((columns["downgrade_rate"] > 2.2) & paid)
        + 1.0 * (columns["thumbs_ratio"] < 1.2) * (activity > 0.3)
        - 1.1 * ((columns["days_registered"] > 60) & (columns["days_registered"] < 140))
        + np.where(paid, -1, 1) * (columns["adverts_per_song"] > 0.08)
        + 0.8 * np.log1p(columns["longest_gap"]) * (days > 20)
        - 0.35 * np.log1p(columns["sessions"])
        + random.normal(0, 0.4, USERS)
    )
    score = 7 * ((score - score.mean()) / score.std() - 0.7)
    table = pd.DataFrame({"user": [f"u{number:06d}" for number in range(USERS)]} | columns)
    table["left"] = (random.random(USERS) < 1 / (1 + np.exp(-score))).astype(int)
    Path(directory).mkdir(parents=True)
    table.to_parquet(Path(directory) / "users.parquet", index=False)


def read_split(train, name):
    """The ids, labels and features of one part of the split."""
    table = pd.read_parquet(Path(train) / "split" / name)
    return table["id"].to_numpy(), table["label"].to_numpy() > 0.5, table.drop(columns=["id", "label"]).to_numpy()


def search(train, predictions):
    _, labels, features = read_split(train, "training")
    ids, _, held_out = read_split(train, "held-out")
    folds = StratifiedKFold(3, shuffle=True, random_state=1)
    predicted = {"id": ids}
    for name, (model, grid) in CANDIDATES.items():
        best = GridSearchCV(model, grid, cv=folds, scoring="average_precision").fit(features, labels)
        predicted[name] = best.predict_proba(held_out)[:, 1]
        predicted[name + "_validated"] = best.best_score_
    pd.DataFrame(predicted).to_parquet(predictions, index=False)


def interval(labels, emrelay, sklearn):
    """The 95 % confidence interval of the difference in AUC-PR (paired bootstrap)."""
    random = np.random.default_rng(1)
    differences = []
    for _ in range(RESAMPLES):
        drawn = random.integers(0, len(labels), len(labels))
        differences.append(
            average_precision_score(labels[drawn], emrelay[drawn])
            - average_precision_score(labels[drawn], sklearn[drawn])
        )
    return np.quantile(differences, [0.025, 0.975])


def compare(seed, train, evaluate, predictions):
    card = json.loads((Path(train) / "training.json").read_text())
    ids, labels, _ = read_split(train, "held-out")
    ours = pd.read_csv(Path(evaluate) / "predictions.csv", dtype={"id": str}, quoting=csv.QUOTE_MINIMAL)
    ours = ours.set_index("id").loc[ids]
    theirs = pd.read_parquet(predictions).set_index("id").loc[ids]
    for name in CANDIDATES:
        emrelay, sklearn = ours[name].to_numpy(), theirs[name].to_numpy()
        low, high = interval(labels, emrelay, sklearn)
        scores = [average_precision_score(labels, model) for model in (emrelay, sklearn)]
        validated = card["models"][name]["mean"], theirs[name + "_validated"].iloc[0]
        print(
            f"| {seed} | {name} | {validated[0]:.3f} | {validated[1]:.3f} | {scores[0]:.3f} | {scores[1]:.3f}"
            f" | {scores[0] - scores[1]:+.3f} ({low:+.3f} to {high:+.3f}) |"
        )


if __name__ == "__main__":
    commands = {"generate": (generate, 2), "search": (search, 2), "compare": (compare, 4)}
    command, arguments = sys.argv[1] if len(sys.argv) > 1 else "", sys.argv[2:]
    if command not in commands or len(arguments) != commands[command][1]:
        sys.exit(__doc__)
    if command == "generate":
        arguments[1] = int(arguments[1])
    commands[command][0](*arguments)
