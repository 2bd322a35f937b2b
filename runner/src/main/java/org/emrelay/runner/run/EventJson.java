package org.emrelay.runner.run;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordJson;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.profile.ProfileReading;

/**
 * The journal's text format: one event per line, as a JSON object whose keys are the components of the event's record. Components
 * are only ever added: the defaults say what lines of earlier versions mean without them.
 */
final class EventJson {
    private static final String REMEDY = ". Fix the line, or add the steps again.";

    private static final Map<String, Class<? extends Event>> KINDS = Map.ofEntries(
            entry("run_began", Event.RunBegan.class),
            entry("run_continued", Event.RunContinued.class),
            entry("run_ended", Event.RunEnded.class),
            entry("cost", Event.CostRecorded.class),
            entry("spending_limit_reached", Event.SpendingLimitReached.class),
            entry("notice", Event.NoticeGiven.class),
            entry("instance", Event.InstanceChanged.class),
            entry("reused", Event.StepReused.class),
            entry("skipped", Event.StepSkipped.class),
            entry("runs_again", Event.StepRunsAgain.class),
            entry("cancelled", Event.StepCancelled.class),
            entry("failed", Event.StepFailed.class),
            entry("reset", Event.StepReset.class),
            entry("attempt_submitted", Event.AttemptSubmitted.class),
            entry("attempt_started", Event.AttemptStarted.class),
            entry("attempt_succeeded", Event.AttemptSucceeded.class),
            entry("attempt_failed", Event.AttemptFailed.class),
            entry("attempt_diagnosed", Event.AttemptDiagnosed.class),
            entry("attempt_profiled", Event.AttemptProfiled.class),
            entry("attempt_timed_out", Event.AttemptTimedOut.class),
            entry("attempt_cancelled", Event.AttemptCancelled.class),
            entry("attempt_withdrawn", Event.AttemptWithdrawn.class),
            entry("attempt_lost", Event.AttemptLost.class));

    private static final Map<Class<?>, String> NAMES =
            KINDS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private static final RecordJson FIELDS = new RecordJson()
            .inline(AttemptId.class)
            .inline(Failure.class)
            .inline(Diagnosis.class)
            .inline(InstanceChange.class)
            .inline(PlatformStep.class)
            .inline(ProfileReading.class)
            .key("number", "attempt")
            .key("staleReason", "despite")
            .defaultOf("log", fields -> "")
            // Earlier versions wrote only the reason.
            .defaultOf("removed", fields -> fields.text("reason").equals(StepRemoval.REASON));

    private EventJson() {}

    static String write(Event event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", event.time().toString());
        line.put("event", String.valueOf(NAMES.get(event.getClass())));
        line.putAll(FIELDS.write((Record) event));
        return JsonWriter.line(line);
    }

    static Event read(String line) throws MalformedJsonException {
        return JsonFields.read(line, fields -> {
            String kind = fields.text("event");
            Class<? extends Event> type = KINDS.get(kind);
            if (type == null) {
                throw new MalformedJsonException("unknown event " + kind);
            }
            return (Event) FIELDS.read(type.asSubclass(Record.class), fields);
        });
    }

    static String writeLines(List<Event> events) {
        return events.stream().map(event -> write(event) + "\n").collect(Collectors.joining());
    }

    /** Reads lines. The last one must be complete. */
    static List<Event> readLines(String lines, String location) throws CorruptRunException {
        List<Event> events = new ArrayList<>();
        int start = 0;
        for (int end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', start)) {
            events.add(readLine(lines.substring(start, end), location, events.size() + 1));
            start = end + 1;
        }
        if (start < lines.length()) {
            throw corrupt(location, events.size() + 1, "it is truncated");
        }
        return events;
    }

    static Event readLine(String line, String location, int number) throws CorruptRunException {
        try {
            return read(line);
        } catch (MalformedJsonException exception) {
            throw corrupt(location, number, String.valueOf(exception.getMessage()));
        }
    }

    static CorruptRunException corrupt(String location, int number, String problem) {
        return new CorruptRunException(
                location + ": line " + number + " is not a valid run event: " + problem + REMEDY);
    }
}
