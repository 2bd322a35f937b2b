package org.emrelay.runner.eventlog;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one event log, in the order in which Spark wrote them.
 *
 * <p>Spark writes one file, {@code app-1[.codec][.inprogress]}, or a rolling log, {@code eventlog_v2_<app>/events_<n>_<app>[.codec]}.
 *
 * @param paths the paths of the files
 * @param gaps sentences about missing files and other logs
 */
public record EventLogFiles(List<String> paths, List<String> gaps) {
    private static final String ROLLING_DIRECTORY = "eventlog_v2_";
    private static final String COMPACTED = ".compact";
    private static final Pattern SINGLE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]*)(\\.[a-z0-9]+)?(\\.inprogress)?");
    private static final Pattern PART = Pattern.compile("events_([0-9]{1,9})_[^/]*");

    public EventLogFiles {
        paths = List.copyOf(paths);
        gaps = List.copyOf(gaps);
    }

    /** Selects the largest log: a step can start several applications. Ignores all other files. */
    public static EventLogFiles among(Collection<ListedLogFile> listed) {
        Map<String, List<ListedLogFile>> logs = new TreeMap<>();
        for (ListedLogFile file : listed) {
            String log = logOf(file);
            if (!log.isEmpty()) {
                logs.computeIfAbsent(log, unused -> new ArrayList<>()).add(file);
            }
        }
        List<String> gaps = new ArrayList<>();
        if (logs.size() > 1) {
            gaps.add("The step wrote the event logs of " + logs.size() + " applications: only the largest was read.");
        }
        return logs.values().stream()
                .max(comparingLong(EventLogFiles::size))
                .map(files -> ordered(files, gaps))
                .orElseGet(() -> new EventLogFiles(List.of(), gaps));
    }

    /** Identifies the log that a file is part of; empty if it is not part of one. */
    private static String logOf(ListedLogFile file) {
        if (file.directory().startsWith(ROLLING_DIRECTORY)) {
            return PART.matcher(file.name()).matches() ? file.directory() : "";
        }
        Matcher single = SINGLE.matcher(file.name());
        return single.matches() && !file.name().startsWith("appstatus_") ? single.group(1) : "";
    }

    private static long size(List<ListedLogFile> files) {
        return files.stream().mapToLong(ListedLogFile::size).sum();
    }

    private static EventLogFiles ordered(List<ListedLogFile> files, List<String> gaps) {
        if (files.get(0).directory().startsWith(ROLLING_DIRECTORY)) {
            return rolling(files, gaps);
        }
        // Both can exist, because a rename on S3 is a copy and a deletion.
        ListedLogFile best = files.stream()
                .min(comparing(file -> file.name().endsWith(".inprogress")))
                .orElseThrow();
        return new EventLogFiles(List.of(best.path()), gaps);
    }

    private static EventLogFiles rolling(List<ListedLogFile> files, List<String> gaps) {
        List<ListedLogFile> parts = new ArrayList<>(files);
        // A compacted file replaces the original file with the same number and all earlier ones.
        parts.sort(comparingInt(EventLogFiles::number).thenComparing(EventLogFiles::isCompacted));
        int first = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (isCompacted(parts.get(i))) {
                first = i;
            }
        }
        parts = parts.subList(first, parts.size());
        if (isCompacted(parts.get(0))) {
            gaps.add("Spark compacted the event log: finished jobs are missing.");
        }
        int start = isCompacted(parts.get(0)) ? number(parts.get(0)) : 1;
        int missing = number(parts.get(parts.size() - 1)) - start + 1 - parts.size();
        if (missing > 0) {
            gaps.add(Gaps.count(missing, "file") + " of the event log " + (missing == 1 ? "is" : "are") + " missing.");
        }
        return new EventLogFiles(parts.stream().map(ListedLogFile::path).toList(), gaps);
    }

    private static boolean isCompacted(ListedLogFile file) {
        return file.name().endsWith(COMPACTED);
    }

    private static int number(ListedLogFile file) {
        Matcher part = PART.matcher(file.name());
        return part.matches() ? Integer.parseInt(part.group(1)) : 0;
    }
}
