package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts commands that start Spark to steps: spark-submit, an EMR step's arguments, {@code aws emr add-steps}. */
public final class CommandConversion {
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

    private static final Map<String, String> ON_FAILURE = Map.of(
            "CONTINUE", "continue",
            "CANCEL_AND_WAIT", "cancel",
            "TERMINATE_CLUSTER", "terminate_cluster",
            "TERMINATE_JOB_FLOW", "terminate_cluster");

    private CommandConversion() {}

    /**
     * Converts a command, given word by word.
     *
     * @throws IllegalArgumentException with a sentence, if it does not run spark-submit
     */
    public static ConvertedStep convert(List<String> command) {
        int addSteps = command.indexOf("add-steps");
        return addSteps < 0 ? submitted(command) : added(command.subList(addSteps + 1, command.size()));
    }

    /** A command in words, with the variables that are set before it. */
    private static ConvertedStep submitted(List<String> command) {
        List<String> words = new ArrayList<>(command);
        Map<String, String> variables = new LinkedHashMap<>();
        boolean isPrefix = true;
        while (isPrefix && !words.isEmpty()) {
            Matcher assignment = ASSIGNMENT.matcher(words.get(0));
            if (assignment.matches()) {
                variables.put(assignment.group(1), assignment.group(2));
            }
            isPrefix = assignment.matches()
                    || List.of("env", "exec", "nohup", "sudo").contains(words.get(0))
                    || words.get(0).endsWith("command-runner.jar");
            if (isPrefix) {
                words.remove(0);
            }
        }
        if (words.isEmpty() || !words.get(0).matches("(.*/)?spark-submit(\\.sh|\\.cmd)?")) {
            throw new IllegalArgumentException("This command does not run spark-submit"
                    + (words.isEmpty() ? "." : ": it runs '" + Problems.abbreviate(words.get(0)) + "'.")
                    + " Pass its words after --: convert -- spark-submit --class org.example.Job job.jar");
        }
        return new SubmitConversion(variables).convert(words.subList(1, words.size()));
    }

    /** The step that {@code --steps} adds. */
    private static ConvertedStep added(List<String> options) {
        int steps = options.indexOf("--steps");
        if (steps < 0 || steps + 1 == options.size()) {
            throw new IllegalArgumentException("aws emr add-steps needs a step after --steps.");
        } else if (steps + 2 < options.size() && !options.get(steps + 2).startsWith("--")) {
            throw AddedStepParser.severalSteps();
        }
        Map<String, List<String>> keys = AddedStepParser.parse(options.get(steps + 1));
        List<String> words = new ArrayList<>(keys.getOrDefault("args", List.of()));
        if (first(keys, "type").equalsIgnoreCase("spark")) {
            words.add(0, "spark-submit");
        }
        return named(submitted(words), keys);
    }

    private static String first(Map<String, List<String>> keys, String key) {
        return keys.getOrDefault(key, List.of()).stream().findFirst().orElse("");
    }

    private static ConvertedStep named(ConvertedStep step, Map<String, List<String>> keys) {
        Map<String, Object> named = new LinkedHashMap<>(step.keys());
        if (keys.containsKey("name")) {
            named.put("name", SubmitConversion.stepName(first(keys, "name")));
        }
        String onFailure = ON_FAILURE.get(first(keys, "actiononfailure"));
        if (onFailure != null) {
            named.put("on_failure", onFailure);
        }
        return new ConvertedStep(named, step.notices());
    }
}
