package org.emrelay.runner.platform.emr.log;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One log in the bucket, as it was when it was listed: EMR ships a growing log anew, under the same key. */
record LogObject(String bucket, String key, String etag) {
    private static final Pattern NAME =
            Pattern.compile("(controller|stderr|stdout|syslog)\\b(.*?)(?:\\.txt)?(?:\\.gz)?");

    /** As the pieces of one log were written: hourly ones bear their hour, the newest bears none. */
    static final Comparator<LogObject> OLDEST_FIRST =
            Comparator.comparing(LogObject::isNewest).thenComparing(LogObject::key);

    String uri() {
        return "s3://" + bucket + "/" + key;
    }

    private String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** Which of a process's logs it is; empty for what is none. */
    Optional<String> kind() {
        Matcher name = NAME.matcher(name());
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    boolean is(String kind) {
        return kind().filter(kind::equals).isPresent();
    }

    boolean isNewest() {
        Matcher name = NAME.matcher(name());
        return name.matches() && name.group(2).isEmpty();
    }

    /** Where all pieces of the same log lie: its folder and its kind. */
    String log() {
        return key.substring(0, key.lastIndexOf('/') + 1) + kind().orElse("");
    }
}
