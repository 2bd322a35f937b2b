package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The user's files that results would overwrite. */
final class ResultsConflicts {
    private static final int MOST_NAMED = 3;

    private final Path directory;
    private final Map<String, String> reasons = new TreeMap<>();

    ResultsConflicts(Path directory) {
        this.directory = directory;
    }

    void addForeign(String name) {
        reasons.put(name, "not created by Emrelay");
    }

    void addEdited(String name) {
        reasons.put(name, "edited since it was fetched");
    }

    /** @param consequence a sentence with a blank before it; may be empty */
    void refuse(String consequence) {
        if (reasons.isEmpty()) {
            return;
        }
        String named = reasons.entrySet().stream()
                .limit(MOST_NAMED)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        int others = reasons.size() - MOST_NAMED;
        throw new ResultsRefusedException("The results would overwrite " + reasons.size()
                + (reasons.size() == 1 ? " file" : " files") + " in " + directory + ": " + named
                + (others > 0 ? " and " + others + " more" : "") + "." + consequence
                + " Move them away, pass another directory with --to, or pass --overwrite-results.");
    }
}
