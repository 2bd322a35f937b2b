package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;

/** The command-line arguments of a step's program. */
public sealed interface Arguments {

    /**
     * Flags, passed after one flag per input and the output flag.
     *
     * @param flags in the file's order
     */
    record Flags(List<Flag> flags) implements Arguments {
        public Flags {
            flags = List.copyOf(flags);
        }
    }

    /**
     * Arguments passed verbatim: inputs and output appear only where a placeholder refers to them.
     *
     * @param legacy whether they are those of a step in the legacy form
     */
    record Verbatim(List<Argument> arguments, boolean legacy) implements Arguments {
        public Verbatim {
            arguments = List.copyOf(arguments);
        }

        public Verbatim(List<Argument> arguments) {
            this(arguments, false);
        }
    }

    /**
     * One flag.
     *
     * @param name without dashes
     * @param values none for a bare flag, several for a repeated flag
     */
    record Flag(String name, List<Argument> values) {
        public Flag {
            Objects.requireNonNull(name, "name");
            values = List.copyOf(values);
        }
    }
}
