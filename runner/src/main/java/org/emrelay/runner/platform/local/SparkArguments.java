package org.emrelay.runner.platform.local;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.AttemptRequest;

/** The spark-submit arguments of a local step. */
final class SparkArguments {

    private SparkArguments() {}

    static List<String> of(AttemptRequest request, ResourceAllocation allocation, AttemptFolder folder) {
        SparkSubmit sparkSubmit = request.sparkSubmit();
        List<String> arguments = new ArrayList<>();
        arguments.add("--master");
        arguments.add("local[" + allocation.cores() + "]");
        if (sparkSubmit.mainClass() != null) {
            arguments.add("--class");
            arguments.add(sparkSubmit.mainClass());
        }
        SparkConf.of(request, allocation, folder).values().forEach((key, value) -> {
            arguments.add("--conf");
            arguments.add(key + "=" + value);
        });
        addAll(arguments, sparkSubmit.dependencyOptions(), request);
        addAll(arguments, List.of(sparkSubmit.program()), request);
        addAll(arguments, sparkSubmit.arguments(), request);
        return arguments;
    }

    private static void addAll(List<String> resolved, List<Argument> arguments, AttemptRequest request) {
        arguments.forEach(argument -> resolved.add(argument.resolve(request.uris())));
    }
}
