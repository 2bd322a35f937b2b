package org.emrelay.runner.platform.emr.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.diagnosis.CauseFinder;
import org.emrelay.runner.diagnosis.Finding;
import org.emrelay.runner.diagnosis.SparkProcess;

/** A log, its cause of failure if it has one, and what else it names. */
record AnalyzedLog(LogObject log, Optional<Finding> finding, LogReferences references) {
    AnalyzedLog {
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(references, "references");
    }

    static AnalyzedLog of(LogObject log, InputStream text) throws IOException {
        LogReferences references = new LogReferences();
        SparkProcess process = log.isOfExecutor() ? SparkProcess.EXECUTOR : SparkProcess.DRIVER;
        Optional<Finding> finding = CauseFinder.find(text, process, references);
        return new AnalyzedLog(log, finding, references);
    }

    boolean isConvincing() {
        return finding.filter(Finding::isConclusive).isPresent();
    }
}
