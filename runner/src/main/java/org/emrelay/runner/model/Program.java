package org.emrelay.runner.model;

import java.util.Objects;

/** What a step runs. */
public sealed interface Program {

    FileRef resource();

    /** A class with a {@code main} in a jar. */
    record Jar(FileRef resource, String mainClass) implements Program {
        public Jar {
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(mainClass, "mainClass");
        }
    }

    /** A Python script. */
    record Python(FileRef resource) implements Program {
        public Python {
            Objects.requireNonNull(resource, "resource");
        }
    }
}
