package org.emrelay.jobs.churn.score;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.churn.clean.CleanedLog;
import org.emrelay.jobs.churn.clean.EventLog;
import org.emrelay.jobs.churn.features.FeatureSettings;
import org.emrelay.jobs.churn.features.ScorableUsers;
import org.emrelay.jobs.churn.features.UserFeatures;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.classification.score.Scores;
import org.emrelay.tables.Flags;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.TextFile;
import org.jspecify.annotations.Nullable;

/** Scores the users of a log at its end: churn probabilities and their main reasons. */
public final class ScoreUsers implements Job {
    private final SparkSession session;
    private final Arguments arguments;

    private ScoreUsers(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(ScoreUsers::create, arguments);
    }

    private static ScoreUsers create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new ScoreUsers(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        FeatureSettings trainingSettings = trainingSettings();
        TrainedModels models = models();
        CleanedLog log = EventLog.readOrClean(session, "--events", arguments.events());
        ScorableUsers users =
                ScorableUsers.of("--events", new InputTable(log.events(), arguments.events()), trainingSettings);
        InputTable features = new InputTable(users.features(), arguments.events());
        Map<String, Object> report = users.report();
        if (!log.dropped().isEmpty()) {
            report.put("dropped", log.dropped());
        }
        String summary = Scores.of(models, arguments.model(), features, UserFeatures.USER)
                .write(output, report);
        System.out.println(summary + users.notices());
        System.out.flush();
    }

    private FeatureSettings trainingSettings() {
        String settingsJson = TextFile.read(session, "--settings", arguments.settings() + "/" + FeatureSettings.FILE);
        return FeatureSettings.parse("--settings", arguments.settings(), settingsJson);
    }

    private TrainedModels models() {
        return TrainedModels.load(session, "--training", arguments.training());
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.settings(), settings -> trainingSettings());
        Job.ifExists(session, arguments.training(), training -> models());
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
