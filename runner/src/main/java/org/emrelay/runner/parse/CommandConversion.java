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

    private static final String CONNECT =
            "To connect the step to others, declare inputs, and replace their locations in"
                    + " args with ${inputs.NAME} and ${output}.";

    private CommandConversion() {}

    /**
     * Converts a command, given word by word.
     *
     * @throws IllegalArgumentException with a sentence, if it does not run spark-submit
     */
    public static ConvertedStep convert(List<String> command) {
        int addSteps = command.indexOf("add-steps");
        ConvertedStep step =
                addSteps < 0 ? convertWords(command) : added(command.subList(addSteps + 1, command.size()));
        List<String> notices = new ArrayList<>(step.notices());
        notices.add(CONNECT);
        return new ConvertedStep(step.keys(), notices);
    }

    /**
     * Converts a command whose arguments the caller connects to other steps.
     *
     * @throws IllegalArgumentException with a sentence, if it does not run spark-submit
     */
    public static ConvertedStep convertWords(List<String> command) {
        int program = program(command);
        if (!runsSpark(command)) {
            throw new IllegalArgumentException("This command does not run spark-submit"
                    + (program == command.size()
                            ? "."
                            : ": it runs '" + Problems.abbreviate(command.get(program)) + "'.")
                    + " Pass its words after --: convert -- spark-submit --class org.example.Job job.jar");
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (String word : command.subList(0, program)) {
            Matcher assignment = ASSIGNMENT.matcher(word);
            if (assignment.matches()) {
                variables.put(assignment.group(1), assignment.group(2));
            }
        }
        return new SubmitConversion(variables).convert(command.subList(program + 1, command.size()));
    }

    /** Whether a command runs spark-submit. */
    public static boolean runsSpark(List<String> command) {
        int program = program(command);
        return program < command.size() && command.get(program).matches("(.*/)?spark-submit(\\.sh|\\.cmd)?");
    }

    /** The index of the program, after the variables that are set for it and the commands that start it. */
    public static int program(List<String> command) {
        int program = 0;
        while (program < command.size()
                && (ASSIGNMENT.matcher(command.get(program)).matches()
                        || List.of("env", "exec", "nohup", "sudo").contains(command.get(program))
                        || command.get(program).endsWith("command-runner.jar"))) {
            program++;
        }
        return program;
    }

    /** The name of a step, from any text. */
    public static String stepName(String text) {
        return SubmitConversion.stepName(text);
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
        return named(convertWords(words), keys);
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
