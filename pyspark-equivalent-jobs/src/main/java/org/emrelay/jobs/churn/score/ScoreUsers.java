package org.emrelay.jobs.churn.score;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.Flags;
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.TextFile;
import org.emrelay.jobs.churn.clean.EventLog;
import org.emrelay.jobs.churn.clean.OpenedLog;
import org.emrelay.jobs.churn.features.CurrentUsers;
import org.emrelay.jobs.churn.features.FeatureSettings;
import org.emrelay.jobs.churn.features.UserFeatures;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.classification.score.Scores;
import org.jspecify.annotations.Nullable;

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
        OpenedLog log = EventLog.readOrClean(session, "--events", arguments.events());
        CurrentUsers users = CurrentUsers.of("--events", new InputTable(log.events(), arguments.events()), trainedWith);
        InputTable features = new InputTable(users.features(), arguments.events());
        Map<String, Object> report = users.report();
        if (!log.dropped().isEmpty()) {
            report.put("dropped", log.dropped());
        }
        String sentence = Scores.of(trained, arguments.model(), features, UserFeatures.USER)
                .write(output, report);
        System.out.println(sentence + users.sentences());
        System.out.flush();
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
