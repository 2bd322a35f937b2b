package org.emrelay.sqlscript;

import java.util.Objects;

/** A token of a SQL text, as offsets into it. */
record SqlToken(Kind kind, int start, int end) {
    /** What a token is, as far as splitting needs to know. */
    enum Kind {
        /** A keyword, a name or a number. */
        WORD,
        /** A name in backticks. */
        QUOTED_NAME,
        STRING,
        /** One character. */
        SYMBOL
    }

    SqlToken {
        Objects.requireNonNull(kind, "kind");
    }
}
