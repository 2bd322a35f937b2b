package org.emrelay.jobs.classification.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.classification.models.Calibration;
import org.emrelay.jobs.classification.models.ClassCounts;
import org.emrelay.jobs.classification.models.Fitting;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.ModelKind;
import org.emrelay.jobs.classification.models.TableVectors;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.classification.models.TrainingCard.GridPoint;
import org.emrelay.jobs.classification.models.TrainingCard.Trained;
import org.emrelay.jobs.learning.ModelParameters;
import org.emrelay.jobs.learning.Ranking;

/** Finds the best parameters of every kind of model asked for, fits them to all training rows, and saves what comes of it. */
final class ModelTraining {
    private final PreparedTable prepared;
    private final TrainClassifiersArguments arguments;
    private final Fits fits;
    private final OutputDirectory output;
    private final TableVectors vectors;

    ModelTraining(PreparedTable prepared, TrainClassifiersArguments arguments, Fits fits, OutputDirectory output) {
        this.prepared = prepared;
        this.arguments = arguments;
        this.fits = fits;
        this.output = output;
        vectors = TableVectors.of(prepared.learning().columns());
    }

    /** By the names of the kinds, in the order asked for. */
    Map<String, Trained> train(Grids grids) {
        Dataset<Row> all = vectors.transform(prepared.rows().training())
                .select(ModelColumns.LABEL, ModelColumns.FEATURES)
                .cache();
        List<FoldVectors> folds = IntStream.range(0, arguments.folds())
                .mapToObj(fold -> FoldVectors.of(prepared, fold))
                .toList();
        try {
            return train(grids, all, folds);
        } finally {
            folds.forEach(FoldVectors::forget);
            all.unpersist();
        }
    }

    private Map<String, Trained> train(Grids grids, Dataset<Row> all, List<FoldVectors> folds) {
        CrossValidation validation = new CrossValidation(folds, arguments.metric(), fits);
        Map<ModelKind, CrossValidation.Running> running = new LinkedHashMap<>();
        for (ModelKind kind : arguments.models()) {
            List<Fitting> points = grids.of(kind, prepared.rows().trainingSide().rows()).stream()
                    .map(point -> fitting(kind, point))
                    .toList();
            running.put(kind, validation.start(points));
        }
        Map<String, Future<Trained>> trained = new LinkedHashMap<>();
        running.forEach((kind, fitted) -> {
            Comparison comparison = fitted.comparison();
            Margins margins = Margins.together(comparison.best().margins());
            Calibration calibration = margins.calibration();
            double[] chances = margins.chances(calibration);
            double threshold = Ranking.of(chances, margins.positive()).bestThreshold();
            say(kind, comparison, fitted.count());
            trained.put(kind.toString(), fits.start(() -> {
                long start = System.nanoTime();
                fitBest(kind, comparison.best().parameters(), calibration, all);
                double seconds = (System.nanoTime() - start + fitted.time().toNanos()) / 1e9;
                return trained(comparison, threshold, seconds);
            }));
            OutOfFold.write(output, kind, folds, chances);
        });
        Map<String, Trained> finished = new LinkedHashMap<>();
        trained.forEach((name, last) -> finished.put(name, Fits.result(last)));
        return finished;
    }

    private Fitting fitting(ModelKind kind, ModelParameters point) {
        return new Fitting(kind, point, prepared.featureNames(), arguments.classWeights(), arguments.seed());
    }

    private void fitBest(ModelKind kind, ModelParameters parameters, Calibration calibration, Dataset<Row> all) {
        Fitting fitting = fitting(kind, parameters);
        ClassCounts counts = prepared.rows().without(RowSplit.HELD_OUT);
        PipelineModel model = fitting.whole(vectors, fitting.fitVectors(all, counts), calibration);
        String place =
                output.below(TrainedModels.MODELS).below(kind.toString()).path().toString();
        try {
            model.save(place);
        } catch (IOException failed) {
            throw new UncheckedIOException("saving the model to " + place + " failed", failed);
        }
    }

    private static Trained trained(Comparison comparison, double threshold, double seconds) {
        List<GridPoint> grid = comparison.points().stream()
                .map(point -> new GridPoint(point.parameters().asJson(), point.figures(), point.mean()))
                .toList();
        Comparison.Point best = comparison.best();
        return new Trained(
                best.parameters().asJson(),
                best.mean(),
                best.deviation(),
                threshold,
                grid,
                Math.round(seconds * 10) / 10.0);
    }

    private void say(ModelKind kind, Comparison comparison, int count) {
        Comparison.Point best = comparison.best();
        String parameters = best.parameters().values().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().replace("\"", ""))
                .collect(Collectors.joining(", "));
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %s %.3f ± %.3f%s, %d fits of %d folds",
                kind,
                arguments.metric().title(),
                best.mean(),
                best.deviation(),
                parameters.isEmpty() ? "" : " (" + parameters + ")",
                count,
                arguments.folds()));
        System.out.flush();
    }
}
