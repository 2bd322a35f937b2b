package org.emrelay.runner.run;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.json.MalformedJsonException;

/** Events as a journal keeps them: a line each, ended by a line feed. */
final class EventLines {
    private static final String REMEDY = ". Mend the line, or add the steps again.";

    private EventLines() {}

    static String write(List<Event> events) {
        StringBuilder lines = new StringBuilder();
        events.forEach(event -> lines.append(EventJson.write(event)).append('\n'));
        return lines.toString();
    }

    /** Reads lines that are all complete. */
    static List<Event> read(String lines, String place) throws CorruptRunException {
        List<Event> events = new ArrayList<>();
        int start = 0;
        for (int end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', start)) {
            events.add(event(lines.substring(start, end), place, events.size() + 1));
            start = end + 1;
        }
        if (start < lines.length()) {
            throw damaged(place, events.size() + 1, "it is cut off");
        }
        return events;
    }

    static Event event(String line, String place, int number) throws CorruptRunException {
        try {
            return EventJson.read(line);
        } catch (MalformedJsonException exception) {
            throw damaged(place, number, String.valueOf(exception.getMessage()));
        }
    }

    static CorruptRunException damaged(String place, int number, String what) {
        return new CorruptRunException(place + ": line " + number + " is no event of a run: " + what + REMEDY);
    }
}
