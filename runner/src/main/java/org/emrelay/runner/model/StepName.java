package org.emrelay.runner.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of a step, unique in its pipeline, such as {@code sums}. A step with a loop is one step for each value:
 * {@code sums[region=at]}.
 */
public record StepName(String value) implements Comparable<StepName> {
    /** The longest instance name: with run and attempt it must fit the 256 characters of an EMR step name. */
    public static final int MAX_LENGTH = 180;

    private static final String SIMPLE = "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}";
    private static final String LOOP_VALUE = "[A-Za-z_][A-Za-z0-9_]*=[A-Za-z0-9_.-]+";
    private static final Pattern VALID =
            Pattern.compile("(" + SIMPLE + ")(\\[(" + LOOP_VALUE + "(?:," + LOOP_VALUE + ")*)\\])?");

    public StepName {
        Objects.requireNonNull(value, "value");
        if (!isValid(value)) {
            throw new IllegalArgumentException("invalid step name: " + value);
        }
    }

    public static boolean isValid(String value) {
        return value.length() <= MAX_LENGTH && VALID.matcher(value).matches();
    }

    /** Whether the text is valid in a file, where a name has no loop values. */
    public static boolean isSimple(String value) {
        return value.matches(SIMPLE);
    }

    /**
     * The name of one instance of this step.
     *
     * @param values by loop key; for an instance they are added to its own
     */
    public StepName instance(Map<String, String> values) {
        if (values.isEmpty()) {
            return this;
        }
        String added = values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(","));
        return new StepName(base() + "[" + added + (isInstance() ? "," + loopValues() : "") + "]");
    }

    /** The name in the file, without loop values. */
    public String base() {
        return part(1);
    }

    public boolean isInstance() {
        return value.endsWith("]");
    }

    /** The value of a loop key; empty if the step has none. */
    public String loopValue(String key) {
        for (String value : loopValues().split(",", -1)) {
            if (value.startsWith(key + "=")) {
                return value.substring(key.length() + 1);
            }
        }
        return "";
    }

    private String loopValues() {
        return part(3);
    }

    private String part(int group) {
        Matcher matcher = VALID.matcher(value);
        return matcher.matches() ? Objects.requireNonNullElse(matcher.group(group), "") : value;
    }

    /** The name of the step's folders: {@code sums.region=at}. Spark takes brackets in a path for a pattern. */
    public String folder() {
        return isInstance() ? base() + "." + loopValues().replace(',', '.') : value;
    }

    /**
     * The JSON path of each step in its file, such as {@code steps[2]} or {@code steps[2][region=at]}.
     *
     * @param fileOrder all steps of the file, in its order
     */
    public static Map<StepName, String> paths(Collection<StepName> fileOrder) {
        Map<String, Integer> indexes = new HashMap<>();
        Map<StepName, String> paths = new HashMap<>();
        for (StepName name : fileOrder) {
            String base = name.base();
            indexes.putIfAbsent(base, indexes.size());
            paths.put(name, "steps[" + indexes.get(base) + "]" + name.value.substring(base.length()));
        }
        return paths;
    }

    /** Whether this is the given step or an instance of it. */
    public boolean belongsTo(StepName step) {
        return equals(step) || (!step.isInstance() && base().equals(step.value));
    }

    @Override
    public int compareTo(StepName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
