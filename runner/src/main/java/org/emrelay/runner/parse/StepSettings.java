package org.emrelay.runner.parse;

import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.SparkSettings;
import org.jspecify.annotations.Nullable;

/** The settings of a step or of {@code defaults}. */
record StepSettings(@Nullable Script script, SparkSettings<NamedFile> spark, FailurePolicy failurePolicy) {
    static final StepSettings NONE = new StepSettings(null, SparkSettings.defaults(), FailurePolicy.DEFAULT);

    /**
     * The value of {@code script_uri}.
     *
     * @param file null if the file does not exist, which has been reported
     */
    record Script(String uri, String path, @Nullable FileRef file) {}
}
