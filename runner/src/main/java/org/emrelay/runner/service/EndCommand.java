package org.emrelay.runner.service;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command that the user wants to be started at the end of a run, without a shell. */
record EndCommand(RunnerContext context, String command) {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Words, or text in quotation marks. */
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    /**
     * Starts the command and waits for its end.
     *
     * @param facts its additional environment variables
     * @return what went wrong; empty if nothing did
     */
    Optional<String> execute(Map<String, String> facts) {
        ProcessBuilder builder = new ProcessBuilder(words())
                .directory(context.currentDirectory().toFile())
                .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(context.environment());
        builder.environment().putAll(facts);
        try {
            return result(builder.start());
        } catch (IOException failure) {
            return Optional.of("--on-end: cannot start " + words().get(0) + ": " + failure.getMessage());
        }
    }

    private Optional<String> result(Process process) {
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                return Optional.of(
                        "--on-end: " + command + " was killed: it took longer than " + LONGEST.toSeconds() + " s.");
            }
            int code = process.exitValue();
            return code == 0
                    ? Optional.empty()
                    : Optional.of("--on-end: " + command + " failed with exit code " + code + ".");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("--on-end: " + command + " was interrupted.");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    List<String> words() {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group().replaceAll("^([\"'])(.*)\\1$", "$2"));
        }
        return words;
    }
}
