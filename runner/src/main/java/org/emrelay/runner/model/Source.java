package org.emrelay.runner.model;

import java.nio.file.Path;
import java.util.Objects;

/** Where an input's data comes from. */
public sealed interface Source {

    /**
     * The output of an earlier step.
     *
     * @param path a place below that output; empty for all of it
     */
    record FromStep(StepName step, String path) implements Source {
        public FromStep {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(path, "path");
        }
    }

    /** Data that lies elsewhere already, such as {@code s3://bucket/titles.parquet}. */
    record External(String uri) implements Source {
        public External {
            Objects.requireNonNull(uri, "uri");
        }
    }

    /**
     * A file or directory of this machine. The path is absolute and normalised.
     *
     * @param keepName whether it keeps its bare name below {@code input/}, as scripts of the original form expect
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
