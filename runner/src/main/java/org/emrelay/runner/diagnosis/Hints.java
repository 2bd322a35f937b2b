package org.emrelay.runner.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Suggests fixes for common failures, in terms of the keys of steps.json. */
final class Hints {
    private static final Pattern HEAP = Pattern.compile("OutOfMemoryError: (?:Java heap space|GC overhead)");
    private static final String TASK_HEAP =
            "Raise the step's executor_memory (locally: driver_memory), or lower executor_cores to let fewer tasks"
                    + " share the heap.";
    private static final String DRIVER_HEAP =
            "Raise the step's driver_memory, or write the result instead of collecting it.";

    /** The hints of {@code hints.txt} by the messages they apply to, in the order of the file. */
    private static final Map<Pattern, String> HINTS = read();

    private Hints() {}

    /**
     * @param message may be followed by a line with a stack frame
     * @param lastUri the last S3 URI in the log before the error; empty for none
     */
    static String of(String message, boolean inTask, String lastUri) {
        if (HEAP.matcher(message).find()) {
            return inTask ? TASK_HEAP : DRIVER_HEAP;
        }
        return AccessDeniedHint.of(message, lastUri).orElseGet(() -> lookUp(message));
    }

    private static String lookUp(String message) {
        return HINTS.entrySet().stream()
                .filter(hint -> hint.getKey().matcher(message).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static Map<Pattern, String> read() {
        Map<Pattern, String> hints = new LinkedHashMap<>();
        try (InputStream file = requireNonNull(Hints.class.getResourceAsStream("hints.txt"))) {
            String pattern = "";
            for (String line : new String(file.readAllBytes(), UTF_8).lines().toList()) {
                if (line.startsWith(" ")) {
                    hints.put(Pattern.compile(pattern), line.strip());
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    pattern = line;
                }
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return hints;
    }
}
