package org.emrelay.runner.eventlog;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.profile.ProfileReading;

/** Reads the event log of a Spark application in a single pass and bounded memory. */
public final class EventLogReader {
    private final EventLogLimits limits;
    private final ReadBudget budget;
    private final Gaps gaps = new Gaps();
    private final ApplicationHistory history = new ApplicationHistory();
    private final EventParser parser = new EventParser(history);
    private long unreadable;
    private long tooLong;

    private EventLogReader(EventLogLimits limits, BooleanSupplier stopped) {
        this.limits = limits;
        this.budget = new ReadBudget(limits, stopped);
    }

    /**
     * Reads as much of a log as possible. The gaps of the profile say what could not be read.
     *
     * @param stopped polled while reading; once it returns true, the result is a profile of what was read so far
     * @throws IOException only if the store fails, never because of the log's content
     */
    public static ProfileReading read(
            EventLogFiles files, EventLogStore store, EventLogLimits limits, BooleanSupplier stopped)
            throws IOException {
        EventLogReader reader = new EventLogReader(limits, stopped);
        files.gaps().forEach(reader.gaps::add);
        for (String path : files.paths()) {
            reader.readFile(path, store);
        }
        return reader.result(files);
    }

    private void readFile(String path, EventLogStore store) throws IOException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Optional<LogCodec> codec = LogCodec.of(path);
        if (codec.isEmpty()) {
            gaps.add("The compression " + LogCodec.suffix(path) + " of " + name + " is not supported.");
            return;
        }
        if (!budget.isLeft()) {
            return;
        }
        try (DecodedLog log = new DecodedLog(store.open(path), codec.get(), budget)) {
            LogLineBuffer lines = new LogLineBuffer(log, limits.lineBytes());
            while (lines.next()) {
                read(name, lines, log);
            }
            tooLong += lines.skipped();
            if (log.isDamaged()) {
                gaps.add("The end of " + name + " is missing or damaged.");
            }
        }
    }

    private void read(String name, LogLineBuffer lines, DecodedLog log) {
        if (parser.parse(lines.bytes(), lines.offset(), lines.length()) || isBlank(lines)) {
            return;
        }
        if (!lines.isUnterminated()) {
            unreadable++;
        } else if (!log.isDamaged() && budget.isLeft()) {
            gaps.add(name + " ends in the middle of an event.");
        }
    }

    private static boolean isBlank(LogLineBuffer lines) {
        return lines.length() == 0 || (lines.length() == 1 && lines.bytes()[lines.offset()] == '\r');
    }

    private ProfileReading result(EventLogFiles files) {
        budget.addGap(gaps);
        gaps.addIf(tooLong, "line", "longer than " + Gaps.bytes(limits.lineBytes()) + " could not be read.");
        gaps.addIf(unreadable, "line", "could not be read.");
        gaps.addIf(parser.outOfRange(), "number", "out of range counted as 0.");
        if (!history.isEmpty()) {
            return ProfileReading.of(history.toProfile(gaps));
        }
        if (files.paths().isEmpty()) {
            return ProfileReading.none("There is no event log.");
        }
        gaps.add("The event log contains no events of an application.");
        return ProfileReading.none(String.join(" ", gaps.sentences()));
    }
}
