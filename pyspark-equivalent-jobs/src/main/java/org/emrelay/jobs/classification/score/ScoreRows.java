package org.emrelay.jobs.classification.score;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.tables.Flags;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.jspecify.annotations.Nullable;

/** Scores a feature table of any domain. */
public final class ScoreRows implements Job {
    private final SparkSession session;
    private final Arguments arguments;

    private ScoreRows(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(ScoreRows::create, arguments);
    }

    private static ScoreRows create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new ScoreRows(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        TrainedModels trained = TrainedModels.load(session, "--training", arguments.training());
        String id = arguments.id().orElse(trained.card().id());
        InputTable table = table(id);
        System.out.println(Scores.of(trained, arguments.model(), table, id).write(output, Map.of()));
        System.out.flush();
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.training(), training -> {
            TrainedModels trained = TrainedModels.load(session, "--training", training);
            arguments.model().ifPresent(trained::model);
            Job.ifExists(
                    session,
                    arguments.table(),
                    table -> table(arguments.id().orElse(trained.card().id())));
        });
    }

    private InputTable table(String id) {
        InputTable table = InputTable.readParquet(session, "--table", arguments.table());
        table.column("--id", id);
        return table;
    }

    record Arguments(
            String table,
            @Nullable String requestedId,
            String training,
            @Nullable String requestedModel,
            String output) {
        private static final List<String> KNOWN = List.of("--table", "--id", "--training", "--model", "--output");

        Arguments {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(training, "training");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.required("--table"),
                    flags.optional("--id").orElse(null),
                    flags.required("--training"),
                    flags.optional("--model").orElse(null),
                    flags.required("--output"));
        }

        Optional<String> id() {
            return Optional.ofNullable(requestedId);
        }

        Optional<String> model() {
            return Optional.ofNullable(requestedModel);
        }
    }
}
