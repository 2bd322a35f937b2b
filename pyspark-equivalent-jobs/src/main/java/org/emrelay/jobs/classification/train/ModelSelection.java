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
import org.emrelay.jobs.classification.models.ClassifierTrainer;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.ModelKind;
import org.emrelay.jobs.classification.models.PlattScaling;
import org.emrelay.jobs.classification.models.TableVectorizer;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.classification.models.TrainingCard.GridPoint;
import org.emrelay.jobs.classification.models.TrainingCard.TrainedModel;
import org.emrelay.jobs.classification.models.TrainingVectors;
import org.emrelay.jobs.learning.ModelParameters;
import org.emrelay.jobs.learning.Ranking;
import org.emrelay.tables.OutputDirectory;

/** Selects each model kind's parameters by cross-validation, then fits and saves the models. */
final class ModelSelection {
    private final PreparedTable prepared;
    private final TrainClassifiersArguments arguments;
    private final FitExecutor executor;
    private final OutputDirectory output;
    private final TableVectorizer vectorizer;

    ModelSelection(
            PreparedTable prepared, TrainClassifiersArguments arguments, FitExecutor executor, OutputDirectory output) {
        this.prepared = prepared;
        this.arguments = arguments;
        this.executor = executor;
        this.output = output;
        vectorizer = TableVectorizer.of(prepared.fitted().columns());
    }

    /** Trains all models; returns them by name, in the requested order. */
    Map<String, TrainedModel> train(ParameterGrids grids) {
        Dataset<Row> vectors = vectorizer
                .transform(prepared.rows().training())
                .select(ModelColumns.LABEL, ModelColumns.FEATURES)
                .cache();
        List<FoldVectors> folds = IntStream.range(0, arguments.folds())
                .mapToObj(fold -> FoldVectors.of(prepared, fold, arguments.classWeights()))
                .toList();
        try (TrainingVectors all = TrainingVectors.of(
                vectors, prepared.rows().countsWithout(StratifiedSplit.HELD_OUT), arguments.classWeights())) {
            return train(grids, all, folds);
        } finally {
            folds.forEach(FoldVectors::close);
            vectors.unpersist();
        }
    }

    private Map<String, TrainedModel> train(
            ParameterGrids grids, TrainingVectors trainingVectors, List<FoldVectors> folds) {
        CrossValidation validation = new CrossValidation(folds, arguments.metric(), executor);
        Map<ModelKind, CrossValidation.PendingSearch> pending = new LinkedHashMap<>();
        for (ModelKind kind : arguments.models()) {
            List<ClassifierTrainer> candidates = grids.candidatesFor(kind).stream()
                    .map(candidate -> trainer(kind, candidate))
                    .toList();
            pending.put(kind, validation.submit(candidates));
        }
        Map<String, Future<TrainedModel>> finalFits = new LinkedHashMap<>();
        pending.forEach((kind, search) -> {
            GridSearchResult result = search.await();
            Margins margins = Margins.concat(result.best().margins());
            PlattScaling scaling = margins.fitCalibration();
            double[] probabilities = margins.probabilities(scaling);
            double threshold = Ranking.of(probabilities, margins.positive()).bestF1Threshold();
            report(kind, result, search.fitCount());
            finalFits.put(kind.toString(), executor.submit(() -> {
                long start = System.nanoTime();
                fitBest(kind, result.best().parameters(), scaling, trainingVectors);
                double seconds = (System.nanoTime() - start + search.fitTime().toNanos()) / 1e9;
                return trained(result, threshold, seconds);
            }));
            OutOfFoldPredictions.write(output, kind, folds, probabilities);
        });
        Map<String, TrainedModel> trained = new LinkedHashMap<>();
        finalFits.forEach((name, fit) -> trained.put(name, FitExecutor.await(fit)));
        return trained;
    }

    private ClassifierTrainer trainer(ModelKind kind, ModelParameters parameters) {
        return new ClassifierTrainer(
                kind, parameters, prepared.featureNames(), arguments.classWeights(), arguments.seed());
    }

    private void fitBest(
            ModelKind kind, ModelParameters parameters, PlattScaling scaling, TrainingVectors trainingVectors) {
        ClassifierTrainer trainer = trainer(kind, parameters);
        PipelineModel model = trainer.assemble(vectorizer, trainer.fitVectors(trainingVectors), scaling);
        String path = output.subdirectory(TrainedModels.MODELS)
                .subdirectory(kind.toString())
                .path()
                .toString();
        try {
            model.save(path);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot save the model to " + path, failed);
        }
    }

    private static TrainedModel trained(GridSearchResult result, double threshold, double seconds) {
        List<GridPoint> grid = result.candidates().stream()
                .map(candidate -> new GridPoint(candidate.parameters().toJson(), candidate.scores(), candidate.mean()))
                .toList();
        GridSearchResult.Candidate best = result.best();
        return new TrainedModel(
                best.parameters().toJson(),
                best.mean(),
                best.standardDeviation(),
                threshold,
                grid,
                Math.round(seconds * 10) / 10.0);
    }

    private void report(ModelKind kind, GridSearchResult result, int fitCount) {
        GridSearchResult.Candidate best = result.best();
        String parameters = best.parameters().values().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().replace("\"", ""))
                .collect(Collectors.joining(", "));
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %s %.3f ± %.3f%s, %d fits over %d folds",
                kind,
                arguments.metric().title(),
                best.mean(),
                best.standardDeviation(),
                parameters.isEmpty() ? "" : " (" + parameters + ")",
                fitCount,
                arguments.folds()));
        System.out.flush();
    }
}
