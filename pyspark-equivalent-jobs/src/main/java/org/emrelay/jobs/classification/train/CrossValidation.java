package org.emrelay.jobs.classification.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.emrelay.jobs.classification.models.ClassifierTrainer;

/** Fits every candidate once per fold and evaluates it on that fold's validation rows. */
final class CrossValidation {
    private final List<FoldVectors> folds;
    private final Metric metric;
    private final FitExecutor executor;

    CrossValidation(List<FoldVectors> folds, Metric metric, FitExecutor executor) {
        this.folds = List.copyOf(folds);
        this.metric = Objects.requireNonNull(metric, "metric");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /** The submitted fits of one grid. All grids are submitted before the first is awaited. */
    final class PendingSearch {
        private final List<ClassifierTrainer> candidates;
        private final List<List<Future<FoldResult>>> results = new ArrayList<>();

        private PendingSearch(List<ClassifierTrainer> candidates) {
            this.candidates = List.copyOf(candidates);
            for (ClassifierTrainer candidate : candidates) {
                results.add(folds.stream()
                        .map(fold -> executor.submit(() -> evaluateFold(candidate, fold)))
                        .toList());
            }
        }

        GridSearchResult await() {
            List<GridSearchResult.Candidate> evaluated = new ArrayList<>();
            for (int candidate = 0; candidate < candidates.size(); candidate++) {
                List<Margins> margins = results.get(candidate).stream()
                        .map(fit -> FitExecutor.await(fit).margins())
                        .toList();
                evaluated.add(
                        GridSearchResult.Candidate.of(candidates.get(candidate).parameters(), margins, metric));
            }
            return new GridSearchResult(evaluated, metric);
        }

        /** The summed duration of all fits, which may have run in parallel. */
        Duration fitTime() {
            return results.stream()
                    .flatMap(List::stream)
                    .map(fit -> FitExecutor.await(fit).time())
                    .reduce(Duration.ZERO, Duration::plus);
        }

        int fitCount() {
            return candidates.size() * folds.size();
        }
    }

    private record FoldResult(Margins margins, Duration time) {}

    PendingSearch submit(List<ClassifierTrainer> candidates) {
        return new PendingSearch(candidates);
    }

    private FoldResult evaluateFold(ClassifierTrainer candidate, FoldVectors fold) {
        long start = System.nanoTime();
        Margins margins = new Margins(candidate.validate(fold.vectors()), fold.positive());
        return new FoldResult(margins, Duration.ofNanos(System.nanoTime() - start));
    }
}
