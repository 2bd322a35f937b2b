package org.sparkpipelines.jobs.churn.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkpipelines.jobs.Flags;
import org.sparkpipelines.jobs.InputTable;
import org.sparkpipelines.jobs.OutputDirectory;
import org.sparkpipelines.jobs.TextFile;
import org.sparkpipelines.jobs.churn.clean.EventLog;
import org.sparkpipelines.jobs.churn.features.Cutoff;
import org.sparkpipelines.jobs.churn.features.FeatureSettings;
import org.sparkpipelines.jobs.churn.features.UserFeatures;
import org.sparkpipelines.jobs.classification.models.TrainedModels;
import org.sparkpipelines.jobs.classification.score.Scores;

/** Says of the users of a log, as of its end, how likely each of them cancels soon, and what speaks for it. */
public final class ScoreUsers {
    private final SparkSession session;
    private final Arguments arguments;

    private ScoreUsers(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        create(arguments).run();
    }

    private static ScoreUsers create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new ScoreUsers(SparkSession.builder().getOrCreate(), parsed);
    }

    private void run() {
        OutputDirectory output = OutputDirectory.empty(session, "--output", arguments.output());
        String text = TextFile.read(session, "--settings", arguments.settings() + "/" + FeatureSettings.FILE);
        FeatureSettings trainedWith = FeatureSettings.parse("--settings", arguments.settings(), text);
        TrainedModels trained = TrainedModels.load(session, "--training", arguments.training());
        Dataset<Row> events = EventLog.readOrClean(session, "--events", arguments.events());
        // So many days after the registration is a moment that every user has; a date is that of the log learnt from.
        boolean isDated = trainedWith.cutoff() instanceof Cutoff.At;
        FeatureSettings settings = isDated ? UserFeatures.atEnd(events, trainedWith) : trainedWith;
        InputTable users = new InputTable(UserFeatures.unlabelled(events, settings), arguments.events());
        Scores.of(trained, arguments.model(), users, UserFeatures.USER).write(output, asOf(settings));
    }

    private static Map<String, Object> asOf(FeatureSettings settings) {
        Map<String, Object> said = new LinkedHashMap<>();
        if (settings.cutoff() instanceof Cutoff.At at) {
            said.put("as_of", at.moment().toString());
        } else if (settings.cutoff() instanceof Cutoff.AfterRegistration after) {
            said.put("days_after_registration", after.days());
        }
        said.put("window_days", settings.windowDays());
        return said;
    }

    record Arguments(
            String events,
            String settings,
            String training,
            @Nullable String givenModel,
            String output) {
        private static final List<String> KNOWN =
                List.of("--events", "--settings", "--training", "--model", "--output");

        Arguments {
            Objects.requireNonNull(events, "events");
            Objects.requireNonNull(settings, "settings");
            Objects.requireNonNull(training, "training");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.required("--events"),
                    flags.required("--settings"),
                    flags.required("--training"),
                    flags.optional("--model").orElse(null),
                    flags.required("--output"));
        }

        Optional<String> model() {
            return Optional.ofNullable(givenModel);
        }
    }
}
