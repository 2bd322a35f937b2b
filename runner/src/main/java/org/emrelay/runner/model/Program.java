package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The program that a step runs. */
public sealed interface Program {
    /** The check flag of the programs of Emrelay. */
    String OWN_CHECK = "--check";

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

    /** The flag with which the program only checks its arguments and inputs; empty if it has none. */
    default String checkFlag() {
        return "";
    }

    /** The main class of a jar. */
    default Optional<String> mainClassName() {
        return Optional.empty();
    }

    /** A main class in a jar. */
    record Jar(FileRef file, String mainClass, String checkFlag) implements Program {
        public Jar {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(mainClass, "mainClass");
            Objects.requireNonNull(checkFlag, "checkFlag");
        }

        public Jar(FileRef file, String mainClass) {
            this(file, mainClass, "");
        }

        @Override
        public Optional<String> mainClassName() {
            return Optional.of(mainClass);
        }
    }

    /** A Python script. */
    record Python(FileRef file, PythonDependencies<Requirement> dependencies, String checkFlag) implements Program {
        public Python {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(dependencies, "dependencies");
            Objects.requireNonNull(checkFlag, "checkFlag");
        }

        public Python(FileRef file, PythonDependencies<Requirement> dependencies) {
            this(file, dependencies, "");
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
        public String checkFlag() {
            return OWN_CHECK;
        }

        @Override
        public Optional<String> mainClassName() {
            return Optional.of(MAIN_CLASS);
        }
    }
}
