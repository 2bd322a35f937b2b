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

/** What one log tells: why something failed, which applications and containers it names, and whether it is the last that will be said. */
record LogAnalysis(Optional<Finding> finding, List<String> applications, List<String> lostContainers, boolean ended) {
    LogAnalysis {
        Objects.requireNonNull(finding, "finding");
        applications = List.copyOf(applications);
        lostContainers = List.copyOf(lostContainers);
    }

    static LogAnalysis of(InputStream text) throws IOException {
        LogReferences mentions = new LogReferences();
        // This decoder puts a mark in the place of bytes that are no UTF-8, and goes on.
        Optional<Finding> finding =
                CauseFinder.find(new InputStreamReader(text, StandardCharsets.UTF_8), mentions::accept);
        return new LogAnalysis(finding, mentions.applications(), mentions.lostContainers(), mentions.isEnded());
    }

    boolean isConvincing() {
        return finding.filter(Finding::convincing).isPresent();
    }
}
