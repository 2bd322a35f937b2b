package org.emrelay.runner.model;

import java.util.Objects;

/** The program that a step runs. */
public sealed interface Program {

    FileRef file();

    /** A main class in a jar. */
    record Jar(FileRef file, String mainClass) implements Program {
        public Jar {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(mainClass, "mainClass");
        }
    }

    /** A Python script. */
    record Python(FileRef file) implements Program {
        public Python {
            Objects.requireNonNull(file, "file");
        }
    }
}
