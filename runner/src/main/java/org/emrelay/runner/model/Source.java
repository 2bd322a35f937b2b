package org.emrelay.runner.model;

import java.nio.file.Path;
import java.util.Objects;

/** Where an input comes from. */
public sealed interface Source {

    /**
     * The output of an earlier step.
     *
     * @param path relative path inside that output; empty for all of it
     */
    record FromStep(StepName step, String path) implements Source {
        public FromStep {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * Remote data, such as {@code s3://bucket/titles.parquet}.
     */
    record External(String uri) implements Source {
        public External {
            Objects.requireNonNull(uri, "uri");
        }
    }

    /**
     * A local file or directory. The path is absolute and normalised.
     *
     * @param keepName whether it keeps its bare name below {@code input/}, as scripts in the legacy form expect
     */
    record Local(Path path, boolean keepName) implements Source {
        public Local {
            Objects.requireNonNull(path, "path");
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("not absolute: " + path);
            }
        }
    }
}
