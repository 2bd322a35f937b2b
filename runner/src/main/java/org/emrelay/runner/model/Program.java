package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The program that a step runs. */
public sealed interface Program {

    /** What spark-submit starts. */
    FileRef file();

    /** The file that the user wrote. */
    default FileRef source() {
        return file();
    }

    /** The key of the steps file that names the source. */
    default String key() {
        return "script_uri";
    }

    /** The main class of a jar. */
    default Optional<String> mainClassName() {
        return Optional.empty();
    }

    /** A main class in a jar. */
    record Jar(FileRef file, String mainClass) implements Program {
        public Jar {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(mainClass, "mainClass");
        }

        @Override
        public Optional<String> mainClassName() {
            return Optional.of(mainClass);
        }
    }

    /** A Python script. */
    record Python(FileRef file, PythonDependencies<Requirement> dependencies) implements Program {
        public Python {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(dependencies, "dependencies");
        }

        public Python(FileRef file) {
            this(file, PythonDependencies.none());
        }
    }

    /**
     * A SQL file, run by a program of Emrelay.
     *
     * @param file that program
     * @param source the SQL file
     * @param format the format of the output: {@code parquet}, {@code csv} or {@code json}
     * @param partitionBy the columns that the output is partitioned by
     */
    record Sql(FileRef file, FileRef source, String format, List<String> partitionBy) implements Program {
        private static final String MAIN_CLASS = "org.emrelay.sqlstep.SqlStep";

        public Sql {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(format, "format");
            partitionBy = List.copyOf(partitionBy);
        }

        @Override
        public String key() {
            return "sql";
        }

        @Override
        public Optional<String> mainClassName() {
            return Optional.of(MAIN_CLASS);
        }
    }
}
