package org.emrelay.jobs.classification.train;

import java.util.Comparator;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.classification.inmemory.InMemoryFits;
import org.emrelay.jobs.classification.models.StaticAllocationCheck;
import org.emrelay.jobs.classification.models.TrainingCard;
import org.emrelay.jobs.classification.models.TrainingCard.TrainedModel;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.TextFile;

/** Trains binary classifiers, compares them by cross-validation and saves the best model of each kind. */
public final class TrainClassifiers implements Job {
    private final SparkSession session;
    private final TrainClassifiersArguments arguments;

    private TrainClassifiers(SparkSession session, TrainClassifiersArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(TrainClassifiers::create, arguments);
    }

    private static TrainClassifiers create(String[] arguments) {
        TrainClassifiersArguments parsed = TrainClassifiersArguments.parse(arguments);
        // A new session, because PreparedTable adapts spark.sql.shuffle.partitions to the table's size.
        return new TrainClassifiers(JobSession.getOrCreate().newSession(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        ParameterGrids parsed = checkedGrids();
        PreparedTable prepared = PreparedTable.of(session, arguments);
        print(prepared.summary(arguments.label()));
        SplitRows rows = prepared.rows();
        rows.write(output);
        try (FitExecutor executor = new FitExecutor(parallelism(prepared))) {
            Map<String, TrainedModel> trained = new ModelSelection(prepared, arguments, executor, output).train(parsed);
            String best = best(trained);
            output.writeText(TrainingCard.FILE, card(prepared, best, trained).json());
            print("Best model by cross-validation: " + best + ".");
        } finally {
            rows.unpersist();
        }
    }

    @Override
    public void check() {
        checkedGrids();
        Job.ifExists(session, arguments.table(), table -> PreparedTable.check(session, arguments));
    }

    private ParameterGrids checkedGrids() {
        String grids = arguments.grids().strip();
        ParameterGrids parsed =
                ParameterGrids.parse(grids.startsWith("{") ? grids : TextFile.read(session, "--grids", grids));
        StaticAllocationCheck.require(session.sparkContext().getConf(), "--models", arguments.models());
        return parsed;
    }

    /** The model with the highest mean score; of several, the first requested. */
    private static String best(Map<String, TrainedModel> trained) {
        return trained.entrySet().stream()
                .min(Comparator.comparingDouble(entry -> -entry.getValue().mean()))
                .orElseThrow()
                .getKey();
    }

    private TrainingCard card(PreparedTable prepared, String best, Map<String, TrainedModel> trained) {
        return new TrainingCard(
                arguments.id(),
                arguments.label(),
                prepared.table().positiveValue(),
                prepared.features(),
                arguments.seed(),
                arguments.metric().toString(),
                arguments.folds(),
                arguments.classWeights(),
                prepared.rows().trainingSize(),
                prepared.rows().heldOutSize(),
                best,
                trained);
    }

    /** Enough fits to use all cores: a fit uses one core in memory, else as many as the table has partitions. */
    private int parallelism(PreparedTable prepared) {
        long rows = prepared.rows().trainingSize().rows();
        int coresPerFit = InMemoryFits.holds(rows, prepared.vectorSize()) ? 1 : StratifiedSplit.partitions(rows);
        return arguments.requestedParallelism() > 0
                ? arguments.requestedParallelism()
                : Math.max(1, Math.min(16, session.sparkContext().defaultParallelism() / coresPerFit));
    }

    private static void print(String message) {
        System.out.println(message);
        System.out.flush();
    }
}
