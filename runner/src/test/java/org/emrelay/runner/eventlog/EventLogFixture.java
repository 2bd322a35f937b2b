package org.emrelay.runner.eventlog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.profile.ProfileReading;
import org.emrelay.runner.profile.SparkProfile;

/** Reads event logs in memory: written by a test, or by Spark and kept in the test resources. */
final class EventLogFixture {
    private EventLogFixture() {}

    static String event(String name, String fields) {
        return "{\"Event\":\"" + name + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
    }

    static String applicationStart(long time) {
        return event(
                "SparkListenerApplicationStart", "\"App Name\":\"orders\",\"App ID\":\"app-1\",\"Timestamp\":" + time);
    }

    static String applicationEnd(long time) {
        return event("SparkListenerApplicationEnd", "\"Timestamp\":" + time);
    }

    static String executorAdded(String id, long time, long cores) {
        return event(
                "SparkListenerExecutorAdded",
                "\"Timestamp\":" + time + ",\"Executor ID\":\"" + id
                        + "\",\"Executor Info\":{\"Host\":\"h\",\"Total Cores\":" + cores + "}");
    }

    static String executorRemoved(String id, long time, String reason) {
        return event(
                "SparkListenerExecutorRemoved",
                "\"Timestamp\":" + time + ",\"Executor ID\":\"" + id + "\",\"Removed Reason\":\"" + reason + "\"");
    }

    static String stageSubmitted(int stage, long time) {
        return event(
                "SparkListenerStageSubmitted",
                "\"Stage Info\":{\"Stage ID\":" + stage + ",\"Stage Attempt ID\":0,\"Stage Name\":\"stage " + stage
                        + "\",\"Number of Tasks\":4,\"Submission Time\":" + time + "}");
    }

    static String stageCompleted(int stage, long submission, long completion) {
        return event(
                "SparkListenerStageCompleted",
                "\"Stage Info\":{\"Stage ID\":" + stage + ",\"Stage Attempt ID\":0,\"Stage Name\":\"stage " + stage
                        + "\",\"Number of Tasks\":4,\"Submission Time\":" + submission + ",\"Completion Time\":"
                        + completion
                        + "}");
    }

    static String taskStart(int stage, long task, long launch) {
        return event(
                "SparkListenerTaskStart",
                "\"Stage ID\":" + stage + ",\"Stage Attempt ID\":0,\"Task Info\":{\"Task ID\":" + task
                        + ",\"Launch Time\":" + launch + "}");
    }

    static String taskEnd(int stage, long task, long launch, long finish) {
        return taskEnd(stage, task, launch, finish, "Success", "\"Executor Run Time\":" + (finish - launch));
    }

    static String taskEnd(int stage, long task, long launch, long finish, String reason, String metrics) {
        return event(
                "SparkListenerTaskEnd",
                "\"Stage ID\":" + stage + ",\"Stage Attempt ID\":0,\"Task End Reason\":{\"Reason\":\"" + reason
                        + "\"},\"Task Info\":{\"Task ID\":" + task + ",\"Launch Time\":" + launch
                        + ",\"Executor ID\":\"1\",\"Finish Time\":" + finish + "}"
                        + (metrics.isEmpty() ? "" : ",\"Task Metrics\":{" + metrics + "}"));
    }

    static SparkProfile profile(String... events) {
        return profile("app-1", utf8(String.join("\n", events) + "\n"));
    }

    static SparkProfile profile(String name, byte[] content) {
        return profiled(read(name, content));
    }

    static SparkProfile profiled(ProfileReading result) {
        if (result.profile() == null) {
            throw new AssertionError(result);
        }
        return result.profile();
    }

    static String reason(ProfileReading result) {
        if (result.profile() != null) {
            throw new AssertionError(result);
        }
        return result.problem();
    }

    static ProfileReading read(String name, byte[] content) {
        return read(Map.of(name, content), EventLogLimits.DEFAULT);
    }

    /** Reads the log that these files contain, as if listed below a directory. */
    static ProfileReading read(Map<String, byte[]> files, EventLogLimits limits) {
        List<ListedLogFile> listed = new ArrayList<>();
        files.forEach((path, content) -> listed.add(new ListedLogFile(path, content.length)));
        return read(EventLogFiles.among(listed), path -> new ByteArrayInputStream(files.get(path)), limits);
    }

    static ProfileReading read(EventLogFiles files, EventLogStore store, EventLogLimits limits) {
        try {
            return EventLogReader.read(files, store, limits, () -> false);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    static EventLogFiles single(String name) {
        return new EventLogFiles(List.of(name), List.of());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] resource(String name) {
        try (InputStream file = EventLogFixture.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static Map<String, byte[]> resources(String... names) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : names) {
            files.put(name, resource(name));
        }
        return files;
    }
}
