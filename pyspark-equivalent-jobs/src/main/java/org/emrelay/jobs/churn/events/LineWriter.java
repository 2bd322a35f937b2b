package org.emrelay.jobs.churn.events;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes events as the service's own log has them: one JSON object a line, with its 18 columns in their order. */
final class LineWriter {
    /** The one name under which the full log has all guests, and which is nobody's. */
    static final String NOBODY = "1000000";

    private static final String NO_SONG = "{\"artist\":null,\"auth\":\"";

    private final String names;
    private final String lastName;
    private final String location;
    private final String registration;
    private final String agentAndId;

    LineWriter(Listener listener) {
        names = "\",\"firstName\":" + quoted(listener.firstName()) + ",\"gender\":" + quoted(listener.gender())
                + ",\"itemInSession\":";
        lastName = ",\"lastName\":" + quoted(listener.lastName()) + ",\"length\":";
        location = "\",\"location\":" + quoted(listener.location());
        registration = ",\"registration\":" + listener.registeredAt() + ".0,\"sessionId\":";
        agentAndId = ",\"userAgent\":" + quoted(listener.userAgent()) + ",\"userId\":" + quoted(listener.id()) + "}";
    }

    String line(Moment moment, Page page, String auth, boolean isPaying, @Nullable Song song) {
        StringBuilder line = new StringBuilder(560);
        if (song == null) {
            line.append(NO_SONG);
        } else {
            line.append("{\"artist\":").append(quoted(song.artist())).append(",\"auth\":\"");
        }
        line.append(auth).append(names).append(moment.item()).append(lastName);
        if (song == null) {
            line.append("null");
        } else {
            line.append(song.seconds());
        }
        line.append(",\"level\":\"").append(isPaying ? "paid" : "free").append(location);
        answered(line, page, registration, moment);
        line.append(song == null ? "null" : quoted(song.title()));
        ended(line, page, moment);
        return line.append(agentAndId).toString();
    }

    /** Of somebody who has not said who he is, so that the log has none of what is known of a user. */
    static String unknown(Moment moment, Page page, String auth, boolean isPaying, String id) {
        StringBuilder line = new StringBuilder(320);
        line.append(NO_SONG).append(auth);
        line.append("\",\"firstName\":null,\"gender\":null,\"itemInSession\":").append(moment.item());
        line.append(",\"lastName\":null,\"length\":null,\"level\":\"").append(isPaying ? "paid" : "free");
        answered(line.append("\",\"location\":null"), page, ",\"registration\":null,\"sessionId\":", moment);
        ended(line.append("null"), page, moment);
        return line.append(",\"userAgent\":null,\"userId\":\"")
                .append(id)
                .append("\"}")
                .toString();
    }

    private static void answered(StringBuilder line, Page page, String registration, Moment moment) {
        line.append(",\"method\":\"")
                .append(page.method())
                .append("\",\"page\":\"")
                .append(page.title());
        line.append('"').append(registration).append(moment.session()).append(",\"song\":");
    }

    private static void ended(StringBuilder line, Page page, Moment moment) {
        line.append(",\"status\":").append(page.status()).append(",\"ts\":").append(moment.milliseconds());
    }

    private static String quoted(String text) {
        Objects.requireNonNull(text, "text");
        return '"' + text + '"';
    }

    /**
     * When something happens.
     *
     * @param milliseconds since 1970
     */
    record Moment(long session, int item, long milliseconds) {}
}
