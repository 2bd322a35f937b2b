package org.emrelay.jobs.churn.clean;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of the raw log that are used; names of people are not. */
enum RawColumn {
    USER("userId"),
    SESSION("sessionId"),
    ITEM("itemInSession"),
    TIME("ts"),
    PAGE("page"),
    AUTH("auth"),
    LEVEL("level"),
    GENDER("gender"),
    REGISTRATION("registration"),
    LOCATION("location"),
    USER_AGENT("userAgent"),
    SONG("song"),
    ARTIST("artist"),
    LENGTH("length"),
    METHOD("method"),
    STATUS("status");

    static final Map<String, RawColumn> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(RawColumn::key, Function.identity()));

    private final String key;

    RawColumn(String title) {
        this.key = title;
    }

    String key() {
        return key;
    }
}
