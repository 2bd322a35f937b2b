package org.emrelay.runner.platform.emr.steps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.plan.Submission;
import org.emrelay.runner.plan.Word;
import org.emrelay.runner.platform.Launch;
import org.emrelay.runner.platform.Launch.AfterFailure;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** What EMR is told of one attempt: the words that the plan shows, and what lets its application be found and ended again. */
final class StepDocument {
    static final String RUNS_COMMANDS = "command-runner.jar";
    private static final String ATTEMPTS = "spark.yarn.maxAppAttempts";
    private static final String TAGS = "spark.yarn.tags";

    private StepDocument() {}

    static StepConfig of(EmrName name, Launch launch, int concurrency) {
        return StepConfig.builder()
                .name(name.text())
                .actionOnFailure(action(launch.afterFailure(), concurrency))
                .hadoopJarStep(jar -> jar.jar(RUNS_COMMANDS).args(words(name, launch)))
                .build();
    }

    /**
     * For a cluster that is to end with its steps: EMR promises no end of one that CANCEL_AND_WAIT has sent to wait.
     */
    static Map<String, Object> jsonForEndingCluster(EmrName name, Launch launch) {
        boolean goesOn = launch.afterFailure() == AfterFailure.NEXT_STARTS;
        Map<String, Object> jar = new LinkedHashMap<>();
        jar.put("Jar", RUNS_COMMANDS);
        jar.put("Args", words(name, launch));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Name", name.text());
        json.put("ActionOnFailure", (goesOn ? ActionOnFailure.CONTINUE : ActionOnFailure.TERMINATE_CLUSTER).toString());
        json.put("HadoopJarStep", jar);
        return json;
    }

    private static List<String> words(EmrName name, Launch launch) {
        return submission(name, launch.submission()).command().stream()
                .map(word -> word.text(launch.places()))
                .toList();
    }

    /** Where steps run side by side, EMR refuses every other action. */
    private static ActionOnFailure action(AfterFailure afterFailure, int concurrency) {
        if (concurrency > 1) {
            return ActionOnFailure.CONTINUE;
        }
        return switch (afterFailure) {
            case NEXT_STARTS -> ActionOnFailure.CONTINUE;
            case REST_IS_WITHDRAWN -> ActionOnFailure.CANCEL_AND_WAIT;
            case CLUSTER_ENDS -> ActionOnFailure.TERMINATE_CLUSTER;
        };
    }

    private static Submission submission(EmrName name, Submission submission) {
        return isOriginal(submission) ? submission : withConf(submission, conf(name, submission));
    }

    /** Nobody else has the bucket's bare name among the arguments. The original's steps are sent as it sent them, to the word. */
    private static boolean isOriginal(Submission submission) {
        return submission.arguments().stream()
                .flatMap(word -> word.pieces().stream())
                .anyMatch(Word.WorkspaceName.class::isInstance);
    }

    private static Map<String, Word> conf(EmrName name, Submission submission) {
        Map<String, Word> conf = new LinkedHashMap<>(submission.conf());
        if (submission.deployMode() == DeployMode.CLUSTER) {
            // YARN runs a driver that failed once more, beside whatever comes next.
            conf.putIfAbsent(ATTEMPTS, Word.literal("1"));
        }
        Word tag = Word.literal(YarnTag.of(name));
        conf.merge(TAGS, tag, (theirs, ours) -> Word.joined(",", List.of(theirs, ours)));
        return conf;
    }

    private static Submission withConf(Submission submission, Map<String, Word> conf) {
        return new Submission(
                submission.program(),
                submission.mainClass(),
                submission.sizes(),
                submission.deployMode(),
                conf,
                submission.packages(),
                submission.jars(),
                submission.pyFiles(),
                submission.files(),
                submission.archives(),
                submission.env(),
                submission.arguments());
    }
}
