package org.emrelay.runner.platform.local;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.platform.AttemptRequest;

/** The environment of a step's process: the runner's own, and over it what the step asks for. */
final class StepEnvironment {
    private static final String DRIVER = "spark.yarn.appMasterEnv.";
    private static final String EXECUTORS = "spark.executorEnv.";

    private StepEnvironment() {}

    static Map<String, String> of(AttemptRequest launch, Map<String, String> runners) {
        Map<String, String> environment = new TreeMap<>(runners);
        environment.putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
        readFileNamesAsUtf8(environment);
        // On a cluster these two go to driver and executors, which are one process here: the driver's wins.
        putPrefixed(environment, launch, EXECUTORS);
        putPrefixed(environment, launch, DRIVER);
        launch.submission().env().forEach((name, value) -> environment.put(name, value.text(launch.places())));
        return environment;
    }

    private static void putPrefixed(Map<String, String> environment, AttemptRequest launch, String prefix) {
        for (Map.Entry<String, Argument> entry : launch.submission().conf().entrySet()) {
            if (entry.getKey().startsWith(prefix) && entry.getKey().length() > prefix.length()) {
                environment.put(
                        entry.getKey().substring(prefix.length()),
                        entry.getValue().text(launch.places()));
            }
        }
    }

    /** Java 17 takes the encoding of file names from the locale, and that of a bare login knows ASCII only. */
    private static void readFileNamesAsUtf8(Map<String, String> environment) {
        String name = "LC_ALL";
        if (environment.getOrDefault(name, "").isEmpty()) {
            name = environment.getOrDefault("LC_CTYPE", "").isEmpty() ? "LANG" : "LC_CTYPE";
        }
        String encoding =
                environment.getOrDefault(name, "").toLowerCase(Locale.ROOT).replace("-", "");
        if (!encoding.contains("utf8")) {
            environment.put(name.equals("LC_ALL") ? "LC_ALL" : "LC_CTYPE", "C.UTF-8");
        }
    }
}
