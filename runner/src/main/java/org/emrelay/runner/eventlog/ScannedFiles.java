package org.emrelay.runner.eventlog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.emrelay.runner.profile.FilesRead;
import org.jspecify.annotations.Nullable;

/** Tracks the metrics of SQL scans that count files. */
final class ScannedFiles {
    private static final int MAX_METRICS = 100_000;
    private static final int MAX_NAME = 40;

    private final Map<Long, Metric> metrics = new HashMap<>();
    private boolean known;
    private long files;
    private long bytes;
    private long untracked;

    /** The fields of the object that is being read. */
    private String name = "";

    private long id = -1;

    private static final class Metric {
        private final boolean countsFiles;
        private long value;

        private Metric(boolean countsFiles) {
            this.countsFiles = countsFiles;
        }
    }

    /** Reads the definitions of metrics at any depth of the current value. A plan is a tree. */
    void parseDefinitions(EventFields fields) throws IOException {
        fields.forEachAtAnyDepth(
                field -> {
                    if (field.equals("name")) {
                        name = fields.text(MAX_NAME);
                    } else if (field.equals("accumulatorId")) {
                        id = fields.number();
                    }
                },
                this::define);
    }

    private void define() {
        boolean countsFiles = name.equals("number of files read");
        if (id >= 0 && (countsFiles || name.equals("size of files read"))) {
            if (metrics.size() < MAX_METRICS) {
                metrics.putIfAbsent(id, new Metric(countsFiles));
            } else {
                untracked++;
            }
        }
        name = "";
        id = -1;
    }

    /** Reads values that the driver reported. The last value of each metric counts. */
    void parseValues(EventFields fields) throws IOException {
        fields.forEachPair(this::update);
    }

    private void update(long metricId, long value) {
        Metric metric = metrics.get(metricId);
        if (metric == null) {
            return;
        }
        known = true;
        long change = value - metric.value;
        metric.value = value;
        if (metric.countsFiles) {
            files = TaskSums.saturated(files + change);
        } else {
            bytes = TaskSums.saturated(bytes + change);
        }
    }

    @Nullable
    FilesRead toFilesRead() {
        return known ? new FilesRead(files, bytes) : null;
    }

    void addGaps(Gaps gaps) {
        gaps.addIf(untracked, "metric", "of SQL scans could not be tracked: not all files that were read are counted.");
    }
}
