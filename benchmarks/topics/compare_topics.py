"""Compares the topics of Emrelay's job with scikit-learn's, for benchmarks/topics.sh.

prepare FILE DIRECTORY  writes posts.jsonl, and the number of labels
table NAME DIRECTORY    fits scikit-learn's LDA to tokens.tsv, and prints a Markdown table of all runs
"""

import json
import os
import re
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
from scipy import stats
from sklearn.decomposition import LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import normalized_mutual_info_score

POSTS_PER_HOUR = 10_000
SKLEARN_ITERATIONS = [int(value) for value in os.environ.get("ITERATIONS", "10 100").split()]


def labelled(file):
    for number, line in enumerate(Path(file).read_text(encoding="utf-8").splitlines()):
        label, text = line.split("\t", 1)
        yield f"{number:07d}", label, text


def prepare(file, directory):
    labels = {}
    with (directory / "posts.jsonl").open("w", encoding="utf-8") as posts:
        for identifier, label, text in labelled(file):
            labels[identifier] = label
            created = datetime(2026, 1, 1) + timedelta(hours=int(identifier) // POSTS_PER_HOUR)
            post = {"id": identifier, "text": text, "created_at": created.isoformat() + "Z", "lang": "en"}
            posts.write(json.dumps(post) + "\n")
    (directory / "labels.json").write_text(json.dumps(labels))
    (directory / "labels").write_text(str(len(set(labels.values()))))


def interval(values):
    """The mean with the half-width of its 95 % interval over seeds."""
    mean = np.mean(values)
    if len(values) < 2:
        return f"{mean:.3f}"
    return f"{mean:.3f} ± {stats.t.ppf(0.975, len(values) - 1) * stats.sem(values):.3f}"


def seconds(values):
    return f"{np.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def job_runs(directory, labels):
    """For each method: seconds, NMI and held-out NPMI of each seed. Posts without a topic are a cluster of their own."""
    methods = {}
    for run in sorted(directory.glob("runs/*/*")):
        table = parquet.read_table(run / "assignments", columns=["id", "topic"]).to_pydict()
        topics = [-1 if topic is None else topic for topic in table["topic"]]
        score = normalized_mutual_info_score([labels[identifier] for identifier in table["id"]], topics)
        document = json.loads((run / "topics.json").read_text())
        fitted = re.search(r"^Fitted .* in ([0-9.]+) s", (run / "out").read_text(), re.M)
        methods.setdefault(run.parent.name, []).append(
            (float(fitted[1]), score, document["quality"]["npmi_by_seed"][0])
        )
    return methods, document


def sklearn_runs(directory, labels, document, seeds):
    """The vocabulary is the job's: terms within the same bounds."""
    identifiers, texts = zip(*(line.split("\t") for line in (directory / "tokens.tsv").read_text().splitlines()))
    settings = document["settings"]
    vectorizer = CountVectorizer(
        analyzer=str.split,
        min_df=settings["min_posts"],
        max_df=settings["max_share"],
        max_features=document["vocabulary"],
    )
    counts = vectorizer.fit_transform(texts)
    assert counts.shape[1] == document["vocabulary"], (counts.shape, document["vocabulary"])
    empty = np.asarray(counts.sum(axis=1)).ravel() == 0
    duplicates = duplicates_of(directory)
    runs = {}
    for iterations in SKLEARN_ITERATIONS:
        for seed in range(seeds):
            start = time.monotonic()
            model = LatentDirichletAllocation(settings["k"], max_iter=iterations, random_state=seed).fit(counts)
            taken = time.monotonic() - start
            topics = np.where(empty, -1, model.transform(counts).argmax(axis=1))
            by_post = dict(zip(identifiers, topics))
            by_post.update({copy: by_post[original] for copy, original in duplicates.items()})
            score = normalized_mutual_info_score([labels[post] for post in by_post], list(by_post.values()))
            runs.setdefault(f"scikit-learn, {iterations} iterations", []).append((taken, score))
            print(f"scikit-learn, {iterations} iterations, seed {seed}: {taken:.1f} s", file=sys.stderr)
    return runs


def duplicates_of(directory):
    table = parquet.read_table(directory / "filtered" / "duplicates", columns=["id", "original"]).to_pydict()
    return dict(zip(table["id"], table["original"]))


def table(name, directory):
    labels = json.loads((directory / "labels.json").read_text())
    methods, document = job_runs(directory, labels)
    ours = len(next(iter(methods.values())))
    print(f"`{name}`: {len(labels)} posts, {document['settings']['k']} labels, vocabulary {document['vocabulary']}, {ours} seeds\n")
    print("| | fit, s | NMI | held-out NPMI |")
    print("|---|---|---|---|")
    for method, runs in methods.items():
        times, scores, coherence = zip(*runs)
        key, models = method.split("-")
        label = f"Emrelay, `{key}`" if key == "gibbs" else f"Spark, `{key}`"
        print(f"| {label}, {'one model' if models == '1' else 'the best of ' + models + ' models'} "
              f"| {seconds(times)} | {interval(scores)} | {interval(coherence)} |")
    others = sklearn_runs(directory, labels, document, ours)
    for method, runs in others.items():
        times, scores = zip(*runs)
        print(f"| {method} | {seconds(times)} | {interval(scores)} | |")
    if {"em-1", "gibbs-1"} <= methods.keys():
        ratio = np.median([em[0] / gibbs[0] for em, gibbs in zip(methods["em-1"], methods["gibbs-1"])])
        print(f"\nSpark's `em` takes {ratio:.1f} times as long as `gibbs`, one model each (median of the ratios by seed).")


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(sys.argv[2], Path(sys.argv[3]))
    else:
        table(sys.argv[2], Path(sys.argv[3]))
