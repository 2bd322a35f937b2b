package org.emrelay.sqlscript;

import java.util.Objects;

/** A mistake in a SQL file. */
public record SqlFault(SqlPosition position, String message) {
    public SqlFault {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(message, "message");
    }

    /** The fault as one line, such as {@code counts.sql: line 3, column 8: …}. */
    public String in(String file) {
        return file + ": " + position + ": " + message;
    }
}
