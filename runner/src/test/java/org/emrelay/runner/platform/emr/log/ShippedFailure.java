package org.emrelay.runner.platform.emr.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.APPLICATION;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.STEP;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.URI;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.platform.Diagnosis;

/**
 * The logs of a step that ran on YARN, under short names: {@code client.stderr} is the step's own log, {@code driver.stdout} the driver's,
 * and {@code executor-2.stderr} that of the application's second container.
 */
record ShippedFailure(Map<String, String> logs) {
    private static final Pattern SECTION = Pattern.compile("(?m)^== (\\S+)\n");
    private static final Pattern APPLICATION_ID = Pattern.compile("application_\\d+_\\d+");

    /** Reads one file per log. */
    static ShippedFailure read(Path folder) throws IOException {
        Map<String, String> logs = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                logs.put(file.getFileName().toString(), new String(Files.readAllBytes(file), UTF_8));
            }
        }
        return new ShippedFailure(logs);
    }

    /** Parses one text with the logs below their names: {@code == driver.stderr}. */
    static ShippedFailure parse(String text) {
        Map<String, String> logs = new LinkedHashMap<>();
        List<String> parts = List.of(SECTION.split(text));
        Matcher section = SECTION.matcher(text);
        for (int part = 1; section.find(); part++) {
            logs.put(section.group(1), parts.get(part));
        }
        return new ShippedFailure(logs);
    }

    /** Ships the logs as EMR does and describes the diagnosis, with the short names of the logs. */
    String diagnose() {
        Matcher named = APPLICATION_ID.matcher(logs.getOrDefault("client.stderr", ""));
        String application = named.find() ? named.group() : APPLICATION;
        try (StepLogsFixture fixture = new StepLogsFixture()) {
            Map<String, String> names = new LinkedHashMap<>();
            logs.forEach((name, text) -> {
                String key = folder(name, application) + name.substring(name.indexOf('.') + 1) + ".gz";
                names.put(URI + key, name);
                fixture.ship(key, text);
            });
            fixture.stepFailed();
            // Without a cause there is only what the program printed last.
            return fixture.diagnose(Duration.ZERO)
                    .filter(diagnosis -> !diagnosis.cause().isEmpty())
                    .map(diagnosis -> describe(diagnosis, names))
                    .orElse("none\n");
        }
    }

    private static String folder(String name, String application) {
        String process = name.substring(0, name.indexOf('.'));
        if (process.equals("client")) {
            return STEP;
        }
        int container = process.equals("driver") ? 1 : Integer.parseInt(process.substring("executor-".length()));
        return "containers/%s/%s_01_%06d/"
                .formatted(application, application.replace("application", "container"), container);
    }

    private static String describe(Diagnosis diagnosis, Map<String, String> names) {
        String location = diagnosis.location();
        for (Map.Entry<String, String> name : names.entrySet()) {
            location = location.replace(name.getKey(), name.getValue());
        }
        String hint = diagnosis.hint().isEmpty() ? "" : "hint: " + diagnosis.hint() + "\n";
        return diagnosis.cause() + "\nat " + location + "\n" + hint;
    }
}
