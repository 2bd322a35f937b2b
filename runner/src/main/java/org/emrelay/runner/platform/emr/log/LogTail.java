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
 * Prints each line of some logs once, however often they are shipped. A log that became too long goes on under its old key from the beginning, and
 * what it was so far is shipped under a key of its own: hence a file is known by how it begins.
 */
final class LogTail {
    private final LogBucket logs;
    private final LogListener listener;
    private final Map<String, String> etags = new HashMap<>();
    private final Map<String, TailedFile> files = new HashMap<>();
    private final Map<String, LogReferences> mentions = new HashMap<>();

    LogTail(LogBucket logs, LogListener listener) {
        this.logs = logs;
        this.listener = listener;
    }

    /**
     * Prints what is new, the older pieces of a log first.
     *
     * @param last whether nothing will come any more, so that a line without an end is one too
     * @return whether anything has changed
     */
    boolean print(List<LogObject> objects, boolean last) {
        boolean changed = false;
        Set<String> taken = new HashSet<>();
        for (LogObject log : objects) {
            TailedFile file = files.get(log.key());
            if (log.etag().equals(etags.get(log.key())) && !(last && file != null && file.hasBegunLine())) {
                taken.add(log.key());
                continue;
            }
            changed = true;
            logs.read(log, text -> print(log, text, last, taken));
            etags.put(log.key(), log.etag());
            taken.add(log.key());
        }
        return changed;
    }

    private Boolean print(LogObject log, InputStream text, boolean last, Set<String> taken) throws IOException {
        byte[] beginning = text.readNBytes(TailedFile.HEAD);
        if (beginning.length > 0) {
            LogReferences said = mentions.computeIfAbsent(log.log(), key -> new LogReferences());
            file(log, beginning, taken).print(beginning, text, last, line -> {
                said.accept(line);
                listener.line(log.uri(), line);
            });
        }
        return Boolean.TRUE;
    }

    private TailedFile file(LogObject log, byte[] beginning, Set<String> taken) {
        TailedFile same = files.get(log.key());
        if (same != null && same.isBeginningOf(beginning)) {
            return same;
        }
        Optional<Map.Entry<String, TailedFile>> moved = files.entrySet().stream()
                .filter(entry -> !taken.contains(entry.getKey()) && isOfSameLog(entry.getKey(), log))
                .filter(entry -> entry.getValue().isBeginningOf(beginning))
                .findFirst();
        moved.ifPresent(entry -> files.remove(entry.getKey()));
        TailedFile file = moved.map(Map.Entry::getValue).orElseGet(() -> new TailedFile(beginning));
        files.put(log.key(), file);
        return file;
    }

    private static boolean isOfSameLog(String key, LogObject log) {
        return new LogObject(log.bucket(), key, "").log().equals(log.log());
    }

    boolean hasFoundAny() {
        return !etags.isEmpty();
    }

    /** What the lines of a log have named so far. */
    LogReferences mentionsOf(String log) {
        return mentions.computeIfAbsent(log, key -> new LogReferences());
    }
}
