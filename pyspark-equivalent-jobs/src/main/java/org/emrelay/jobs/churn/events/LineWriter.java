package org.emrelay.jobs.churn.events;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes events as JSON lines with the 18 columns of the real log, in the same order. */
final class LineWriter {
    /** The user id under which the full log has all guests; no user has it. */
    static final String GUEST_ID = "1000000";

    private static final String NO_SONG = "{\"artist\":null,\"auth\":\"";

    private final String names;
    private final String lastName;
    private final String location;
    private final String registration;
    private final String agentAndId;

    LineWriter(UserProfile profile) {
        names = "\",\"firstName\":" + quoted(profile.firstName()) + ",\"gender\":" + quoted(profile.gender())
                + ",\"itemInSession\":";
        lastName = ",\"lastName\":" + quoted(profile.lastName()) + ",\"length\":";
        location = "\",\"location\":" + quoted(profile.location());
        registration = ",\"registration\":" + profile.registeredAt() + ".0,\"sessionId\":";
        agentAndId = ",\"userAgent\":" + quoted(profile.userAgent()) + ",\"userId\":" + quoted(profile.id()) + "}";
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
        appendRequest(line, page, registration, moment);
        line.append(song == null ? "null" : quoted(song.title()));
        appendResponse(line, page, moment);
        return line.append(agentAndId).toString();
    }

    /** Writes an event of an unidentified user, without any user data. */
    static String unidentifiedLine(Moment moment, Page page, String auth, boolean isPaying, String id) {
        StringBuilder line = new StringBuilder(320);
        line.append(NO_SONG).append(auth);
        line.append("\",\"firstName\":null,\"gender\":null,\"itemInSession\":").append(moment.item());
        line.append(",\"lastName\":null,\"length\":null,\"level\":\"").append(isPaying ? "paid" : "free");
        appendRequest(line.append("\",\"location\":null"), page, ",\"registration\":null,\"sessionId\":", moment);
        appendResponse(line.append("null"), page, moment);
        return line.append(",\"userAgent\":null,\"userId\":\"")
                .append(id)
                .append("\"}")
                .toString();
    }

    private static void appendRequest(StringBuilder line, Page page, String registration, Moment moment) {
        line.append(",\"method\":\"")
                .append(page.method())
                .append("\",\"page\":\"")
                .append(page.title());
        line.append('"').append(registration).append(moment.session()).append(",\"song\":");
    }

    private static void appendResponse(StringBuilder line, Page page, Moment moment) {
        line.append(",\"status\":").append(page.status()).append(",\"ts\":").append(moment.milliseconds());
    }

    private static String quoted(String text) {
        Objects.requireNonNull(text, "text");
        return '"' + text + '"';
    }

    /**
     * The time of an event and its position in the session.
     *
     * @param milliseconds since 1970
     */
    record Moment(long session, int item, long milliseconds) {}
}
