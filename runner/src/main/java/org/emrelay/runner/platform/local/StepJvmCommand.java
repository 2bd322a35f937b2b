package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.emrelay.runner.platform.AttemptRequest;

/** How the process of one attempt is started; what it then runs is sent to it. */
record StepJvmCommand(List<String> words, Map<String, String> environment) {
    static final String MAIN_CLASS = "org.emrelay.stepprocess.StepProcess";

    StepJvmCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    static StepJvmCommand of(
            AttemptRequest launch,
            ResourceAllocation allotment,
            AttemptFolder folder,
            JitProfile pace,
            SparkRuntime runtime,
            Optional<Path> archive,
            Map<String, String> environment) {
        SparkConf conf = SparkConf.of(launch, allotment, folder);
        List<String> users = new ArrayList<>();
        conf.get("spark.driver.defaultJavaOptions").map(JavaOptions::split).ifPresent(users::addAll);
        conf.get("spark.driver.extraJavaOptions").map(JavaOptions::split).ifPresent(users::addAll);
        Optional<String> classPathAhead =
                conf.get("spark.driver.extraClassPath").filter(path -> !path.isBlank());
        List<String> words = new ArrayList<>();
        words.add(runtime.java().toString());
        // An archive holds for the very class path that it was made with, and for what begins with that.
        words.addAll(JvmFlags.ofStep(
                allotment, folder, pace, classPathAhead.isPresent() ? Optional.empty() : archive, users));
        words.add("-cp");
        words.add(classPathAhead.map(path -> path + ":").orElse("") + runtime.classPath());
        words.add(MAIN_CLASS);
        return new StepJvmCommand(words, new TreeMap<>(environment));
    }
}
