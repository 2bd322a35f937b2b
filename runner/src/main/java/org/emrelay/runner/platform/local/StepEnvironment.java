package org.emrelay.runner.platform.local;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.platform.AttemptRequest;

/** The environment variables of a step's process: those of the runner, overridden by those of the step. */
final class StepEnvironment {
    private static final String DRIVER_PREFIX = "spark.yarn.appMasterEnv.";
    private static final String EXECUTOR_PREFIX = "spark.executorEnv.";

    private StepEnvironment() {}

    static Map<String, String> of(AttemptRequest request, Map<String, String> runnerEnvironment) {
        Map<String, String> environment = new TreeMap<>(runnerEnvironment);
        environment.putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
        useUtf8ForFileNames(environment);
        // Driver and executors are one process here; the driver's variables take precedence.
        putPrefixed(environment, request, EXECUTOR_PREFIX);
        putPrefixed(environment, request, DRIVER_PREFIX);
        request.sparkSubmit()
                .settings()
                .env()
                .forEach((name, value) -> environment.put(name, value.resolve(request.uris())));
        return environment;
    }

    private static void putPrefixed(Map<String, String> environment, AttemptRequest request, String prefix) {
        for (Map.Entry<String, Argument> entry :
                request.sparkSubmit().settings().conf().entrySet()) {
            if (entry.getKey().startsWith(prefix) && entry.getKey().length() > prefix.length()) {
                environment.put(
                        entry.getKey().substring(prefix.length()),
                        entry.getValue().resolve(request.uris()));
            }
        }
    }

    /** Java 17 takes the encoding of file names from the locale; the POSIX locale supports ASCII only. */
    private static void useUtf8ForFileNames(Map<String, String> environment) {
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
