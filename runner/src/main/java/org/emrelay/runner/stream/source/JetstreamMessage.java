package org.emrelay.runner.stream.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.json.JsonScanner;
import org.emrelay.runner.json.MalformedJsonException;

/**
 * The metadata of a Jetstream message.
 *
 * @param time the server's time in microseconds, which is also the cursor
 * @param collection the collection of the record that was created; empty for any other event
 * @param key the key of the record that was created; the same on every server
 */
record JetstreamMessage(long time, String collection, String key) {
    private static final Set<String> FIELDS =
            Set.of("time_us", "kind", "did", "commit.operation", "commit.collection", "commit.rkey", "commit.rev");

    /** Parses a message; empty if it is not valid. */
    static Optional<JetstreamMessage> parse(byte[] json) {
        try {
            return Optional.of(of(JsonScanner.scan(json, FIELDS)));
        } catch (MalformedJsonException | NumberFormatException exception) {
            return Optional.empty();
        }
    }

    private static JetstreamMessage of(Map<String, String> fields) throws MalformedJsonException {
        long time = Long.parseLong(text(fields, "time_us"));
        if (time <= 0) {
            throw new MalformedJsonException("a time before 1970");
        }
        if (!text(fields, "kind").equals("commit")
                || !text(fields, "commit.operation").equals("create")) {
            return new JetstreamMessage(time, "", "");
        }
        String collection = text(fields, "commit.collection");
        String key = String.join(
                "/", text(fields, "did"), collection, text(fields, "commit.rkey"), text(fields, "commit.rev"));
        return new JetstreamMessage(time, collection, key);
    }

    private static String text(Map<String, String> fields, String path) throws MalformedJsonException {
        String text = fields.get(path);
        if (text == null || text.isEmpty()) {
            throw new MalformedJsonException(path + " is missing");
        }
        return text;
    }

    /**
     * Whether a record was created in a wanted collection: a name, or a prefix that ends with {@code .*}. An empty list accepts all collections.
     */
    boolean isCreatedIn(List<String> wanted) {
        return !collection.isEmpty() && (wanted.isEmpty() || wanted.stream().anyMatch(this::matches));
    }

    private boolean matches(String wanted) {
        return wanted.endsWith(".*")
                ? collection.startsWith(wanted.substring(0, wanted.length() - 1))
                : collection.equals(wanted);
    }
}
