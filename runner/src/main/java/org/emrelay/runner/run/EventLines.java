package org.emrelay.runner.run;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.json.MalformedJsonException;

/** The journal's text format: one JSON event per line, each ended by a line feed. */
final class EventLines {
    private static final String REMEDY = ". Fix the line, or add the steps again.";

    private EventLines() {}

    static String write(List<Event> events) {
        StringBuilder lines = new StringBuilder();
        events.forEach(event -> lines.append(EventJson.write(event)).append('\n'));
        return lines.toString();
    }

    /** Reads lines. The last one must be complete. */
    static List<Event> read(String lines, String location) throws CorruptRunException {
        List<Event> events = new ArrayList<>();
        int start = 0;
        for (int end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', start)) {
            events.add(event(lines.substring(start, end), location, events.size() + 1));
            start = end + 1;
        }
        if (start < lines.length()) {
            throw corrupt(location, events.size() + 1, "it is truncated");
        }
        return events;
    }

    static Event event(String line, String location, int number) throws CorruptRunException {
        try {
            return EventJson.read(line);
        } catch (MalformedJsonException exception) {
            throw corrupt(location, number, String.valueOf(exception.getMessage()));
        }
    }

    static CorruptRunException corrupt(String location, int number, String problem) {
        return new CorruptRunException(
                location + ": line " + number + " is not a valid run event: " + problem + REMEDY);
    }
}
