package org.emrelay.runner.fakeaws.logs;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;

/** The account's log groups with their streams. */
public final class LogsState {
    final AccountIdentity identity;
    final Clock clock;
    final Map<String, LogGroup> groups = new TreeMap<>();

    public LogsState(AccountIdentity identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /** A log group: its tags, retention and log streams. */
    static final class LogGroup {
        final Map<String, String> tags = new TreeMap<>();
        final Map<String, List<LogEvent>> streams = new TreeMap<>();
        int retentionDays;
    }

    record LogEvent(Instant time, String message) {}

    public void addGroup(String name) {
        groups.put(name, new LogGroup());
    }

    /** The days after which events expire; zero for never. */
    public int retentionDays(String group) {
        return groups.get(group).retentionDays;
    }

    public Map<String, String> tags(String group) {
        return groups.get(group).tags;
    }

    /** Adds an event as an AWS service does. Does nothing if the log stream does not exist. */
    public void write(String group, String stream, String message) {
        LogGroup found = groups.get(group);
        List<LogEvent> events = found == null ? null : found.streams.get(stream);
        if (events != null) {
            events.add(new LogEvent(clock.instant(), message));
        }
    }

    /** Every log group with its mutable content. */
    public Map<String, String> inventory() {
        Map<String, String> inventory = new TreeMap<>();
        groups.forEach((name, group) -> inventory.put(
                "log group " + name, group.tags + " " + group.streams.keySet() + " " + group.retentionDays));
        return inventory;
    }

    static List<LogEvent> newStream() {
        return new ArrayList<>();
    }
}
