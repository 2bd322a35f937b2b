package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;

/** What a step's program gets on its command line. */
public sealed interface Arguments {

    /**
     * Flags: each input under its name and the output under its flag come first, then these.
     *
     * @param flags in the file's order
     */
    record Flags(List<Flag> flags) implements Arguments {
        public Flags {
            flags = List.copyOf(flags);
        }
    }

    /** Exactly these words; inputs and output appear only where a word names them. */
    record Verbatim(List<Template> words) implements Arguments {
        public Verbatim {
            words = List.copyOf(words);
        }
    }

    /**
     * One flag as it will be given, its dashes left out.
     *
     * @param values one word each: none for a bare flag, several for a flag that is repeated
     */
    record Flag(String name, List<Template> values) {
        public Flag {
            Objects.requireNonNull(name, "name");
            values = List.copyOf(values);
        }
    }
}
