package org.emrelay.jobs.classification.train;

import java.util.Comparator;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.TextFile;
import org.emrelay.jobs.classification.models.FixedExecutors;
import org.emrelay.jobs.classification.models.TrainingCard;
import org.emrelay.jobs.classification.models.TrainingCard.Trained;

/** Trains models that tell two classes of rows apart, compares them by cross-validation, and saves the best of each kind. */
public final class TrainClassifiers {
    private final SparkSession session;
    private final TrainClassifiersArguments arguments;

    private TrainClassifiers(SparkSession session, TrainClassifiersArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        create(arguments).run();
    }

    private static TrainClassifiers create(String[] arguments) {
        TrainClassifiersArguments parsed = TrainClassifiersArguments.parse(arguments);
        // One of our own: its settings are for tables of this size.
        return new TrainClassifiers(SparkSession.builder().getOrCreate().newSession(), parsed);
    }

    private void run() {
        OutputDirectory output = OutputDirectory.empty(session, "--output", arguments.output());
        String given = arguments.grids().strip();
        Grids grids = Grids.parse(given.startsWith("{") ? given : TextFile.read(session, "--grids", given));
        FixedExecutors.require(session.sparkContext().getConf(), "--models", arguments.models());
        PreparedTable prepared = PreparedTable.of(session, arguments);
        say(prepared.described(arguments.label()));
        SplitRows rows = prepared.rows();
        rows.write(output);
        try (Fits fits = new Fits(parallelism(rows))) {
            Map<String, Trained> trained = new ModelTraining(prepared, arguments, fits, output).train(grids);
            String best = best(trained);
            output.writeText(TrainingCard.FILE, card(prepared, best, trained).json());
            say("The best by cross-validation is " + best + ".");
        } finally {
            rows.forget();
        }
    }

    /** The first of the best, in the order asked for. */
    private static String best(Map<String, Trained> trained) {
        return trained.entrySet().stream()
                .min(Comparator.comparingDouble(entry -> -entry.getValue().mean()))
                .orElseThrow()
                .getKey();
    }

    private TrainingCard card(PreparedTable prepared, String best, Map<String, Trained> trained) {
        return new TrainingCard(
                arguments.id(),
                arguments.label(),
                prepared.table().positive(),
                prepared.features(),
                arguments.seed(),
                arguments.metric().toString(),
                arguments.folds(),
                arguments.classWeights(),
                prepared.rows().trainingSide(),
                prepared.rows().heldOutSide(),
                best,
                trained);
    }

    /** As many as the cores can work on at once, where each fit keeps as many busy as the table has parts. */
    private int parallelism(SplitRows rows) {
        int parts = RowSplit.partitions(rows.trainingSide().rows());
        return arguments.givenParallelism() > 0
                ? arguments.givenParallelism()
                : Math.max(1, Math.min(16, session.sparkContext().defaultParallelism() / parts));
    }

    private static void say(String sentence) {
        System.out.println(sentence);
        System.out.flush();
    }
}
