package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.emrelay.runner.platform.AttemptRequest;

/** The JVM command line of a step's process. The step's own command is sent to the process later. */
record StepJvmCommand(List<String> commandLine, Map<String, String> environment) {
    static final String MAIN_CLASS = "org.emrelay.stepprocess.StepProcess";

    StepJvmCommand {
        commandLine = List.copyOf(commandLine);
        environment = Map.copyOf(environment);
    }

    static StepJvmCommand of(
            AttemptRequest request,
            ResourceAllocation allocation,
            AttemptFolder folder,
            JitProfile jitProfile,
            SparkRuntime runtime,
            Optional<Path> archive,
            Map<String, String> environment) {
        SparkConf conf = SparkConf.of(request, allocation, folder);
        List<String> userFlags = new ArrayList<>();
        conf.get("spark.driver.defaultJavaOptions").map(JavaOptions::split).ifPresent(userFlags::addAll);
        conf.get("spark.driver.extraJavaOptions").map(JavaOptions::split).ifPresent(userFlags::addAll);
        Optional<String> extraClassPath =
                conf.get("spark.driver.extraClassPath").filter(path -> !path.isBlank());
        List<String> commandLine = new ArrayList<>();
        commandLine.add(runtime.java().toString());
        // The JVM accepts an AppCDS archive only if the class path starts with the one it was created with.
        commandLine.addAll(JvmFlags.forStep(
                allocation, folder, jitProfile, extraClassPath.isPresent() ? Optional.empty() : archive, userFlags));
        commandLine.add("-cp");
        commandLine.add(extraClassPath.map(path -> path + ":").orElse("") + runtime.classPath());
        commandLine.add(MAIN_CLASS);
        return new StepJvmCommand(commandLine, new TreeMap<>(environment));
    }
}
