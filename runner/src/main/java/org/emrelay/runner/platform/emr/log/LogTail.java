package org.emrelay.runner.platform.emr.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Prints each line of a set of logs once, however often EMR uploads them.
 *
 * <p>EMR rotates a long log: the old content moves to a new key, and the old key starts over. A file is therefore recognized by its first bytes.
 */
final class LogTail {
    private final LogBucket logs;
    private final LogListener listener;
    private final Map<String, String> etags = new HashMap<>();
    private final Map<String, TailedFile> files = new HashMap<>();
    private final Map<String, LogReferences> references = new HashMap<>();

    LogTail(LogBucket logs, LogListener listener) {
        this.logs = logs;
        this.listener = listener;
    }

    /**
     * Prints new lines, the older parts of a log first.
     *
     * @param isFinal whether no more content will arrive, so an unterminated last line is printed too
     * @return whether any log changed
     */
    boolean print(List<LogObject> objects, boolean isFinal) {
        boolean changed = false;
        Set<String> seenKeys = new HashSet<>();
        for (LogObject log : objects) {
            TailedFile file = files.get(log.key());
            if (log.etag().equals(etags.get(log.key())) && !(isFinal && file != null && file.hasPartialLine())) {
                seenKeys.add(log.key());
                continue;
            }
            changed = true;
            logs.read(log, text -> print(log, text, isFinal, seenKeys));
            etags.put(log.key(), log.etag());
            seenKeys.add(log.key());
        }
        return changed;
    }

    private Boolean print(LogObject log, InputStream text, boolean isFinal, Set<String> seenKeys) throws IOException {
        byte[] head = text.readNBytes(TailedFile.HEAD_BYTES);
        if (head.length > 0) {
            LogReferences logReferences = references.computeIfAbsent(log.logKey(), key -> new LogReferences());
            file(log, head, seenKeys).print(head, text, isFinal, line -> {
                logReferences.accept(line);
                listener.line(log.uri(), line);
            });
        }
        return Boolean.TRUE;
    }

    private TailedFile file(LogObject log, byte[] head, Set<String> seenKeys) {
        TailedFile current = files.get(log.key());
        if (current != null && current.hasSamePrefix(head)) {
            return current;
        }
        Optional<Map.Entry<String, TailedFile>> renamed = files.entrySet().stream()
                .filter(entry -> !seenKeys.contains(entry.getKey()) && isOfSameLog(entry.getKey(), log))
                .filter(entry -> entry.getValue().hasSamePrefix(head))
                .findFirst();
        renamed.ifPresent(entry -> files.remove(entry.getKey()));
        TailedFile file = renamed.map(Map.Entry::getValue).orElseGet(() -> new TailedFile(head));
        files.put(log.key(), file);
        return file;
    }

    private static boolean isOfSameLog(String key, LogObject log) {
        return new LogObject(log.bucket(), key, "").logKey().equals(log.logKey());
    }

    boolean hasFoundLogs() {
        return !etags.isEmpty();
    }

    /** The references found so far in the lines of a log. */
    LogReferences referencesIn(String log) {
        return references.computeIfAbsent(log, key -> new LogReferences());
    }
}
