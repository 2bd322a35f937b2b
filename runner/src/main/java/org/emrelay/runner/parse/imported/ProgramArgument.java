package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * An argument of a program: a flag, its value, or both.
 *
 * @param flag with its dashes; empty for a value without a flag
 * @param value empty for a flag without a value
 */
record ProgramArgument(String flag, Form form, String value) {
    private static final Set<String> OUTPUT_WORDS =
            Set.of("dest", "destination", "target", "sink", "result", "results");
    private static final Set<String> INPUT_WORDS =
            Set.of("in", "input", "inputs", "src", "source", "from", "read", "load");

    /** How flag and value are written. */
    enum Form {
        /** Two words. */
        PAIR,
        /** One word, with {@code =}. */
        ASSIGNMENT,
        FLAG,
        VALUE
    }

    ProgramArgument {
        Objects.requireNonNull(flag, "flag");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(value, "value");
    }

    static List<ProgramArgument> parse(List<String> words) {
        List<ProgramArgument> arguments = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            if (!isFlag(word)) {
                arguments.add(new ProgramArgument("", Form.VALUE, word));
            } else if (equals > 0) {
                arguments.add(
                        new ProgramArgument(word.substring(0, equals), Form.ASSIGNMENT, word.substring(equals + 1)));
            } else if (i + 1 < words.size() && !isFlag(words.get(i + 1))) {
                arguments.add(new ProgramArgument(word, Form.PAIR, words.get(++i)));
            } else {
                arguments.add(new ProgramArgument(word, Form.FLAG, ""));
            }
        }
        return arguments;
    }

    /** Negative numbers are values. */
    private static boolean isFlag(String word) {
        return word.length() > 1 && word.startsWith("-") && !word.matches("-[0-9.].*");
    }

    /** The words with another value. */
    List<String> words(String other) {
        return switch (form) {
            case PAIR -> List.of(flag, other);
            case ASSIGNMENT -> List.of(flag + "=" + other);
            case FLAG -> List.of(flag);
            case VALUE -> List.of(other);
        };
    }

    /** The name of the flag, without dashes. */
    String name() {
        return flag.replaceFirst("^-{1,2}", "");
    }

    /** Whether a steps file can say the flag by its name: {@code --name} or {@code -n}, and the value after it. */
    boolean isPlain() {
        return (form == Form.PAIR || form == Form.FLAG)
                && name().matches("[^\\s=\"'`$\\\\{}\\p{Cntrl}-][^\\s=\"'`$\\\\{}\\p{Cntrl}]*")
                && flag.equals((name().length() == 1 ? "-" : "--") + name());
    }

    boolean isLocation() {
        return Locations.isLocation(value);
    }

    boolean namesOutput() {
        return nameWords().stream().anyMatch(word -> word.startsWith("out") || OUTPUT_WORDS.contains(word));
    }

    boolean namesInput() {
        return nameWords().stream().anyMatch(INPUT_WORDS::contains);
    }

    private List<String> nameWords() {
        return List.of(name().replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT)
                .split("[-_.]"));
    }
}
