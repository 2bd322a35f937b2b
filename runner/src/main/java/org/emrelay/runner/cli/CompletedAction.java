package org.emrelay.runner.cli;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a shell completes for an action.
 *
 * @param words the values of its positional arguments
 */
record CompletedAction(Action action, List<CompletedOption> options, CompletedValue words) {
    CompletedAction {
        Objects.requireNonNull(action, "action");
        options = List.copyOf(options);
        Objects.requireNonNull(words, "words");
    }

    /**
     * An option.
     *
     * @param value what follows it; {@link CompletedValue#NONE} for a flag
     * @param hasValue whether a value must follow
     */
    record CompletedOption(List<String> names, CompletedValue value, boolean hasValue, String description) {
        CompletedOption {
            names = List.copyOf(names);
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(description, "description");
        }
    }

    /**
     * The values that are completed.
     *
     * @param choices empty unless the kind is {@link Kind#CHOICES}
     */
    record CompletedValue(Kind kind, List<String> choices) {
        static final CompletedValue NONE = new CompletedValue(Kind.OTHER, List.of());

        enum Kind {
            FILES,
            DIRECTORIES,
            CHOICES,
            OTHER
        }

        CompletedValue {
            Objects.requireNonNull(kind, "kind");
            choices = List.copyOf(choices);
        }

        /** The label in the help text says what a value is. */
        static CompletedValue of(ArgSpec argument) {
            String label = argument.paramLabel();
            if (label.equals("FILE")) {
                return new CompletedValue(Kind.FILES, List.of());
            } else if (label.equals("DIR")) {
                return new CompletedValue(Kind.DIRECTORIES, List.of());
            } else if (label.contains("|")) {
                return new CompletedValue(Kind.CHOICES, List.of(label.split("\\|", -1)));
            }
            return NONE;
        }
    }

    static CompletedAction of(Action action, CommandSpec command) {
        return new CompletedAction(
                action,
                command.options().stream().map(CompletedAction::option).toList(),
                command.positionalParameters().stream()
                        .map(CompletedValue::of)
                        .findFirst()
                        .orElse(CompletedValue.NONE));
    }

    private static CompletedOption option(OptionSpec option) {
        return new CompletedOption(
                List.of(option.names()),
                CompletedValue.of(option),
                option.arity().min() > 0,
                String.join(" ", option.description()));
    }

    List<String> optionNames() {
        return options.stream().flatMap(option -> option.names().stream()).toList();
    }
}
