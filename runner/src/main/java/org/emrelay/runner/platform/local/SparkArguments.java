package org.emrelay.runner.platform.local;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.AttemptRequest;

/** What follows {@code spark-submit} for a step on this machine. */
final class SparkArguments {

    private SparkArguments() {}

    static List<String> of(AttemptRequest launch, ResourceAllocation allotment, AttemptFolder folder) {
        SparkSubmit submission = launch.submission();
        List<String> arguments = new ArrayList<>();
        arguments.add("--master");
        arguments.add("local[" + allotment.cores() + "]");
        if (submission.mainClass() != null) {
            arguments.add("--class");
            arguments.add(submission.mainClass());
        }
        SparkConf.of(launch, allotment, folder).values().forEach((key, value) -> {
            arguments.add("--conf");
            arguments.add(key + "=" + value);
        });
        addAll(arguments, submission.resources(), launch);
        addAll(arguments, List.of(submission.program()), launch);
        addAll(arguments, submission.arguments(), launch);
        return arguments;
    }

    private static void addAll(List<String> arguments, List<Argument> words, AttemptRequest launch) {
        words.forEach(word -> arguments.add(word.text(launch.places())));
    }
}
