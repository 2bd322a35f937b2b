package org.emrelay.runner.platform.emr.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.diagnosis.CauseFinder;
import org.emrelay.runner.diagnosis.Finding;

/** The result of reading one log: the cause, the applications and containers it names, and whether it is complete. */
record LogAnalysis(Optional<Finding> finding, List<String> applications, List<String> lostContainers, boolean ended) {
    LogAnalysis {
        Objects.requireNonNull(finding, "finding");
        applications = List.copyOf(applications);
        lostContainers = List.copyOf(lostContainers);
    }

    static LogAnalysis of(InputStream text) throws IOException {
        LogReferences references = new LogReferences();
        // This decoder replaces invalid UTF-8 instead of failing.
        Optional<Finding> finding =
                CauseFinder.find(new InputStreamReader(text, StandardCharsets.UTF_8), references::accept);
        return new LogAnalysis(finding, references.applications(), references.lostContainers(), references.isEnded());
    }

    boolean isConvincing() {
        return finding.filter(Finding::conclusive).isPresent();
    }
}
